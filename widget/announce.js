// What a screen reader hears of what happens: one polite region to which lines are added, and from which none is taken
// back while it may still be read. The messages themselves are no live region, so nothing is read twice.

import { h } from "./dom.js";

const MOST = 30;
/** Milliseconds between two words about the same thing's progress. */
const PROGRESS_EVERY = 5_000;

export class Announcer {
  #spoken = new Map();
  element = h("div", { role: "log", "aria-live": "polite", class: "unseen", part: "announcements" });

  say(text) {
    if (!text) return;
    this.element.append(h("p", {}, text));
    while (this.element.childElementCount > MOST) this.element.firstElementChild.remove();
  }

  /** Says how far something is, but not all the time. */
  progress(about, text) {
    const now = Date.now();
    if (now - (this.#spoken.get(about) ?? 0) < PROGRESS_EVERY) return;
    this.#spoken.set(about, now);
    this.say(text);
  }
}
