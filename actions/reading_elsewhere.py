"""An answer to another question than the open one: "he refused", where the order number is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from actions import words
from actions.reading import Reading
from actions.reading_answers import ASKED_ONCE_MORE
from actions.replacing import asking
from actions.settling import is_possible, permitted
from actions.turn import Turn
from language.answers import answer, is_plain_no, is_plain_yes, says_unknown

#: What changes while a claim is told, or is easily told at the wrong moment; a yes or no belongs to its own question.
_TOLD_ANY_TIME: Final = ("supplier_response", "carrier_status", "payment_method")
#: A single word may be anything.
_FEWEST_WORDS: Final = 2


def read_elsewhere(turn: Turn, slots: Mapping[str, Any], open_slot: str) -> Reading:
    """The one other fact that a whole message tells, new or in the place of a told one; else empty.

    An answer that would end the claim is asked once more.
    """
    text = turn.text
    if len(text.split()) < _FEWEST_WORDS or is_plain_yes(text) or is_plain_no(text) or says_unknown(text):
        return Reading()
    said = {name: answer(name, text) for name in _TOLD_ANY_TIME if name != open_slot}
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
