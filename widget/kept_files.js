// Files that are not handed in yet, kept by the browser so that a reload does not lose them; gone once they are.

import { canKeep } from "./keeping.js";

const NAME = "buyer-protection";
const STORE = "files";
/** Milliseconds: as long as the server keeps what it has of them. */
const LONGEST = 24 * 3600 * 1000;

let opened = null;

/** The files that a buyer has not handed in, oldest first. Where the browser keeps nothing, there are none. */
export async function keptFiles(buyer) {
  const all = canKeep(buyer) ? await ask("readonly", (store) => store.getAll()) : null;
  const old = (all ?? []).filter(({ at }) => Date.now() - at >= LONGEST);
  for (const { id } of old) await dropFile(id);
  return (all ?? []).filter((each) => each.buyer === buyer && !old.includes(each)).sort((a, b) => a.at - b.at);
}

/** Keeps a file: `{ id, buyer, at, file, name, url }`. */
export async function keepFile(kept) {
  if (canKeep(kept.buyer)) await ask("readwrite", (store) => store.put(kept));
}

export async function dropFile(id) {
  await ask("readwrite", (store) => store.delete(id));
}

async function ask(mode, what) {
  try {
    opened ??= open();
    const store = (await opened).transaction(STORE, mode).objectStore(STORE);
    return await promised(what(store));
  } catch {
    // Forbidden or full: then a file lives as long as the page.
    return null;
  }
}

function open() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" });
  return promised(request);
}

function promised(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
