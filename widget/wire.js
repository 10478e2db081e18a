// Requests to the gateway: with the buyer's token, which is renewed once where it has ended.

import { Refused, SignedOut, Unreachable } from "./failures.js";

/** Milliseconds after which a request without an answer is given up; the server answers within eight seconds. */
const PATIENCE = 30_000;

export class Wire {
  #token;

  /** `base`: where the gateway is, such as "https://help.shop.example"; empty for the page's own server. */
  constructor(base, token) {
    this.base = new URL(base || "/", document.baseURI);
    this.#token = token;
  }

  /**
   * The response to a request that was done. `json`: what to send as JSON. `patience`: ms, 0 for without end.
   * Throws Refused, Unreachable, SignedOut, or AbortError where `signal` ended it.
   */
  async ask(path, { json, headers = {}, signal, patience = PATIENCE, ...init } = {}) {
    const body = json === undefined ? init.body : JSON.stringify(json);
    const sent = json === undefined ? headers : { ...headers, "Content-Type": "application/json" };
    let token = await this.#token.get();
    let response = await this.#fetch(path, { ...init, body }, sent, token, signal, patience);
    if (response.status === 401) {
      token = await this.#token.get(token);
      response = await this.#fetch(path, { ...init, body }, sent, token, signal, patience);
    }
    if (response.status === 401) throw new SignedOut();
    if (response.ok) return response;
    throw await refusal(response);
  }

  /** The address of something of ours. Throws TypeError for one that is not under the gateway's own. */
  at(path) {
    const url = new URL(path, this.base);
    if (url.origin !== this.base.origin) throw new TypeError("not an address of ours");
    return url;
  }

  async #fetch(path, init, headers, token, signal, patience) {
    const ending = new AbortController();
    const end = () => ending.abort(signal?.reason);
    signal?.addEventListener("abort", end);
    if (signal?.aborted) end();
    const timer = patience && setTimeout(() => ending.abort(), patience);
    try {
      return await fetch(this.at(path), {
        ...init,
        headers: { ...headers, Authorization: `Bearer ${token}` },
        signal: ending.signal,
        credentials: "omit",
        cache: "no-store",
        referrerPolicy: "no-referrer",
      });
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new Unreachable();
    } finally {
      clearTimeout(timer);
      // A stream goes on after its head has come, and is still to be ended.
      if (patience) signal?.removeEventListener("abort", end);
    }
  }
}

async function refusal(response) {
  let error = {};
  try {
    error = (await response.json()).error ?? {};
  } catch {
    // Not from us: something in between answered. Its status says enough.
  }
  const seconds = Number(response.headers.get("Retry-After")) || 0;
  return new Refused(response.status, error.code ?? "", error.message ?? "", seconds * 1000);
}

/** Waits: milliseconds, or until the browser says that it is connected again, or until `signal` ends it. */
export function pause(milliseconds, signal) {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener("online", done);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    addEventListener("online", done);
    signal?.addEventListener("abort", done);
    if (signal?.aborted) done();
  });
}

/** How long to wait before the nth try again: 1 s, 2 s, ... 15 s, and a little by chance. */
export function backoff(tries) {
  return Math.min(15_000, 1000 * 2 ** Math.max(0, tries - 1)) * (0.8 + 0.4 * Math.random());
}
