// Where the buyer writes: Enter sends, Shift and Enter begins a line; files can always be added.

import { h, icon, iconButton, newId } from "./dom.js";

export function composer({ words, answer, choosing }) {
  const id = newId();
  const input = h("textarea", { id, rows: 1, part: "input", enterkeyhint: "send", autocomplete: "off", dir: "auto" });
  input.placeholder = words.say("write_here");
  const send = h("button", { type: "submit", class: "icon-button send", part: "send", "aria-label": words.say("send"), title: words.say("send") }, icon("send"));

  function submit(event) {
    event.preventDefault();
    const text = input.value.trim();
    if (!text) return;
    answer({ text });
    input.value = "";
    fit();
  }

  function fit() {
    input.style.height = "auto";
    input.style.height = `${input.scrollHeight + 2}px`;
  }

  input.addEventListener("input", fit);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) submit(event);
  });
  const element = h(
    "form",
    { class: "composer", part: "composer", onsubmit: submit },
    iconButton("clip", words.say("choose_file"), "attach", () => choosing.choose()),
    h("label", { for: id, class: "unseen" }, words.say("write_here")),
    input,
    send,
  );
  return { element, input };
}
