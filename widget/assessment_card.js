// The assessment as a card: the answer, why, what to do next, and how long it is until a dispute can be opened.

import { h, icon, newId, save } from "./dom.js";
import { prose } from "./prose.js";

const DAY = 24 * 3600 * 1000;

/** `custom`: an assessment, as the server tells it; `text`: its words; `isSecond`: what to do next after such a card. */
export function assessmentCard(custom, text, isSecond, { words, wire, announcer }) {
  const id = newId();
  const outcome = `outcome_${custom.outcome}`;
  const title = isSecond || !words.has(outcome) ? words.say("next") : words.say(outcome);
  const body = h("div", { class: "prose", ...(words.language === "en" ? {} : { lang: "en" }) }, prose(text));
  const card = h("section", { class: "card", part: "card assessment", "data-outcome": custom.outcome, "aria-labelledby": id });
  card.append(h("h3", { id }, title), body);
  if (!isSecond && custom.outcome === "wait" && custom.earliest_dispute_on) card.append(countdown(custom, words));
  if (!isSecond && custom.clauses?.length) card.append(why(custom.clauses, words));
  if (!isSecond && custom.calendar) card.append(calendar(custom.calendar, { words, wire, announcer }));
  return card;
}

/** The days are counted in the edition's zone, which is UTC, from today: a card of last week says what is true now. */
function countdown({ earliest_dispute_on: earliest, waiting_days: all }, words) {
  const left = Math.max(0, Math.round((Date.parse(`${earliest}T00:00:00Z`) - Math.floor(Date.now() / DAY) * DAY) / DAY));
  const said = left ? words.say("days_left", { n: left }) : words.say("days_over");
  const made = h("div", { class: "countdown", part: "countdown" }, h("p", {}, h("strong", {}, said)));
  if (all) {
    const day = Math.max(0, all - left);
    made.append(h("meter", { min: 0, max: all, value: day, "aria-label": words.say("day_of", { day, n: all }) }));
    made.append(h("p", {}, words.say("day_of", { day, n: all })));
  }
  made.append(h("p", {}, words.say("from_day", { day: words.day(earliest) })));
  return made;
}

function why(clauses, words) {
  const id = newId();
  const chips = clauses.map((clause) => h("li", {}, h("bdi", {}, clause)));
  return h("div", { class: "why" }, h("p", { id }, words.say("why_clauses")), h("ul", { class: "chips", "aria-labelledby": id }, chips));
}

/** A button that saves the day to a calendar. */
export function calendar(path, { words, wire, announcer }) {
  const trouble = h("p", { class: "state" });
  const onclick = async () => {
    try {
      save(await (await wire.ask(path)).blob(), "buyer-protection.ics");
      trouble.textContent = "";
    } catch {
      trouble.textContent = words.say("calendar_failed");
      announcer.say(trouble.textContent);
    }
  };
  const button = h("button", { type: "button", class: "choice", part: "calendar", onclick }, icon("save"), words.say("add_to_calendar"));
  return h("div", {}, button, trouble);
}
