"""An answer to another question than the open one: "he refused", where the order number is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from actions import words
from actions.reading import Reading
from actions.reading_answers import ASKED_ONCE_MORE
from actions.replacing import asking
from actions.settling import is_possible, permitted
from actions.turn import Turn
from language.answers import answer, is_plain_no, is_plain_yes, says_unknown

#: What changes while a claim is told, each with the words of which one must say that it is meant: an answer to its own
#: question may leave out what it is about, words at another question may not.
_MEANT: Final = {
    "supplier_response": re.compile(
        r"\b(?:seller|supplier|vendor|merchant|shop|store|he|she|they|him|her|them)\b|no (?:answer|reply|response)\b",
        re.I,
    ),
    "carrier_status": re.compile(
        r"\b(?:tracking|carrier|courier|parcel|package|post|customs|dhl|ups|usps|fedex|dpd|hermes|evri)\b", re.I
    ),
}
#: What the buyer does or needs is said of themselves.
_OF_THE_BUYER: Final = re.compile(r"\W*(?:i|i'm|im|i've|ive|we|my)\b", re.I)


def read_elsewhere(turn: Turn, slots: Mapping[str, Any], open_slot: str) -> Reading:
    """The one other fact that a whole message tells, new or in the place of a told one; else empty.

    An answer that would end the claim is asked once more.
    """
    text = turn.text
    if is_plain_yes(text) or is_plain_no(text) or says_unknown(text) or _OF_THE_BUYER.match(text):
        return Reading()
    said = {name: answer(name, text) for name, meant in _MEANT.items() if name != open_slot and meant.search(text)}
    told = {name: found.value for name, found in said.items() if found is not None and found.whole}
    if len(told) != 1:
        return Reading()
    [(name, value)] = told.items()
    if not permitted(told) or name in (slots.get("verified") or ()):
        return Reading()
    if slots.get(name) != value and ASKED_ONCE_MORE.get(name) == value:
        return Reading(changes={"correcting": asking(name), "suspected": f"{name}_{value}"})
    if not is_possible(slots, told):
        return Reading()
    reading = Reading() if slots.get(name) == value else Reading(changes=dict(told))
    if slots.get(name) in (None, value):
        reading.say("utter_noted", facts=words.told(name, words.value_of(name, value)))
    return reading
