// What was told, in the order of the server's numbers, and how things are now. Whoever draws it listens.
//
// Events: `message` (detail: a message, and whether it `isOld`, told before this page looked), `state`, `forgotten`.

import { SignedOut, Unreachable } from "./failures.js";
import { keep, kept } from "./keeping.js";

export const LIVE = "live";
export const OFFLINE = "offline";
export const RECONNECTING = "reconnecting";
export const SIGNED_OUT = "signed_out";

export class Conversation extends EventTarget {
  #known = new Set();
  #buyer = "";
  #seen = 0;
  messages = [];
  /** The number of the newest message. */
  last = 0;
  /** Whether an answer is still to come. */
  isWorking = false;
  /** One of the four above, or empty before the first answer. */
  connection = "";

  /** Another buyer: nothing of the one before stays. */
  belongTo(buyer) {
    if (this.#buyer && this.#buyer !== buyer) this.forget();
    this.#buyer = buyer;
    this.#seen = Math.max(this.#seen, kept(buyer, "seen") ?? 0);
  }

  forget() {
    this.#known.clear();
    this.messages = [];
    this.last = this.#seen = 0;
    this.isWorking = false;
    this.dispatchEvent(new Event("forgotten"));
  }

  /** Takes messages; those that are known already are left out. */
  add(messages, isOld = false) {
    for (const message of messages) {
      if (this.#known.has(message.id)) continue;
      this.#known.add(message.id);
      const place = this.messages.findLastIndex((other) => other.id < message.id) + 1;
      this.messages.splice(place, 0, message);
      this.last = Math.max(this.last, message.id);
      this.dispatchEvent(new CustomEvent("message", { detail: { message, isOld } }));
    }
  }

  /** How it is now. */
  set({ isWorking = this.isWorking, connection = this.connection }) {
    if (isWorking === this.isWorking && connection === this.connection) return;
    Object.assign(this, { isWorking, connection });
    this.dispatchEvent(new Event("state"));
  }

  /** A request was not done, or was (`error` is null). What the server refused says nothing of the connection. */
  note(error) {
    if (!error) this.set({ connection: LIVE });
    else if (error instanceof SignedOut) this.set({ connection: SIGNED_OUT });
    else if (error instanceof Unreachable) this.set({ connection: navigator.onLine ? RECONNECTING : OFFLINE });
    else if (error.status >= 500) this.set({ connection: RECONNECTING });
  }

  /** How many messages came that the buyer has not seen. */
  get unread() {
    return this.messages.filter(({ id, from }) => from !== "buyer" && id > this.#seen).length;
  }

  /** The buyer looks at it. */
  see() {
    if (this.#seen === this.last) return;
    this.#seen = this.last;
    keep(this.#buyer, "seen", this.#seen);
    this.dispatchEvent(new Event("state"));
  }
}
