// A file on its way, as the buyer sees it: a small picture, how far it is, and what can be done about it.

import { h } from "./dom.js";
import { thumbnail } from "./thumbnail.js";
import { CANCELLED, CHECKING, DONE, FAILED, REFUSED, SENDING, WAITING } from "./uploads.js";

/** Why a file is refused that may be taken once another is removed. */
const ROOM = ["too_many_files", "too_many_bytes"];

/** The row of a file; `update()` after each change of it. */
export function uploadRow(item, { uploads, words, announcer, answer }) {
  const name = item.name;
  const state = h("p", { class: "state", part: "upload-state" });
  const bar = h("progress", { max: 1, part: "upload-progress", "aria-label": name });
  const button = (part, text, label, onclick) =>
    h("button", { type: "button", class: "quiet", part, "aria-label": words.say(label, { name }), onclick }, words.say(text));
  const cancel = button("cancel-upload", "cancel", "cancel_upload", () => uploads.cancel(item.id));
  const retry = button("retry-upload", "try_again", "retry_upload", () => uploads.retry(item.id));
  const drop = button("delete-upload", "delete", "drop_upload", () => uploads.cancel(item.id));
  const person = h("button", { type: "button", class: "quiet", part: "person", onclick: () => answer({ text: words.say("say_person") }) }, words.say("talk_to_person"));
  const controls = h("div", { class: "controls" });
  const isPhoto = item.file.type.startsWith("image/");
  const kind = item.file.type.startsWith("video/") ? "video" : "photo";
  const picture = thumbnail(kind, words.say("preview", { name }), async () => (isPhoto ? item.file : null));
  const element = h("div", { class: "receipt", part: "upload", tabindex: "-1" }, picture, h("div", {}, state, bar, controls));
  let before = "";

  function update() {
    const part = item.size ? item.sent / item.size : 0;
    const text = words.say(`upload_${item.state}`, { name, percent: words.percent(part) });
    const ours = item.receipt?.already ? "receipt_already" : item.problem;
    const isOurs = words.has(ours);
    const why = isOurs ? words.say(ours) : (item.sentence ?? "");
    const because = why && h("span", { dir: "auto", class: "why", lang: isOurs || words.language === "en" ? null : "en" }, why);
    // The server's sentence names the file itself.
    const isWhole = words.language === "en" && why.startsWith(name);
    state.replaceChildren(...(isWhole ? [] : [text, because ? ". " : ""]), because);
    bar.hidden = item.state !== SENDING && item.state !== CHECKING;
    bar.value = part;
    element.dataset.state = item.state;
    offer(ways());
    if (item.state === SENDING) announcer.progress(item.id, text);
    // That it waits for its turn at first needs no words.
    else if (item.state !== before && (before || item.state !== WAITING)) announcer.say(state.textContent);
    before = item.state;
  }

  function ways() {
    if (item.state === DONE) return item.receipt.already ? [drop] : [];
    // The same file would be refused again, unless others made room for it.
    const again = item.state === FAILED || ROOM.includes(item.problem);
    if (item.state === FAILED || item.state === REFUSED) return [...(again ? [retry] : []), drop, ...(item.isOneOfMany ? [person] : [])];
    return [cancel];
  }

  function offer(buttons) {
    if (buttons.length === controls.childElementCount && buttons.every((each) => each.isConnected)) return;
    const hadFocus = controls.contains(element.getRootNode().activeElement);
    controls.replaceChildren(...buttons);
    if (hadFocus) (buttons[0] ?? element).focus();
  }

  if (item.state !== CANCELLED) update();
  return { element, update };
}
