// One file to the server by tus 1.0: in pieces, and after a break from where the server has it.

import { Refused } from "./failures.js";

const VERSION = { "Tus-Resumable": "1.0.0" };
/** Bytes of a piece: the first, and the largest. A piece that goes fast is followed by one twice as large. */
const FIRST_PIECE = 256 * 1024;
const LARGEST_PIECE = 8 * 1024 * 1024;
/** Milliseconds of a piece: less is fast; more than the other is too slow to go on with pieces as large. */
const FAST = 1_000;
const SLOW = 6_000;
/** Milliseconds that a piece may take, and its checking after the last one. */
const PATIENCE = 120_000;
const GONE = [403, 404, 410];

/**
 * Sends `file` and gives its receipt. `url`: where it was begun before, or empty.
 * `onurl(url)` when it is begun, `onsent(bytes)` after each piece.
 * Throws what `Wire.ask` throws; Refused with a code where the file itself is not taken.
 */
export async function upload(wire, { file, name, url, signal, onurl, onsent }) {
  let at = url ? await offsetOf(wire, url, signal) : -1;
  if (at < 0) {
    url = await begin(wire, file, name, signal);
    at = 0;
  }
  onurl(url);
  onsent(at);
  let size = FIRST_PIECE;
  while (at < file.size) {
    const piece = file.slice(at, at + size);
    const began = performance.now();
    const answer = await send(wire, url, piece, at, signal);
    if (answer?.receipt) {
      onsent(file.size);
      return answer.receipt;
    }
    at = answer?.offset ?? (await offsetOf(wire, url, signal));
    if (at < 0) throw new Refused(503, "gone", "", 0);
    onsent(at);
    const took = performance.now() - began;
    if (took < FAST) size = Math.min(size * 2, LARGEST_PIECE);
    else if (took > SLOW) size = Math.max(size / 2, FIRST_PIECE / 4);
  }
  return outcome(wire, url, signal);
}

/** Takes back what was sent of a file. */
export async function abandon(wire, url) {
  await wire.ask(url, { method: "DELETE", headers: VERSION }).catch(() => {});
}

async function begin(wire, file, name, signal) {
  const told = { filename: name, filetype: file.type };
  const metadata = Object.entries(told).map(([key, value]) => `${key} ${base64(value)}`).join(",");
  const headers = { ...VERSION, "Upload-Length": String(file.size), "Upload-Metadata": metadata };
  const response = await wire.ask("/widget/uploads", { method: "POST", headers, signal });
  await response.text();
  return wire.at(response.headers.get("Location")).href;
}

/** How much the server has; -1 where it has nothing of it any more. */
async function offsetOf(wire, url, signal) {
  try {
    const response = await wire.ask(url, { method: "HEAD", headers: VERSION, signal });
    return Number(response.headers.get("Upload-Offset"));
  } catch (error) {
    if (error instanceof Refused && GONE.includes(error.status)) return -1;
    throw error;
  }
}

/** Sends a piece: the receipt with the last one, else the new offset; null where the server was elsewhere, or has it no more. */
async function send(wire, url, piece, at, signal) {
  const headers = { ...VERSION, "Upload-Offset": String(at), "Content-Type": "application/offset+octet-stream" };
  try {
    const response = await wire.ask(url, { method: "PATCH", body: piece, headers, signal, patience: PATIENCE });
    if (response.status === 200) return await response.json();
    return { offset: Number(response.headers.get("Upload-Offset")) };
  } catch (error) {
    if (error instanceof Refused && (error.status === 409 || GONE.includes(error.status))) return null;
    throw error;
  }
}

/** What became of a file that is there as a whole: the answer to its last piece was lost. */
async function outcome(wire, url, signal) {
  const response = await wire.ask(url, { signal, headers: VERSION, patience: PATIENCE });
  const { receipt, error } = await response.json();
  if (receipt) return receipt;
  if (error) throw new Refused(422, error.code, error.message, 0);
  throw new Refused(503, "unfinished", "", 2_000);
}

const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
