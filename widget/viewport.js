// On a phone the keyboard takes half of the screen; what is left of it is where the chat is.

/** Keeps `panel` inside of what is seen, while `isNarrow()`; the answer ends it. */
export function stayVisible(panel, isNarrow, onchange) {
  const seen = globalThis.visualViewport;
  if (!seen) return () => {};
  let tall = 0;
  const fit = () => {
    // A page that was zoomed with two fingers is to stay where the buyer moved it.
    const fits = isNarrow() && seen.scale <= 1.01;
    panel.style.setProperty("--bp-seen-top", fits ? `${seen.offsetTop}px` : "0px");
    panel.style.setProperty("--bp-seen-height", fits ? `${seen.height}px` : "100dvh");
    if (tall !== seen.height) onchange();
    tall = seen.height;
  };
  fit();
  seen.addEventListener("resize", fit);
  seen.addEventListener("scroll", fit);
  return () => {
    seen.removeEventListener("resize", fit);
    seen.removeEventListener("scroll", fit);
  };
}
