// Files on their way to the server: a few at a time, over breaks and reloads of the page.
//
// Event: `change` (detail: a file of ours; `state` is one of those below).

import { dropFile, keepFile, keptFiles } from "./kept_files.js";
import { abandon, upload } from "./tus.js";
import { backoff, pause } from "./wire.js";

export const WAITING = "waiting";
export const SENDING = "sending";
export const CHECKING = "checking";
export const DONE = "done";
/** The file itself is not taken; `problem` says why. */
export const REFUSED = "refused";
/** It could not be sent. */
export const FAILED = "failed";
export const CANCELLED = "cancelled";

const AT_ONCE = 2;
/** Letters of a file's name that are told; what it ends with says what it is. */
const LONGEST = 100;
/** Bytes of the largest file that the server takes; it has the last word. */
export const LARGEST = 200 * 1000 * 1000;
/** Files in a row that were not taken, before the buyer is shown another way. */
const MOST_FAILED = 3;

export class Uploads extends EventTarget {
  #wire;
  #items = [];
  #buyer = "";
  #busy = 0;
  #failed = 0;
  #waiting = new AbortController();

  constructor(wire) {
    super();
    this.#wire = wire;
  }

  /** Another buyer: the files that they had not handed in, and nobody else's. */
  async belongTo(buyer) {
    if (this.#buyer === buyer) return;
    if (this.#buyer) for (const item of this.#items.splice(0)) item.ending.abort();
    this.#buyer = buyer;
    for (const item of this.#items.filter((each) => !each.buyer)) keepFile(kept(Object.assign(item, { buyer })));
    for (const found of await keptFiles(buyer)) {
      if (this.#buyer !== buyer || this.#items.some(({ id }) => id === found.id)) continue;
      // Another tab may be sending it already.
      if (await isBusy(found.id)) continue;
      this.#take(found);
    }
    this.#run();
  }

  /** What is not handed in yet. */
  get items() {
    return [...this.#items];
  }

  /** Takes files that the buyer chose, dropped or pasted. */
  add(files) {
    for (const file of files) {
      const id = newId();
      const name = file.name.slice(-LONGEST) || `file.${file.type.split("/")[1] ?? "bin"}`;
      const item = this.#take({ id, buyer: this.#buyer, at: Date.now(), file, name, url: "" });
      if (file.size === 0) this.#become(item, REFUSED, { problem: "file_empty" });
      else if (file.size > LARGEST) this.#become(item, REFUSED, { problem: "file_too_large" });
      else keepFile(kept(item));
    }
    this.#run();
  }

  /** Stops sending a file, or forgets one that was not taken. */
  cancel(id) {
    const item = this.#items.find((each) => each.id === id);
    if (!item) return;
    item.ending.abort();
    if (item.url && item.state !== REFUSED && item.state !== DONE) abandon(this.#wire, item.url);
    this.#become(item, CANCELLED);
    this.#drop(item);
  }

  retry(id) {
    const item = this.#items.find((each) => each.id === id);
    if (!item) return;
    if (item.state === REFUSED) item.url = "";
    item.ending = new AbortController();
    keepFile(kept(item));
    this.#become(item, WAITING);
    this.#run();
  }

  /** The server is there again. */
  hurry() {
    this.#waiting.abort();
    this.#waiting = new AbortController();
  }

  #take(found) {
    const item = { ...found, size: found.file.size, sent: 0, state: WAITING, problem: "", ending: new AbortController() };
    this.#items.push(item);
    this.#tell(item);
    return item;
  }

  #run() {
    while (this.#busy < AT_ONCE) {
      const item = this.#items.find(({ state, isTaken }) => state === WAITING && !isTaken);
      if (!item) return;
      this.#busy += 1;
      item.isTaken = true;
      alone(item.id, () => this.#send(item)).finally(() => {
        item.isTaken = false;
        this.#busy -= 1;
        this.#run();
      });
    }
  }

  async #send(item) {
    const { signal } = item.ending;
    for (let tries = 1; !signal.aborted; tries += 1) {
      try {
        const receipt = await upload(this.#wire, {
          ...item,
          signal,
          onurl: (url) => {
            if (item.url !== url) keepFile(kept(Object.assign(item, { url })));
          },
          onsent: (sent) => {
            if (sent > item.sent) tries = 1;
            item.sent = sent;
            this.#become(item, sent < item.size ? SENDING : CHECKING);
          },
        });
        this.#become(item, DONE, { receipt });
        // Where nothing new is said in the conversation, it is said beside the file.
        if (receipt.already) dropFile(item.id);
        else this.#drop(item);
        return;
      } catch (error) {
        if (signal.aborted) return;
        if (!error.passes) {
          const isOfFile = error.status === 422 || error.status === 413 || error.status === 415;
          this.#become(item, isOfFile ? REFUSED : FAILED, { problem: error.code ?? "", sentence: error.message });
          dropFile(item.id);
          return;
        }
        this.#become(item, WAITING);
        const waiting = new AbortController();
        const go = () => waiting.abort();
        signal.addEventListener("abort", go);
        this.#waiting.signal.addEventListener("abort", go);
        await pause(Math.max(error.after ?? 0, backoff(tries)), waiting.signal);
      }
    }
  }

  #become(item, state, more = {}) {
    if (state === REFUSED || state === FAILED) item.isOneOfMany = (this.#failed += 1) >= MOST_FAILED;
    if (state === DONE) this.#failed = 0;
    Object.assign(item, more, { state });
    this.#tell(item);
  }

  #drop(item) {
    this.#items = this.#items.filter((each) => each !== item);
    dropFile(item.id);
  }

  #tell(item) {
    this.dispatchEvent(new CustomEvent("change", { detail: item }));
  }
}

const kept = ({ id, buyer, at, file, name, url }) => ({ id, buyer, at, file, name, url });
const newId = () => [...crypto.getRandomValues(new Uint8Array(9))].map((byte) => byte.toString(36)).join("");
const lockOf = (id) => `buyer-protection file ${id}`;

/** Runs `what` while no other tab sends the same file. */
async function alone(id, what) {
  return navigator.locks ? navigator.locks.request(lockOf(id), what) : what();
}

async function isBusy(id) {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  return held.some(({ name }) => name === lockOf(id));
}
