"""What a message takes back or puts right of the facts already told: read back as old and new, and never silent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from actions import words
from actions.reading import Reading
from actions.reading_answers import ASKED_ONCE_MORE, CLAIM_INTENTS
from actions.reading_dates import take_day
from actions.settling import is_possible, permitted
from actions.turn import Turn
from language.dates import read
from language.facts import facts_in

_PUTS_RIGHT = re.compile(
    r"\b(wrong|meant|mean|actually|correct(ion)?|mistake|not the|instead|change|sorry|wait|oops)\b", re.IGNORECASE
)
_HAS_COME = re.compile(
    r"\b(it|parcel|package|order|they)\b[^.?!]{0,20}\b(came|arrived|has come|is here|turned up|showed up|just came)\b",
    re.IGNORECASE,
)
_HAS_NOT = re.compile(r"\b(not|never|nothing|if|when|until)\b|n'?t\b", re.IGNORECASE)

_SURE_OF_ANOTHER_CLAIM: Final = 0.7
_A_SENTENCE: Final = 5


def read_corrections(turn: Turn, slots: Mapping[str, Any], open_slot: str) -> Reading:
    """Facts that a message gives another value than the one told; empty where it corrects nothing.

    What would end a claim, and the kind of claim itself, are not changed but asked again.
    """
    reading = Reading()
    for name, value in facts_in(turn.text, turn.today).items():
        known = slots.get(name)
        if known is None or known == value or name == open_slot or not permitted({name: value}):
            continue
        if ASKED_ONCE_MORE.get(name, ()) == value:
            reading.changes |= {name: None, "suspected": f"{name}_{value}"}
        elif name != "refund_requested_on" and is_possible({**slots, **reading.changes}, {name: value}):
            reading.changes[name] = value
            _say(reading, name, known, value)
    day = _another_day(turn, slots)
    if day and open_slot != "refund_requested_on":
        taken = take_day("refund_requested_on", day, turn.today, slots)
        reading.changes |= taken.changes
        reading.said += taken.said
    return reading if not reading.is_empty else _another_kind(turn, slots)


def _say(reading: Reading, name: str, old: Any, new: Any) -> None:
    label = words.text(f"utter_label_{name}")
    reading.say("utter_corrected", label=label, old=words.value_of(name, old), new=words.value_of(name, new))


def _another_day(turn: Turn, slots: Mapping[str, Any]) -> date | None:
    """The one day that a message puts in place of the day of the refund request."""
    if not slots.get("refund_requested_on"):
        return None
    found = [reading for reading in read(turn.text, turn.today) if reading.role in (None, "refund_requested")]
    if len(found) != 1 or len(found[0].candidates) != 1:
        return None
    if found[0].role is None and not _PUTS_RIGHT.search(turn.text):
        return None
    day = date.fromisoformat(found[0].candidates[0])
    return None if day.isoformat() == slots["refund_requested_on"] or day > turn.today else day


def _another_kind(turn: Turn, slots: Mapping[str, Any]) -> Reading:
    """A message that tells another kind of claim than the open one: the kind is asked again, and nothing dropped."""
    kind = slots.get("claim_type")
    if not kind:
        return Reading()
    came = kind == "not_received" and _HAS_COME.search(turn.text) and not _HAS_NOT.search(turn.text)
    other = CLAIM_INTENTS.get(turn.intent)
    told = other not in (None, kind) and turn.confidence >= _SURE_OF_ANOTHER_CLAIM
    if came or (told and len(turn.text.split()) >= _A_SENTENCE):
        return Reading(changes={"claim_type": None, "suspected": f"claim_type_was_{kind}"}).say("utter_another_kind")
    return Reading()
