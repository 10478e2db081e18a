// Questions for a day or a number: the browser's own field, beside which typing stays possible.

import { h } from "./dom.js";

/** A day, sent as words that say it in one way only, such as "1 March 2024". */
export function dateField({ latest, earliest }, about, words, onanswer) {
  const input = h("input", { type: "date", required: true, max: latest, min: earliest, "aria-describedby": about });
  return field(input, words.say("pick_day"), words.say("send_day"), "date", () => onanswer(written(input.value)));
}

export function numberField({ least = 0, most }, about, words, onanswer) {
  const limits = { min: least, max: most, step: 1 };
  const input = h("input", { type: "number", inputmode: "numeric", required: true, ...limits, "aria-describedby": about });
  return field(input, words.say("pick_number"), words.say("send_number"), "number", () => onanswer(input.value));
}

function field(input, label, send, kind, answer) {
  const button = h("button", { type: "submit", class: "choice", part: `send-${kind}` }, send);
  const onsubmit = (event) => {
    event.preventDefault();
    if (!element.classList.contains("closed")) answer();
  };
  input.setAttribute("part", `${kind}-input`);
  const element = h("form", { class: "field", part: "field", onsubmit }, h("label", {}, h("span", {}, label), input), button);

  function close() {
    element.classList.add("closed");
    // Whoever just sent it keeps their place on the page.
    input.readOnly = true;
    button.setAttribute("aria-disabled", "true");
    for (const each of [input, button]) each.tabIndex = -1;
  }

  return { element, close };
}

function written(iso) {
  const options = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  return new Date(`${iso}T00:00:00Z`).toLocaleDateString("en-GB", options);
}
