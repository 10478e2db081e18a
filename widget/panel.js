// What is seen: the button that opens the chat, and the chat. Opening, closing, and where the focus is then.

import { Announcer } from "./announce.js";
import { Choosing } from "./choosing.js";
import { composer } from "./composer.js";
import { LIVE } from "./conversation.js";
import { h, icon, iconButton, newId, save } from "./dom.js";
import { Log } from "./log.js";
import { transcript } from "./transcript.js";
import { stayVisible } from "./viewport.js";

/** Where the chat takes the whole screen: phones, and pages zoomed to 400 %. */
const NARROW = "(max-width: 40rem), (max-height: 26rem)";
const STARTERS = ["not_received", "broken", "not_as_described", "status"];

export class Panel {
  #around;
  #opener = null;
  #narrow = matchMedia(NARROW);
  #stop = null;
  #before = "";

  /** `around`: `words`, the parts of a `session`, and `onopen`, `onclose`. */
  constructor(around) {
    const { words, session } = around;
    this.#around = around;
    const announcer = (this.announcer = new Announcer());
    const answer = (what) => session.send(what);
    const id = newId();
    this.heading = h("h2", { id }, words.say("heading"));
    this.about = h("p", { class: "about", part: "about", hidden: true });
    this.status = h("p", { class: "status", part: "status", hidden: true });
    this.element = h("div", { class: "panel", part: "panel", role: "dialog", "aria-labelledby": id, tabindex: "-1", hidden: true });
    const choosing = new Choosing(this.element, words.say("choose_file"), (files) => session.uploads.add(files));
    const shared = { words, announcer, answer, choosing, ...session };
    this.log = new Log(shared);
    this.composer = composer(shared);
    this.welcome = this.#welcome(answer);
    this.log.scroller.prepend(this.welcome);
    this.badge = h("span", { class: "badge", part: "badge", "aria-hidden": "true", hidden: true });
    this.launcher = h("button", { type: "button", class: "launcher", part: "launcher", "aria-haspopup": "dialog", onclick: () => this.open(true) }, icon("chat"), this.badge);
    this.element.append(
      h(
        "header",
        { part: "header" },
        h("div", {}, this.heading, this.about),
        iconButton("save", words.say("save_transcript"), "transcript", () => this.#save()),
        iconButton("close", words.say("close"), "close", () => this.close()),
      ),
      this.status,
      this.log.element,
      this.composer.element,
      h("p", { class: "drop", "aria-hidden": "true" }, words.say("drop_here")),
      announcer.element,
    );
    this.element.addEventListener("keydown", (event) => this.#key(event));
    this.update();
  }

  get isOpen() {
    return !this.element.hidden;
  }

  /** Opens it. `byBuyer`: somebody asked for it just now; only then the focus moves. */
  open(byBuyer) {
    if (!this.isOpen) {
      this.#opener = byBuyer ? deepest(document) : null;
      this.element.hidden = false;
      this.launcher.hidden = true;
      this.#stop = stayVisible(this.element, () => this.#narrow.matches, () => this.log.toEnd());
      this.element.setAttribute("aria-modal", String(this.#narrow.matches));
      this.#around.onopen();
      this.log.toEnd();
      this.update();
    }
    // Where there is no keyboard, one that rises by itself would hide what is to be read.
    if (byBuyer) (matchMedia("(pointer: fine)").matches ? this.composer.input : this.element).focus();
  }

  close() {
    if (!this.isOpen) return;
    const hadFocus = this.element.contains(this.element.getRootNode().activeElement);
    this.element.hidden = true;
    this.launcher.hidden = false;
    this.#stop?.();
    this.#around.onclose();
    this.update();
    if (hadFocus) (this.#opener?.isConnected ? this.#opener : this.launcher).focus();
  }

  /** Nothing of what was told stays. */
  clear() {
    this.log.clear();
    this.composer.input.value = "";
    this.announcer.element.replaceChildren();
  }

  /** Another one takes its place. */
  leave() {
    this.#stop?.();
  }

  /** Shows how things are now. */
  update() {
    const { words, session } = this.#around;
    const { conversation } = session;
    if (this.isOpen) conversation.see();
    const n = conversation.unread;
    this.badge.hidden = !n;
    this.badge.textContent = words.number(n);
    this.launcher.setAttribute("aria-label", n ? words.say("open_chat_unread", { n }) : words.say("open_chat"));
    this.log.work(conversation.isWorking);
    this.welcome.hidden = !this.log.isEmpty;
    this.#connection(conversation.connection);
  }

  /** What the page says it is about. */
  name(heading, order) {
    const { words } = this.#around;
    this.heading.textContent = heading || words.say("heading");
    this.about.hidden = !order;
    this.about.textContent = order ? words.say("about_order", { order }) : "";
  }

  #connection(connection) {
    if (connection === this.#before) return;
    const { words } = this.#around;
    const isBad = words.has(connection);
    this.status.hidden = !isBad;
    this.status.textContent = isBad ? words.say(connection) : "";
    if (isBad) this.announcer.say(this.status.textContent);
    else if (connection === LIVE && this.#before) this.announcer.say(words.say("back"));
    this.#before = connection;
  }

  #welcome(answer) {
    const { words } = this.#around;
    const starters = STARTERS.map((name) => {
      const onclick = () => {
        this.element.focus();
        answer({ text: words.say(`say_${name}`) });
      };
      return h("button", { type: "button", class: "choice", part: "starter", onclick }, words.say(`starter_${name}`));
    });
    return h("div", { class: "welcome", part: "welcome" }, h("p", {}, words.say("welcome")), h("div", { class: "choices" }, starters));
  }

  #save() {
    const { words, session } = this.#around;
    save(transcript(session.conversation.messages, words), words.say("transcript_name"));
  }

  #key(event) {
    if (event.key === "Escape" && !event.defaultPrevented && !event.isComposing) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (event.key === "Tab" && this.#narrow.matches) {
      this.#stayInside(event);
    }
  }

  /** Where it covers the page, what is behind it cannot be seen, so the focus does not go there. */
  #stayInside(event) {
    const all = [...this.element.querySelectorAll("button, input, textarea, summary, [tabindex='0']")].filter(
      (each) => each.tabIndex >= 0 && each.checkVisibility?.() !== false,
    );
    const at = this.element.getRootNode().activeElement;
    const isFirst = at === all[0] || at === this.element;
    if (event.shiftKey ? !isFirst : at !== all.at(-1)) return;
    event.preventDefault();
    (event.shiftKey ? all.at(-1) : all[0]).focus();
  }
}

/** What has the focus, through all shadow roots. */
function deepest(root) {
  const at = root.activeElement;
  return at?.shadowRoot?.activeElement ? deepest(at.shadowRoot) : at;
}
