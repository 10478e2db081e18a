// Choices as buttons. Once the question is answered they stay, readable, with what was chosen marked.

import { h, icon } from "./dom.js";

/** A group of buttons; `close(answer)` ends it. `about`: the id of the question. `onchoose(button)` for a press. */
export function choices(buttons, about, onchoose) {
  let isOpen = true;
  const made = buttons.map((button) => {
    const element = h(
      "button",
      {
        type: "button",
        class: "choice",
        part: "choice",
        onclick: () => {
          if (isOpen) onchoose(button);
        },
      },
      h("span", { dir: "auto" }, button.title),
    );
    return { title: button.title, element };
  });
  const element = h(
    "div",
    { role: "group", class: "choices", part: "choices", "aria-labelledby": about },
    made.map((each) => each.element),
  );

  function close(answer) {
    if (!isOpen) return;
    isOpen = false;
    element.classList.add("closed");
    for (const { title, element: button } of made) {
      // Not `disabled`: whoever just pressed it would lose their place on the page.
      button.setAttribute("aria-disabled", "true");
      button.tabIndex = -1;
      const isChosen = title === answer;
      button.setAttribute("aria-pressed", String(isChosen));
      if (isChosen) button.prepend(icon("check"));
    }
  }

  return { element, close };
}
