// A message as an element. What it is follows from `custom.kind`; what is not known is shown in its words alone.

import { assessmentCard, calendar } from "./assessment_card.js";
import { choices } from "./choices.js";
import { disputeCard } from "./dispute_card.js";
import { h, newId } from "./dom.js";
import { evidenceField } from "./evidence_field.js";
import { dateField, numberField } from "./fields.js";
import { prose } from "./prose.js";
import { receiptCard } from "./receipts.js";

/** A list item with a message; `questions` are what is to be closed once the buyer has answered. */
export function drawn(message, isSecond, around) {
  const { words } = around;
  const id = newId();
  const custom = message.custom ?? {};
  const questions = [];
  const item = shell(message.from, message.at, words);
  item.append(...body(message, custom, id, isSecond, around));
  const ways = [ifItCan(() => field(custom, id, around)), asChoices(message, id, around)];
  for (const way of ways.filter(Boolean)) {
    item.append(way.element);
    questions.push(way);
  }
  item.dataset.kind = custom.kind ?? "";
  item.dataset.slot = custom.slot ?? "";
  return { item, questions };
}

/** An empty list item that says who speaks, and when. */
export function shell(from, at, words) {
  const who = words.say({ buyer: "you", staff: "staff" }[from] ?? "assistant");
  const time = words.time(at);
  const item = h("li", { class: `message ${from}`, part: `message message-${from}` });
  item.append(h("p", { class: from === "staff" ? "who" : "unseen" }, words.say("said_at", { who, time })));
  return item;
}

/** What a screen reader hears of a message that comes. */
export function spoken({ from, text, custom, buttons }, words) {
  const who = words.say(from === "staff" ? "staff" : "assistant");
  const choice = (buttons ?? []).map(({ title }) => title).join("; ");
  const outcome = custom?.kind === "assessment" && words.has(`outcome_${custom.outcome}`) ? words.say(`outcome_${custom.outcome}`) : "";
  return [`${who}:`, outcome && `${outcome}.`, text, choice].filter(Boolean).join(" ");
}

function body(message, custom, id, isSecond, around) {
  const card = ifItCan(() => {
    if (custom.kind === "assessment") return assessmentCard(custom, message.text, isSecond, around);
    return custom.kind === "dispute" ? disputeCard(custom, message.text, around) : null;
  });
  if (card) return [card];
  const files = ifItCan(() => custom.files.map((file) => receiptCard(file, around))) ?? [];
  const day = custom.calendar ? [calendar(custom.calendar, around)] : [];
  return [...(message.text ? [bubble(message, id, around)] : []), ...files, ...day];
}

/** What is made, or null where a newer server says what is not known here: then its words are there alone. */
function ifItCan(make) {
  try {
    return make();
  } catch {
    return null;
  }
}

function bubble({ from, text }, id, { words }) {
  const lang = from === "buyer" || words.language === "en" ? null : "en";
  return h("div", { class: "bubble prose", part: "bubble", id, lang }, prose(text));
}

function asChoices({ buttons }, id, { answer }) {
  return buttons?.length ? choices(buttons, id, ({ title, payload }) => answer({ text: title, payload })) : null;
}

function field(custom, id, around) {
  if (custom.kind !== "question") return null;
  const { words, answer } = around;
  if (custom.input === "date") return dateField(custom, id, words, (text) => answer({ text }));
  if (custom.input === "number") return numberField(custom, id, words, (text) => answer({ text }));
  if (custom.input === "evidence") return evidenceField(custom, around);
  return null;
}
