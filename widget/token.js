// Who speaks: the page's token, asked for when it is needed and again before it ends.

import { SignedOut, Unreachable } from "./failures.js";
import { UNKEPT } from "./keeping.js";

/** Milliseconds before its end at which a token is renewed. */
const SOON = 45_000;

export class Token {
  #ask;
  #asking = null;
  #value = "";
  #until = 0;
  #turn = 0;

  /** `ask`: gives a promise of a token. `onbuyer`: is told the name under which this buyer's things are kept here. */
  constructor(ask, onbuyer) {
    this.#ask = ask;
    this.onbuyer = onbuyer;
  }

  /** The token; a new one with `isRefused`, which is the token that the server refused. Throws SignedOut, Unreachable. */
  async get(isRefused = "") {
    if (this.#value && this.#value !== isRefused && this.#until - Date.now() > SOON) return this.#value;
    this.#asking ??= this.#renew().finally(() => (this.#asking = null));
    return this.#asking;
  }

  /** The next request asks for a new one. */
  forget() {
    this.#value = "";
    this.#turn += 1;
  }

  async #renew() {
    const turn = this.#turn;
    let value;
    try {
      value = await this.#ask();
    } catch (error) {
      // What fetch throws where nobody answers.
      if (error instanceof TypeError || !navigator.onLine) throw new Unreachable();
    }
    // What was asked for may be of somebody who has signed out meanwhile.
    if (turn !== this.#turn) return this.#renew();
    if (typeof value !== "string" || !value) throw new SignedOut();
    const { sub = "", exp = 0 } = claims(value);
    // A clock that runs ahead must not make us ask each time: then the server says when the token has ended.
    this.#until = exp * 1000 > Date.now() + SOON ? exp * 1000 : Infinity;
    await this.onbuyer(await named(sub));
    this.#value = value;
    return value;
  }
}

/** What a token says. It proves nothing here; the server alone checks it. */
function claims(token) {
  try {
    const bytes = Uint8Array.from(atob(token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return {};
  }
}

/** A name for a buyer that says nothing of them; where the browser cannot make one, nothing is kept under it. */
async function named(subject) {
  if (!globalThis.crypto?.subtle) return `${UNKEPT}${subject}`;
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`buyer-protection ${subject}`));
  return [...new Uint8Array(hash).slice(0, 12)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
