// The question for photos and videos: how many came, what would help, and ways to add one. Others are in the composer.

import { h, icon } from "./dom.js";

export function evidenceField(custom, { words, choosing }) {
  const { accepted, needed = 1, helps = [] } = custom;
  const known = helps.filter((code) => words.has(`help_${code}`)).map((code) => h("li", {}, words.say(`help_${code}`)));
  const button = (part, text, shape, onclick) =>
    h("button", { type: "button", class: "choice", part, onclick }, icon(shape), words.say(text));
  const count = h("p", { part: "evidence-count" }, words.say("evidence_count", { accepted, n: needed }));
  const element = h(
    "div",
    { class: "evidence", part: "evidence" },
    Number.isInteger(accepted) ? count : "",
    known.length ? [h("p", {}, words.say("evidence_helps")), h("ul", {}, known)] : "",
    h(
      "div",
      { class: "choices" },
      button("add-evidence", "choose_file", "clip", () => choosing.choose()),
      button("camera", "use_camera", "camera", () => choosing.photograph()),
    ),
  );
  // A photo is welcome later too; but how many there were is no longer so once there is an answer.
  return { element, close: () => count.remove() };
}
