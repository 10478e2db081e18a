// The dispute as a card: its reference to copy, and where it stands on its way.

import { h, newId } from "./dom.js";
import { prose } from "./prose.js";

const WAY = ["opened", "awaiting_supplier", "under_review", "decided"];

export function disputeCard(custom, text, { words, announcer }) {
  const id = newId();
  const body = h("div", { class: "prose", ...(words.language === "en" ? {} : { lang: "en" }) }, prose(text));
  return h(
    "section",
    { class: "card", part: "card dispute", "data-status": custom.status, "aria-labelledby": id },
    h("h3", { id }, words.say("dispute")),
    custom.reference && reference(custom.reference, words, announcer),
    body,
    timeline(custom, words),
  );
}

function reference(text, words, announcer) {
  const shown = h("bdi", { class: "reference", part: "reference" }, text);
  const copy = h("button", {
    type: "button",
    class: "quiet",
    part: "copy",
    "aria-label": words.say("copy_reference", { reference: text }),
    onclick: async () => {
      if (!(await copied(text, shown))) return;
      copy.textContent = words.say("copied");
      announcer.say(words.say("copied"));
      setTimeout(() => (copy.textContent = words.say("copy")), 4_000);
    },
  }, words.say("copy"));
  return h("p", { class: "copying" }, h("span", {}, `${words.say("reference")}: `, shown), copy);
}

/** Copies; where the browser does not let us, the reference is marked, for the buyer's own keys to copy it. */
async function copied(text, shown) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    getSelection().selectAllChildren(shown);
    return false;
  }
}

function timeline({ status, opened_on: openedOn }, words) {
  const id = newId();
  const all = WAY.includes(status) ? WAY : ["opened", status, ...(status === "withdrawn" ? [] : WAY.slice(2))];
  const way = all.filter((step) => words.has(`step_${step}`));
  const now = way.indexOf(status);
  const steps = way.map((step, place) => {
    const said = words.say(`step_${step}`, { day: openedOn ? words.day(openedOn) : "" });
    const isNow = place === now;
    const mark = isNow ? words.say("step_now") : place < now ? words.say("step_done") : "";
    const looks = { class: isNow ? "now" : place < now ? "done" : "ahead", "aria-current": isNow ? "step" : null };
    return h("li", looks, said, mark && h("span", { class: "mark" }, ` (${mark})`));
  });
  return h("div", {}, h("p", { id, class: "label" }, words.say("how_it_stands")), h("ol", { class: "timeline", part: "timeline", "aria-labelledby": id }, steps));
}
