// What comes in: history first, then a stream of events read by fetch; where no stream gets through, by asking again.

import { LIVE, OFFLINE } from "./conversation.js";
import { SignedOut } from "./failures.js";
import { backoff, pause } from "./wire.js";

/** Milliseconds in which a stream says how things are; the server sends a sign of life every 15 seconds after that. */
const FIRST_WORD = 8_000;
const SILENCE = 40_000;
/** Streams that failed one after the other before we ask instead, and how often we ask then: busy, idle. */
const FAILURES = 3;
const ASK_AGAIN = [1_500, 6_000];
/** How often we ask before a stream is tried again. */
const TRIES = 50;
/** How often a page that nobody looks at asks; it holds no connection, of which a browser has six for all its tabs. */
const ASK_HIDDEN = 30_000;
/** Messages in one answer of the history. */
const PAGE = 200;

export class Listening {
  #wire;
  #conversation;
  #ending = null;
  #failures = 0;
  #isStreaming = false;

  constructor(wire, conversation) {
    this.#wire = wire;
    this.#conversation = conversation;
  }

  get isOn() {
    return this.#ending !== null;
  }

  start() {
    if (this.isOn) return;
    this.#ending = new AbortController();
    this.#run(this.#ending.signal);
  }

  stop() {
    this.#ending?.abort();
    this.#ending = null;
  }

  /** Begins anew, with another buyer's token for instance. */
  restart() {
    this.stop();
    this.start();
  }

  /** Looks at once, unless a stream brings everything by itself. */
  async look() {
    if (!this.#isStreaming && this.#ending) await this.#catchUp(this.#ending.signal).catch(() => {});
  }

  async #run(signal) {
    let tries = 0;
    let isFirst = true;
    while (!signal.aborted) {
      try {
        await this.#catchUp(signal, isFirst);
        isFirst = false;
        tries = 0;
        if (document.hidden) await untilShown(ASK_HIDDEN, signal);
        else if (this.#failures >= FAILURES) await this.#wait(signal);
        else await this.#stream(signal);
      } catch (error) {
        if (signal.aborted) return;
        tries += 1;
        this.#conversation.note(error);
        await pause(Math.max(error.after ?? 0, error instanceof SignedOut ? 15_000 : backoff(tries)), signal);
      }
    }
  }

  /** Waits before we ask again; after a while whatever was in the stream's way may be gone. */
  async #wait(signal) {
    await pause(ASK_AGAIN[this.#conversation.isWorking ? 0 : 1], signal);
    this.#failures = this.#failures > FAILURES + TRIES ? FAILURES - 1 : this.#failures + 1;
  }

  async #catchUp(signal, isOld = false) {
    for (;;) {
      const response = await this.#wire.ask(`/widget/messages?after=${this.#conversation.last}`, { signal });
      const { messages, pending } = await response.json();
      if (signal.aborted) return;
      this.#conversation.add(messages, isOld);
      if (messages.length < PAGE) {
        this.#conversation.set({ connection: LIVE, isWorking: pending });
        return;
      }
    }
  }

  /** Reads a stream to its end. It ends with the token, or when nobody looks at the page. */
  async #stream(signal) {
    const ending = new AbortController();
    const end = () => ending.abort();
    const hide = () => document.hidden && end();
    signal.addEventListener("abort", end);
    document.addEventListener("visibilitychange", hide);
    addEventListener("offline", end);
    let hasSpoken = false;
    let timer = setTimeout(end, FIRST_WORD);
    try {
      const headers = { Accept: "text/event-stream", "Last-Event-ID": String(this.#conversation.last) };
      const response = await this.#wire.ask("/widget/events", { headers, signal: ending.signal, patience: 0 });
      for await (const { event, data } of events(response.body)) {
        clearTimeout(timer);
        timer = setTimeout(end, SILENCE);
        hasSpoken = this.#isStreaming = true;
        this.#failures = 0;
        if (event === "message") this.#conversation.add([JSON.parse(data)]);
        else if (event === "state") this.#conversation.set({ isWorking: JSON.parse(data).working });
      }
    } catch (error) {
      // Where more than the stream fails, the history says so.
      if (error instanceof SignedOut) throw error;
    } finally {
      clearTimeout(timer);
      this.#isStreaming = false;
      signal.removeEventListener("abort", end);
      document.removeEventListener("visibilitychange", hide);
      removeEventListener("offline", end);
      ending.abort();
      // One that fails at once must not be asked for all the time.
      if (!hasSpoken) await pause(500, signal);
      if (!hasSpoken && !document.hidden && navigator.onLine && !signal.aborted) this.#failures += 1;
    }
    if (!navigator.onLine) this.#conversation.set({ connection: OFFLINE });
  }
}

/** The events in a stream of bytes; what is not data, such as a sign of life, comes as an event without a name. */
export async function* events(body) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    rest += decoder.decode(value, { stream: true });
    const blocks = rest.split(/\r\n\r\n|\n\n|\r\r/);
    rest = blocks.pop();
    for (const block of blocks) {
      const fields = { event: "", data: "" };
      for (const line of block.split(/\r\n|\n|\r/)) {
        const [, name, text] = /^(\w*): ?(.*)$/.exec(line) ?? [];
        if (name === "event") fields.event = text;
        else if (name === "data") fields.data += fields.data ? `\n${text}` : text;
      }
      yield fields;
    }
  }
}

function untilShown(milliseconds, signal) {
  return new Promise((resolve) => {
    const done = () => {
      document.removeEventListener("visibilitychange", done);
      resolve();
    };
    document.addEventListener("visibilitychange", done);
    pause(milliseconds, signal).then(done);
  });
}
