// What the buyer sends: one after the other, each until it is kept by the server, over breaks and reloads of the page.
//
// The same `id` again does nothing twice, so whatever is unsure is sent again.
// Event: `change` (detail: a message of ours; `state` is one of the four below).

import { keep, kept } from "./keeping.js";
import { backoff, pause } from "./wire.js";

/** Milliseconds after which nobody waits for a message any more. */
const LONGEST = 24 * 3600 * 1000;

export const SENDING = "sending";
export const WAITING = "waiting";
export const NOT_SENT = "not_sent";
export const SENT = "sent";

export class Outbox extends EventTarget {
  #wire;
  #note;
  #items = [];
  /** Messages that were ever ours; what else is kept is another tab's. */
  #known = new Set();
  #buyer = "";
  #isRunning = false;
  #confirm = null;
  #waiting = new AbortController();

  /** `note(error)` is told how each request went; null is well. */
  constructor(wire, note) {
    super();
    this.#wire = wire;
    this.#note = note;
  }

  /** Another buyer: their messages, and nobody else's. */
  belongTo(buyer) {
    if (this.#buyer === buyer) return;
    if (this.#buyer) {
      this.#items = [];
      this.#known.clear();
    }
    this.#buyer = buyer;
    for (const item of this.#others()) {
      this.#known.add(item.id);
      this.#items.push({ ...item, state: item.state === NOT_SENT ? NOT_SENT : WAITING });
      this.#tell(this.#items.at(-1));
    }
    this.#keep();
    this.#run();
  }

  /** What is not kept by the server yet. */
  get items() {
    return [...this.#items];
  }

  /** Sends what was typed, or a button (`payload`, with its words as `text`). */
  send({ text, payload }) {
    const item = { id: newName(), text, payload, at: new Date().toISOString(), state: SENDING };
    this.#known.add(item.id);
    this.#items.push(item);
    this.#tell(item);
    this.#run();
  }

  retry(id) {
    const item = this.#items.find((each) => each.id === id);
    if (item) this.#become(item, SENDING);
    this.#run();
  }

  delete(id) {
    this.#items = this.#items.filter((item) => item.id !== id);
    this.#keep();
  }

  /** The server has it: the history shows it under this name. */
  isKept(id) {
    const item = this.#items.find((each) => each.id === id);
    if (item) this.#finish(item);
    if (this.#confirm?.id === id) this.#confirm.resolve();
  }

  /** The server is there again: what waits for it goes now. */
  hurry() {
    this.#waiting.abort();
  }

  async #run() {
    if (this.#isRunning) return;
    this.#isRunning = true;
    let tries = 0;
    for (;;) {
      const item = this.#items.find(({ state }) => state !== NOT_SENT);
      if (!item) break;
      if (!navigator.onLine) {
        for (const each of this.#items) if (each.state === SENDING) this.#become(each, WAITING);
        await this.#pause(5_000);
        // Whoever wrote it may have signed out meanwhile.
        continue;
      }
      this.#become(item, SENDING);
      try {
        await this.#post(item);
        this.#finish(item);
        this.#note(null);
        tries = 0;
      } catch (error) {
        if (!this.#items.includes(item)) continue;
        if (error.passes) {
          tries += 1;
          this.#become(item, WAITING);
          this.#note(error);
          await this.#pause(Math.max(error.after ?? 0, backoff(tries)));
        } else {
          this.#become(item, NOT_SENT);
        }
      }
    }
    this.#isRunning = false;
  }

  #pause(milliseconds) {
    this.#waiting = new AbortController();
    return pause(milliseconds, this.#waiting.signal);
  }

  /** Ends once it is kept: with the answer, or as soon as the stream shows it. */
  #post({ id, text, payload }) {
    const confirmed = new Promise((resolve) => (this.#confirm = { id, resolve }));
    const json = payload ? { id, payload } : { id, text };
    const answered = this.#wire.ask("/widget/messages", { method: "POST", json }).then((response) => response.text());
    return Promise.race([answered, confirmed]);
  }

  #finish(item) {
    this.#items = this.#items.filter((each) => each !== item);
    if (item.state !== SENT) this.#become(item, SENT);
  }

  #become(item, state) {
    item.state = state;
    this.#tell(item);
  }

  #tell(item) {
    this.#keep();
    this.dispatchEvent(new CustomEvent("change", { detail: item }));
  }

  #keep() {
    keep(this.#buyer, "outbox", [...this.#others(), ...this.#items]);
  }

  #others() {
    return (kept(this.#buyer, "outbox", LONGEST) ?? []).filter(({ id }) => !this.#known.has(id));
  }
}

function newName() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
