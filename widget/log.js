// The messages on the screen: each is added once, in its place, and never drawn again.

import { h, icon } from "./dom.js";
import { drawn, shell, spoken } from "./message.js";
import { prose } from "./prose.js";
import { CANCELLED, DONE, FAILED, REFUSED } from "./uploads.js";
import { uploadRow } from "./upload_row.js";
import { NOT_SENT, SENT } from "./outbox.js";

/** Pixels from the end within which the newest message is followed. */
const NEAR = 80;
/** Pixels above a message that begins where the screen begins. */
const MARGIN = 8;

export class Log {
  #around;
  #questions = [];
  /** Messages of ours that the server has not shown yet, by their names; files on their way, by their ids. */
  #ours = new Map();
  #files = new Map();
  /** Where we scrolled to; who is still there did not look for anything else. */
  #at = 0;
  #list;
  #down;

  constructor(around) {
    this.#around = around;
    const { words } = around;
    this.#list = h("ol", { class: "messages", part: "messages", role: "list" });
    this.#down = h("button", { type: "button", class: "down", part: "newer", hidden: true, onclick: () => this.toEnd() }, icon("down"), words.say("new_messages"));
    this.typing = h("p", { class: "typing", part: "typing", hidden: true }, h("span", { class: "unseen" }, words.say("working")), h("i"), h("i"), h("i"));
    this.scroller = h("div", { class: "scroller", part: "scroller", role: "region", tabindex: "0", "aria-label": words.say("messages") }, this.#list, this.typing);
    this.scroller.addEventListener("scroll", () => this.#isNearEnd() && (this.#down.hidden = true), { passive: true });
    this.element = h("div", { class: "log" }, this.scroller, this.#down);
  }

  get isEmpty() {
    return this.#list.childElementCount === 0;
  }

  clear() {
    this.#list.replaceChildren();
    this.#questions = [];
    this.#ours.clear();
    this.#files.clear();
  }

  /** A message from the server; `isOld` if it was told before this page looked. */
  add(message, isOld) {
    const { words, announcer } = this.#around;
    const follows = this.#isNearEnd();
    const ours = message.custom?.kind === "sent" ? this.#ours.get(message.custom.id) : undefined;
    if (ours) {
      ours.item.remove();
      this.#ours.delete(message.custom.id);
    }
    const place = [...this.#list.children].find((each) => !(Number(each.dataset.id) < message.id));
    const { item, questions } = drawn(message, this.#isSecond(message, place), this.#around);
    item.dataset.id = message.id;
    this.#list.insertBefore(item, place ?? null);
    if (message.from === "buyer") {
      this.#close(message.text, message.id);
      for (const { id } of message.custom?.files ?? []) this.#handedIn(id, item);
    }
    // What is asked again is answered below: the buttons above have had their time.
    const slot = questions.length ? message.custom?.slot : "";
    if (slot) this.#close("", message.id, (question) => question.slot === slot);
    // History comes in one piece: what is below an answer was answered.
    this.#questions.push(...questions.map((question) => ({ ...question, slot, id: message.id })));
    if (!isOld && message.from !== "buyer") announcer.say(spoken(message, words));
    this.#follow(follows || isOld, item);
  }

  /** A message of ours, as it goes from one state to the next. */
  show(sent) {
    const { words, announcer, outbox } = this.#around;
    let ours = this.#ours.get(sent.id);
    if (!ours) {
      if (sent.state === SENT) return;
      const item = shell("buyer", sent.at, words);
      const state = h("p", { class: "state", part: "sending-state" });
      item.append(h("div", { class: "bubble prose", part: "bubble" }, prose(sent.text)), state);
      ours = { item, state };
      this.#ours.set(sent.id, ours);
      this.#list.append(item);
      this.#close(sent.text, Infinity);
      this.#follow(true);
    }
    if (ours.item.dataset.state === sent.state) return;
    ours.item.dataset.state = sent.state;
    ours.state.replaceChildren(words.say(sent.state));
    if (sent.state !== "sending" && sent.state !== SENT) announcer.say(words.say(sent.state));
    if (sent.state !== NOT_SENT) return;
    const act = (part, text, onclick) => h("button", { type: "button", class: "quiet", part, onclick }, words.say(text));
    ours.state.append(
      act("retry", "try_again", () => outbox.retry(sent.id)),
      act("delete", "delete", () => {
        outbox.delete(sent.id);
        ours.item.remove();
        this.#ours.delete(sent.id);
      }),
    );
  }

  /** A file of ours, as it goes from one state to the next. */
  showFile(file) {
    let row = this.#files.get(file.id);
    if (file.state === CANCELLED) {
      const hadFocus = row?.item.contains(row.item.getRootNode().activeElement);
      row?.item.remove();
      this.#files.delete(file.id);
      if (hadFocus) this.scroller.focus();
      return;
    }
    if (!row) {
      const { element, update } = uploadRow(file, this.#around);
      const item = shell("buyer", file.at, this.#around.words);
      item.append(element);
      this.#list.append(item);
      row = { item, update, file };
      this.#files.set(file.id, row);
      this.#follow(true);
    } else {
      row.update();
    }
    // What is not taken stays where it was tried; what is said later comes below.
    if (file.state === REFUSED || file.state === FAILED) row.item.dataset.id ??= this.#around.conversation.last;
    // The history may have shown it before the answer to the upload came.
    if (file.state === DONE && !file.receipt.already && this.#list.querySelector(`[data-files~="${CSS.escape(file.receipt.id)}"]`)) this.#handedIn(file.receipt.id);
  }

  work(isWorking) {
    const follows = this.#isNearEnd();
    this.typing.hidden = !isWorking;
    this.#follow(follows);
  }

  toEnd() {
    if (!this.isEmpty) this.scroller.scrollTop = this.scroller.scrollHeight;
    this.#down.hidden = true;
  }

  /** A handed-in file stands in the history now: its row on the way is gone. */
  #handedIn(receiptId, item) {
    if (item) item.dataset.files = `${item.dataset.files ?? ""} ${receiptId}`.trim();
    for (const [id, row] of this.#files) {
      if (row.file.receipt?.id !== receiptId) continue;
      row.item.remove();
      this.#files.delete(id);
    }
  }

  /** Whether the card before says the same answer already, so that this one is what to do next. */
  #isSecond(message, place) {
    if (message.custom?.kind !== "assessment") return false;
    let before = place ? place.previousElementSibling : this.#list.lastElementChild;
    while (before?.classList.contains("assistant")) {
      if (before.querySelector(`[data-outcome="${CSS.escape(message.custom.outcome)}"]`)) return true;
      before = before.previousElementSibling;
    }
    return false;
  }

  /** Ends the questions before a message, or those of them that are meant. */
  #close(answer, id, isMeant = () => true) {
    const ended = this.#questions.filter((question) => question.id < id && isMeant(question));
    for (const question of ended) question.close(answer);
    this.#questions = this.#questions.filter((question) => !ended.includes(question));
  }

  #isNearEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    return scrollHeight - scrollTop - clientHeight < NEAR || Math.abs(scrollTop - this.#at) < 2;
  }

  /** Shows what came last: its end, or where it begins if it is taller than what can be seen. */
  #follow(follows, item) {
    if (!follows) {
      this.#down.hidden = false;
      return;
    }
    this.toEnd();
    const over = item ? this.scroller.getBoundingClientRect().top - item.getBoundingClientRect().top : 0;
    if (over > 0) this.scroller.scrollTop -= over + MARGIN;
    this.#at = this.scroller.scrollTop;
  }
}
