"""A new value for a fact that was told: read like an answer to its question, looked at before it replaces the old."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from actions import words
from actions.claim_slots import RECORD_FIELDS, TOLD_FACTS
from actions.days_put_right import NoSuchDay, beside, names_the_day
from actions.reading import Reading
from actions.reading_answers import ASKED_ONCE_MORE, DATE_SLOTS, listing_statement
from actions.reading_dates import read_day, take_day
from actions.reading_records import clean, read_record_field
from actions.settling import is_possible
from actions.turn import Turn
from language.answers import answer, is_plain_no, is_plain_yes
from language.corrections import said_against

#: What a buyer can put right, in the order in which it is offered: facts first, then the record's own fields.
CORRECTABLE: Final = (*TOLD_FACTS, *RECORD_FIELDS)
#: Facts that nobody is asked for by itself.
_NEVER_ASKED: Final = ("supplier_asked_offsite_payment",)
#: Fields that any words can be the value of.
FREE_TEXT: Final = ("item", "statement", "wish")
_SHOWN_OF_A_TEXT: Final = 120
#: Words that are in every text: nobody puts one of them right.
_SAY_NOTHING: Final = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "but",
        "by",
        "do",
        "for",
        "he",
        "i",
        "in",
        "is",
        "it",
        "me",
        "my",
        "no",
        "not",
        "of",
        "on",
        "or",
        "so",
        "that",
        "the",
        "they",
        "this",
        "to",
        "was",
        "we",
        "what",
        "yet",
        "you",
    ]
)


def was_told(slots: Mapping[str, Any], slot: str) -> bool:
    """Whether a fact or field was told, left empty, or said not to be known."""
    return slot in CORRECTABLE and (slots.get(slot) is not None or slot in (slots.get("cannot_tell") or ()))


def can_be_asked(slot: str) -> bool:
    """Whether there is a question for it."""
    return slot not in _NEVER_ASKED


def shown(slot: str, value: Any) -> str:
    """A told value in words; of a long text only its beginning."""
    if value in (None, ""):
        whole = slot == "item" and value == ""
        return words.text("utter_value_whole_order" if whole else "utter_value_nothing_told")
    if slot in RECORD_FIELDS:
        return words.shortened(str(value), _SHOWN_OF_A_TEXT)
    return words.value_of(slot, value)


def read_new(slot: str, text: str, turn: Turn, slots: Mapping[str, Any], *, replaces: str = "") -> Reading:
    """The reading of words as the new value of a told fact.

    A change of `slot`; or of `correcting` alone, where it has to be asked (it cannot be, could be two things, or would
    end the claim); empty where the words are no value of this fact, or the one that it has.
    """
    reading = _read(slot, text, turn, slots, replaces)
    if reading.is_empty or reading.changes.get(slot, _NOTHING) == slots.get(slot):
        return Reading()
    if slot in reading.changes:
        return _if_it_can_be(slot, reading, slots)
    reading.changes["correcting"] = asking(slot)
    return reading


def asking(slot: str) -> dict[str, Any]:
    """What the conversation remembers while a fact is asked anew: which, and how often the answer was of no use."""
    return {"slot": slot, "tries": 0}


def names_what_was_told(slot: str, text: str, turn: Turn, slots: Mapping[str, Any]) -> bool:
    """Whether words name the value that a fact has."""
    known = slots.get(slot)
    if known is None:
        return False
    if slot in DATE_SLOTS:
        return names_the_day(text, date.fromisoformat(known), turn.today)
    if slot in FREE_TEXT:
        return _place_of(text, str(known)) is not None
    if slot == "order_id":
        return str(known).casefold() == str(read_record_field(slot, text).changes.get(slot, "")).casefold()
    return bool(_closed(slot, text, slots) == known)


_NOTHING: Final = object()


def _read(slot: str, text: str, turn: Turn, slots: Mapping[str, Any], replaces: str) -> Reading:
    if slot in DATE_SLOTS:
        return _read_day(slot, text, turn, slots)
    if slot in FREE_TEXT and replaces and slot != "wish":
        return _text_replaced(slot, text, replaces, slots)
    if slot in RECORD_FIELDS:
        return read_record_field(slot, text)
    value = _closed(slot, text, slots)
    if value is None:
        return Reading()
    if ASKED_ONCE_MORE.get(slot, _NOTHING) == value and slots.get(slot) != value:
        return Reading(changes={"suspected": f"{slot}_{value}"})
    return Reading(changes={slot: value})


def _read_day(slot: str, text: str, turn: Turn, slots: Mapping[str, Any]) -> Reading:
    if slots.get(slot):
        try:
            day = beside(text, date.fromisoformat(slots[slot]))
        except NoSuchDay:
            return Reading().say("utter_date_impossible", date_text=text)
        if day is not None:
            return take_day(slot, day, turn.today, slots)
    return read_day(slot, text, turn.today, slots)


def _text_replaced(slot: str, text: str, replaces: str, slots: Mapping[str, Any]) -> Reading:
    """A piece of the buyer's own words put in the place of another."""
    known = str(slots.get(slot) or "")
    place = _place_of(replaces, known)
    if place is None:
        return Reading()
    return Reading(changes={slot: f"{known[: place.start()]}{clean(text)}{known[place.end() :]}"})


def _place_of(piece: str, text: str) -> re.Match[str] | None:
    """Where whole words stand in a text; words that say nothing by themselves ("not as described") stand nowhere."""
    if not set(piece.casefold().split()) - _SAY_NOTHING:
        return None
    return re.search(rf"(?<!\w){re.escape(piece)}(?!\w)", text, re.IGNORECASE)


def _closed(slot: str, text: str, slots: Mapping[str, Any]) -> Any:
    """The value of a closed question that words name."""
    if slot == "listing_said" and (is_plain_yes(text) or is_plain_no(text)):
        return [listing_statement(slots)] if is_plain_yes(text) else []
    found = answer(slot, text)
    return said_against(text).get(slot) if found is None else found.value


def _if_it_can_be(slot: str, reading: Reading, slots: Mapping[str, Any]) -> Reading:
    """The reading, or what is wrong with it and the question anew."""
    after = {**slots, **reading.changes}
    ordered, received = after.get("quantity_ordered"), after.get("quantity_received")
    if slot.startswith("quantity_") and ordered is not None and received is not None and received > ordered:
        return Reading(changes={"correcting": asking(slot)}).say(
            "utter_more_received_than_ordered", ordered=str(ordered), received=str(received)
        )
    if not is_possible(slots, reading.changes):
        return Reading(changes={"correcting": asking(slot)}).say("utter_cannot_be")
    return reading
