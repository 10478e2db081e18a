// The parts that a conversation needs, put together once for an element: whoever speaks, what is told, sent, handed in.

import { Conversation, LIVE } from "./conversation.js";
import { noteTalked } from "./keeping.js";
import { Listening } from "./listening.js";
import { Outbox } from "./outbox.js";
import { Receipts } from "./receipts.js";
import { Token } from "./token.js";
import { Uploads } from "./uploads.js";
import { Wire } from "./wire.js";

/** `base`: where the gateway is; `ask`: gives a promise of a token. */
export function session(base, ask) {
  const token = new Token(ask, belong);
  const wire = new Wire(base, token);
  const conversation = new Conversation();
  const listening = new Listening(wire, conversation);
  const outbox = new Outbox(wire, (error) => conversation.note(error));
  const uploads = new Uploads(wire);
  const receipts = new Receipts(wire);
  let buyer = "";

  /** Another buyer, or nobody (an empty name): what is kept in the browser waits there for whose it is. */
  async function belong(name) {
    if (buyer && buyer !== name) receipts.forget();
    buyer = name;
    conversation.belongTo(name);
    outbox.belongTo(name);
    uploads.belongTo(name);
  }

  function send(what) {
    noteTalked();
    outbox.send(what);
  }

  conversation.addEventListener("message", ({ detail: { message } }) => {
    if (message.custom?.kind === "sent") outbox.isKept(message.custom.id);
  });
  conversation.addEventListener("state", () => {
    if (conversation.connection !== LIVE) return;
    outbox.hurry();
    uploads.hurry();
  });
  uploads.addEventListener("change", noteTalked, { once: true });
  outbox.addEventListener("change", ({ detail: { state } }) => state === "sent" && listening.look());
  return { token, wire, conversation, listening, outbox, uploads, receipts, send, belong };
}
