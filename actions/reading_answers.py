"""A message read as an answer to the open question of the form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from actions.asked_so_often import times_asked
from actions.claim_slots import RECORD_FIELDS
from actions.reading import Reading, together
from actions.reading_dates import day_on_offer, read_day, take_day
from actions.reading_records import read_record_field
from actions.settling import is_possible, permitted, settled, untold
from actions.story import story_of
from actions.turn import Turn
from actions.untold_costs import costs_of_not_telling, waiting_days
from language.answers import Answer, answer, is_plain_no, is_plain_yes, says_unknown
from language.corrections import correction, said_against

DATE_SLOTS: Final = ("refund_requested_on", "delivery_due_on")

#: Answers that would end a claim: read from free text they are shown back and asked once more.
ASKED_ONCE_MORE: Final = {
    "claim_type": "unwanted",
    "complaint": "below_expectations",
    "carrier_status": "delivered",
    "supplier_response": "refunded",
    "paid_through_escrow": False,
}

CLAIM_INTENTS: Final = {
    "report_not_received": "not_received",
    "report_not_as_described": "not_as_described",
    "report_counterfeit": "counterfeit",
    "report_broken": "broken",
    "report_missing_parts": "missing_parts",
    "report_unwanted": "unwanted",
}

#: Fields of the record that a claim can do without.
MAY_BE_EMPTY: Final = ("item", "wish")

#: What a plain yes means where the listing is asked about.
_LISTING_STATEMENT = {"used": "used", "minor_scratches": "used", "defective": "defective"}

_YES_AND_MORE = re.compile(r"\W*(yes|yeah|yep|yup)\b", re.IGNORECASE)
#: No to a question that opens something, but no answer to one about a fact.
_RATHER_NOT = re.compile(r"\W*(i(.d| would) )?rather not\W*", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!;]")
_NO = re.compile(r"\W*(no|nope|nah)\b", re.IGNORECASE)
_BUT = re.compile(r"\b(but|not|no|never|nothing|wrong)\b|n'?t\b|\?", re.IGNORECASE)

_SURE = 0.5


def read_payload(payload: Mapping[str, Any], slot: str, turn: Turn, slots: Mapping[str, Any]) -> Reading:
    """A pressed button: its values where a buyer may set them and they can be, else nothing."""
    values = permitted(payload)
    if not values or not is_possible(slots, values):
        return Reading()
    for name in DATE_SLOTS:
        if values.get(name):
            return take_day(name, date.fromisoformat(values[name]), turn.today, slots)
    for name in RECORD_FIELDS:
        if name not in values or (name in MAY_BE_EMPTY and values[name] == ""):
            continue
        # Read as if it had been typed, so that it is bounded and can be kept.
        field = read_record_field(name, values[name]) if isinstance(values[name], str) else Reading()
        if field.is_empty:
            return Reading()
        values |= field.changes
    return Reading(changes={**values, "suspected": None})


def read_answer(slot: str, turn: Turn, slots: Mapping[str, Any]) -> tuple[Reading, bool]:
    """A typed message as the answer to `slot`, and whether it says nothing else."""
    if slot in DATE_SLOTS:
        day = day_on_offer(turn.text, turn.today, slots)
        if day is not None:
            return take_day(slot, day, turn.today, slots), True
        reading = read_day(slot, turn.text, turn.today, slots)
        return reading, False
    if slot in RECORD_FIELDS:
        return read_record_field(slot, turn.text), False
    if is_asked_once_more(slot, slots) and _NO.match(turn.text):
        return Reading(changes={"suspected": None}), True
    found = _closed(slot, turn, slots)
    if found is None:
        return _method_told(turn, slots) if slot == "paid_through_escrow" else Reading(), False
    suspicion = f"{slot}_{found.value}"
    ends_it = slot in ASKED_ONCE_MORE and ASKED_ONCE_MORE[slot] == found.value
    plain_enough = slot == "paid_through_escrow" and is_plain_no(turn.text) and slots.get("payment_method") is None
    if ends_it and not plain_enough and slots.get("suspected") != suspicion:
        return Reading(changes={"suspected": suspicion}), found.whole
    changes = {slot: found.value, "suspected": None}
    if not is_possible(slots, changes):
        return Reading(), False
    return _with_its_day(Reading(changes=changes), turn, slots), found.whole


def _with_its_day(answered: Reading, turn: Turn, slots: Mapping[str, Any]) -> Reading:
    """A yes to whether a refund was asked for, with the day that stands beside it: "yes, on 1 March"."""
    is_yes = answered.changes.get("refund_requested") is True
    if not is_yes or slots.get("refund_requested_on") or "refund_requested_on" in story_of(turn).facts:
        return answered
    day = read_day("refund_requested_on", turn.text, turn.today, slots)
    return answered if day.is_empty else together(answered, day)


def begins_with_no(text: str) -> bool:
    """Whether a message begins with a no: where all of it answers the open question, that no takes nothing back."""
    return bool(_NO.match(text))


def _method_told(turn: Turn, slots: Mapping[str, Any]) -> Reading:
    """A way to pay in answer to the question about escrow: kept, but escrow decides and is asked again."""
    method = answer("payment_method", turn.text)
    if method is None or slots.get("payment_method") is not None:
        return Reading()
    return Reading(changes={"payment_method": method.value}).say("utter_noted_method")


def _closed(slot: str, turn: Turn, slots: Mapping[str, Any]) -> Answer | None:
    if is_asked_once_more(slot, slots) and _agrees(slot, turn):
        return Answer(ASKED_ONCE_MORE[slot], True)
    if slot == "listing_said" and (is_plain_yes(turn.text) or is_plain_no(turn.text)) and not is_untold(turn):
        return Answer([listing_statement(slots)] if is_plain_yes(turn.text) else [], True)
    against = said_against(turn.text).get(slot)
    if against is not None:
        return Answer(against, True)  # "no, I did ask him" is a yes
    said = correction(turn.text)
    # "No, I meant that it is broken": the no is not the answer, what was meant may be.
    found = answer(slot, said.new if said and said.kind in ("meant", "instead") else turn.text)
    if found is None and slot == "claim_type" and turn.intent in CLAIM_INTENTS and turn.confidence >= _SURE:
        return Answer(CLAIM_INTENTS[turn.intent], False)
    return found


def is_asked_once_more(slot: str, slots: Mapping[str, Any]) -> bool:
    """Whether the open question is the second one, about an answer that would end the claim."""
    return slot in ASKED_ONCE_MORE and slots.get("suspected") == f"{slot}_{ASKED_ONCE_MORE[slot]}"


def _agrees(slot: str, turn: Turn) -> bool:
    """A yes to the second question; one that goes on with another answer ("yes, at the checkout") is that answer."""
    if turn.payload is not None:
        return turn.intent == "affirm"
    if is_plain_yes(turn.text):
        return _is_a_real_yes(turn.text)
    more = [answer(slot, part) for part in _SENTENCE.split(_YES_AND_MORE.sub("", turn.text))]
    return _is_a_real_yes(turn.text) and all(other is None or other.value == ASKED_ONCE_MORE[slot] for other in more)


def _is_a_real_yes(text: str) -> bool:
    """A yes that is more than a shrug, and nothing against it: what ends a claim wants more than "ok"."""
    if re.fullmatch(r"\W*o?\.?k(ay)?\W*", text, re.IGNORECASE):
        return False
    return is_plain_yes(text) or bool(_YES_AND_MORE.match(text) and not _BUT.search(text))


def listing_statement(slots: Mapping[str, Any]) -> str:
    """What the listing is asked to have said for this claim: used, defective or imitation."""
    if slots.get("claim_type") == "counterfeit":
        return "imitation"
    return _LISTING_STATEMENT.get(slots.get("complaint") or "", "defective")


def read_untold(slot: str, turn: Turn, slots: Mapping[str, Any]) -> Reading:
    """ "I don't know" or "I'd rather not say" to the open question; what that can cost is said with it."""
    change = untold(slots, slot)
    if change:
        reading = Reading(changes={**change, "suspected": None})
        costs = costs_of_not_telling(slot, turn, settled(slots, reading.changes))
        return reading.say("utter_noted_untold_at_a_cost", costs=costs) if costs else reading.say("utter_noted_untold")
    if slot in MAY_BE_EMPTY:
        return Reading(changes={slot: ""})
    if slot == "order_id" and slots.get("order_first"):
        # Asked first for the sake of its record; without it everything is asked, and the number once more at the end.
        return Reading(changes={"order_first": False}).say("utter_noted_untold")
    if times_asked(slots, slot) > 1:
        return Reading().say("utter_cannot_do_without_again", reference=slots.get("reference") or "")
    return Reading().say(f"utter_cannot_do_without_{slot}", waiting_days=waiting_days(turn, slots))


def is_untold(turn: Turn) -> bool:
    """Whether the buyer says that they do not know, or would rather not say."""
    return (
        says_unknown(turn.text)
        or bool(_RATHER_NOT.fullmatch(turn.text))
        or (turn.payload is not None and turn.intent == "say_unknown")
    )
