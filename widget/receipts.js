// Files that were handed in: a receipt for each, with a small picture, what was checked, and a way to take it back.

import { h, newId } from "./dom.js";
import { thumbnail } from "./thumbnail.js";

/** Milliseconds for which an address of a file is used; the server's is good for five minutes. */
const FRESH = 240_000;

/** The receipts of a buyer's files, fetched when one is needed. */
export class Receipts {
  #wire;
  #known = new Map();
  #fetchedAt = 0;
  #fetching = null;

  constructor(wire) {
    this.#wire = wire;
  }

  forget() {
    this.#known.clear();
    this.#fetchedAt = 0;
  }

  /** The receipt of a file, or undefined: it was taken back, or is not this buyer's. */
  async find(id) {
    if (Date.now() - this.#fetchedAt > FRESH || !this.#known.has(id)) {
      this.#fetching ??= this.#fetch().finally(() => (this.#fetching = null));
      await this.#fetching;
    }
    return this.#known.get(id);
  }

  /** The copy that others see, for a small picture of it. */
  async picture(id) {
    const receipt = await this.find(id);
    if (!receipt?.url || receipt.kind === "document") return null;
    return (await this.#wire.ask(receipt.url)).blob();
  }

  async remove(id) {
    await this.#wire.ask(`/widget/evidence/${encodeURIComponent(id)}`, { method: "DELETE" });
    this.#known.delete(id);
  }

  async #fetch() {
    const { evidence } = await (await this.#wire.ask("/widget/evidence")).json();
    this.#known = new Map(evidence.map((receipt) => [receipt.id, receipt]));
    this.#fetchedAt = Date.now();
  }
}

/** One handed-in file: `{ id, name, kind, counts }`. */
export function receiptCard(file, { receipts, words, announcer }) {
  const id = newId();
  const details = h("details", {}, h("summary", {}, words.say("receipt")));
  details.addEventListener("toggle", () => details.open && fill(), { once: true });
  const removing = h("button", {
    type: "button",
    class: "quiet",
    part: "remove-file",
    "aria-label": words.say("remove_file", { name: file.name }),
    onclick: remove,
  }, words.say("remove"));
  const state = h("p", { class: "state" }, words.say(file.counts === false ? "receipt_kept" : "received"));
  const element = h(
    "section",
    { class: "receipt", part: "receipt", "aria-labelledby": id, tabindex: "-1" },
    thumbnail(file.kind, words.say("preview", file), () => receipts.picture(file.id)),
    h("div", {}, h("h4", { id, dir: "auto" }, file.name), state, details, removing),
  );

  async function fill() {
    const receipt = await receipts.find(file.id).catch(() => undefined);
    if (receipt) details.append(lines(receipt, words));
    else details.remove();
  }

  async function remove() {
    let said = "removed";
    try {
      await receipts.remove(file.id);
      state.textContent = words.say("removed", file);
      element.classList.add("gone");
      details.remove();
    } catch (error) {
      if (error.passes) return;
      said = "remove_refused";
      state.textContent = words.say("remove_refused", file);
    }
    element.focus();
    removing.remove();
    announcer.say(words.say(said, file));
  }

  return element;
}

function lines(receipt, words) {
  const coded = (codes = []) => codes.map((code) => (words.has(`code_${code}`) ? words.say(`code_${code}`) : code.replaceAll("_", " ")));
  const told = [
    ["", words.say(receipt.counts ? "receipt_counts" : "receipt_kept")],
    ["receipt_checked", words.list(coded(receipt.checked))],
    ["receipt_removed", words.list(coded(receipt.removed))],
    ["receipt_captured", receipt.captured_on ? words.day(receipt.captured_on) : ""],
    ["receipt_size", words.size(receipt.size)],
    ["receipt_hash", receipt.sha256],
    ["", words.has(`scan_${receipt.scan}`) ? words.say(`scan_${receipt.scan}`) : ""],
    ["", receipt.already ? words.say("receipt_already") : ""],
  ];
  return h(
    "ul",
    {},
    told.filter(([, text]) => text).map(([label, text]) => h("li", {}, label ? `${words.say(label)}: ` : "", h("bdi", {}, text))),
  );
}
