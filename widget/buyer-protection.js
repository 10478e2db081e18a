// <buyer-protection-chat>: a chat with the Buyer Protection assistant, on a shop's own page.
//
//   <script type="module" src="https://help.shop.example/assets/widget/buyer-protection.js"></script>
//   <buyer-protection-chat base="https://help.shop.example" locale="en"></buyer-protection-chat>
//
// Attributes: `base` where the gateway is (this module's server), `locale` (the page's `lang`), `dir`, `theme` ("light",
// "dark"; else the browser's), `heading`, `order` (the order that the help is about), `open`.
// Property: `getToken({ order })` gives a promise of a token. Methods: `show()`, `hide()`, `signOut()`.
// Events: `buyer-protection-open`, `buyer-protection-close`, `buyer-protection-unread` (detail: how many).
//
// Parts that a page can style and a test can find: launcher, badge, panel, header, about, transcript, close, status,
// messages, message, message-buyer, message-assistant, message-staff, bubble, choices, choice, field, date-input,
// number-input, send-date, send-number, evidence, evidence-count, add-evidence, camera, upload, upload-state,
// upload-progress, cancel-upload, retry-upload, delete-upload, person, receipt, remove-file, thumbnail, card, assessment,
// countdown, calendar, dispute, reference, copy, timeline, typing, welcome, starter, newer, sending-state, retry,
// delete, composer, input, attach, send, file-input, camera-input, announcements.

import { hasTalked } from "./keeping.js";
import { Panel } from "./panel.js";
import { session } from "./session.js";
import { sheet } from "./style.js";
import { wordsFor } from "./words.js";

const HOME = new URL("../../", import.meta.url).href;

class BuyerProtectionChat extends HTMLElement {
  static observedAttributes = ["locale", "dir", "heading", "order", "open"];

  #root = this.attachShadow({ mode: "open" });
  #session = null;
  #panel = null;
  #drawing = 0;
  #getToken = null;
  #unread = 0;

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [sheet()];
  }

  /** How the page gets a token for whoever is signed in there. */
  get getToken() {
    return this.#getToken;
  }

  set getToken(ask) {
    this.#getToken = ask;
    this.#listen();
  }

  get open() {
    return this.hasAttribute("open");
  }

  set open(isOpen) {
    this.toggleAttribute("open", isOpen);
  }

  /** Opens the chat, because the buyer asked for it: the focus goes there, and comes back when it is closed. */
  async show() {
    await this.#drawn();
    this.#panel.open(true);
  }

  hide() {
    this.#panel?.close();
  }

  /** Nobody is signed in any more: nothing of the conversation stays on the page. */
  signOut() {
    this.hide();
    this.#session?.listening.stop();
    this.#session?.token.forget();
    this.#session?.belong("");
  }

  connectedCallback() {
    // A page may have set the property before the element was known.
    if (Object.hasOwn(this, "getToken")) {
      const ask = this.getToken;
      delete this.getToken;
      this.getToken = ask;
    }
    this.#session ??= this.#begin();
    this.#draw();
  }

  disconnectedCallback() {
    this.#session?.listening.stop();
  }

  attributeChangedCallback(name, before, now) {
    if (!this.#session || before === now) return;
    if (name === "locale" || name === "dir") this.#draw();
    else if (name === "open") this.#panel && (this.open ? this.#panel.open(false) : this.#panel.close());
    else this.#name();
    // The next thing that is said is about that order.
    if (name === "order") this.#session.token.forget();
  }

  #begin() {
    const parts = session(this.getAttribute("base") ?? HOME, () => this.#ask());
    parts.conversation.addEventListener("message", ({ detail }) => this.#panel?.log.add(detail.message, detail.isOld));
    parts.conversation.addEventListener("message", () => this.#update());
    parts.conversation.addEventListener("forgotten", () => this.#panel?.clear());
    parts.conversation.addEventListener("state", () => this.#update());
    parts.outbox.addEventListener("change", ({ detail }) => this.#panel?.log.show(detail));
    parts.outbox.addEventListener("change", () => this.#update());
    parts.uploads.addEventListener("change", ({ detail }) => this.#panel?.log.showFile(detail));
    parts.uploads.addEventListener("change", () => this.#update());
    return parts;
  }

  async #ask() {
    return this.#getToken({ order: this.getAttribute("order") ?? "" });
  }

  /** Draws all of it in the words of the locale; at first, and when the page changes the locale. */
  async #draw() {
    const drawing = (this.#drawing += 1);
    const locale = this.getAttribute("locale") ?? (this.closest("[lang]")?.lang || "en");
    const words = await wordsFor(locale);
    if (drawing !== this.#drawing) return;
    const isOpen = this.#panel?.isOpen ?? this.open;
    const panel = new Panel({ words, session: this.#session, onopen: () => this.#opened(), onclose: () => this.#closed() });
    this.#panel?.leave();
    this.#panel = panel;
    const direction = this.getAttribute("dir") || words.direction;
    for (const each of [panel.launcher, panel.element]) {
      each.setAttribute("lang", words.locale);
      each.setAttribute("dir", direction);
    }
    this.#root.replaceChildren(panel.launcher, panel.element);
    for (const message of this.#session.conversation.messages) panel.log.add(message, true);
    for (const item of this.#session.outbox.items) panel.log.show(item);
    for (const file of this.#session.uploads.items) panel.log.showFile(file);
    this.#name();
    if (isOpen) panel.open(false);
    this.#update();
    this.#listen();
    this.dispatchEvent(new Event("buyer-protection-ready"));
  }

  #drawn() {
    if (this.#panel) return null;
    return new Promise((resolve) => this.addEventListener("buyer-protection-ready", resolve, { once: true }));
  }

  /** Nothing is asked of the server for a buyer who never talked to us, until they open it. */
  #listen() {
    if (this.isConnected && this.#getToken && this.#panel && (this.#panel.isOpen || hasTalked())) this.#session.listening.start();
  }

  #opened() {
    this.open = true;
    this.#listen();
    this.dispatchEvent(new Event("buyer-protection-open"));
  }

  #closed() {
    this.open = false;
    this.dispatchEvent(new Event("buyer-protection-close"));
  }

  #name() {
    this.#panel?.name(this.getAttribute("heading"), this.getAttribute("order"));
  }

  #update() {
    this.#panel?.update();
    const { unread } = this.#session.conversation;
    if (unread === this.#unread) return;
    this.#unread = unread;
    this.dispatchEvent(new CustomEvent("buyer-protection-unread", { detail: unread }));
  }
}

if (!customElements.get("buyer-protection-chat")) customElements.define("buyer-protection-chat", BuyerProtectionChat);
