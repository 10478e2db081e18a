"""While a fact is asked anew: its old value stays until a valid new one is there, or the buyer leaves it.

The slot `correcting` holds the fact (`slot`), or those of which one is meant (`choices`) and the words that its new
value was told with (`new`); and how often in a row the answer was of no use (`tries`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from actions import words
from actions.reading import Reading
from actions.reading_answers import is_untold
from actions.reading_corrections_by_name import ask_anew
from actions.replacing import CORRECTABLE, FREE_TEXT, can_be_asked, read_new, shown
from actions.settling import untold
from actions.turn import Turn
from language.choices import chosen, none_of_them
from language.corrections import facts_named, leaves_it

#: The question which of several facts is meant.
WHICH: Final = "correcting"
#: The button of that question, and its intent, which nobody is taught: `/change_answer{"correct": "order_id"}`.
INTENT: Final = "change_answer"
CHOICE: Final = "correct"
_MOST_TRIES: Final = 2
_NOTHING_MORE: Final = {"correcting": None, "date_candidates": None, "suspected": None}


def question(slots: Mapping[str, Any]) -> str | None:
    """The question that is open because something is put right; None where nothing is."""
    state = slots.get("correcting")
    return None if not state else state.get("slot") or WHICH


def read_leaving(turn: Turn, slot: str, slots: Mapping[str, Any]) -> Reading:
    """ "Never mind", or "I don't know" of what the claim cannot do without: the old value stays; else empty."""
    if not slots.get("correcting") or turn.payload is not None:
        return Reading()
    cannot_tell = is_untold(turn) and (slot == WHICH or untold(slots, slot) is None)
    return left(slots) if leaves_it(turn.text) or cannot_tell else Reading()


def left(slots: Mapping[str, Any]) -> Reading:
    """What was to be changed stays as it was, and is read back."""
    fact = (slots.get("correcting") or {}).get("slot")
    reading = Reading(changes=dict(_NOTHING_MORE))
    if fact is None:
        return reading.say("utter_left_all_as_it_was")
    label = words.text(f"utter_label_{fact}")
    return reading.say("utter_left_as_it_was", label=label, old=shown(fact, slots.get(fact)))


def read_choice(turn: Turn, slot: str, slots: Mapping[str, Any]) -> Reading:
    """A button that names a fact to be changed, whatever is asked; and the answer which fact is meant; else empty."""
    pressed = (turn.payload or {}).get(CHOICE)
    if slot != WHICH and pressed in CORRECTABLE and can_be_asked(str(pressed)):
        return ask_anew((str(pressed),), slots)
    return _read_which(turn, slots) if slot == WHICH else Reading()


def _read_which(turn: Turn, slots: Mapping[str, Any]) -> Reading:
    """Which of the facts is meant, pressed, named, or said by its place; empty where the message says none of them."""
    state = slots.get("correcting") or {}
    choices = list(state.get("choices") or ())
    if turn.payload is not None:
        picked = turn.payload.get(CHOICE)
        return _picked(str(picked), state, turn, slots) if picked in choices else Reading()
    if none_of_them(turn.text):
        return left(slots)
    named = [fact for fact in facts_named(turn.text) if fact in choices]
    picked = named[0] if len(named) == 1 else chosen(turn.text, choices)
    return _picked(picked, state, turn, slots) if picked else _value_told(turn, state, choices, slots)


def _value_told(turn: Turn, state: Mapping[str, Any], choices: Sequence[str], slots: Mapping[str, Any]) -> Reading:
    """A new value and not its fact: taken where one of them alone can have it, else kept until one is chosen."""
    facts = [fact for fact in choices if fact not in FREE_TEXT]
    readings = [reading for fact in facts if not (reading := read_new(fact, turn.text, turn, slots)).is_empty]
    if len(readings) == 1:
        return Reading({"correcting": None, **readings[0].changes}, readings[0].said)
    return Reading(changes={"correcting": {**state, "new": turn.text, "tries": 0}}) if readings else Reading()


def _picked(fact: str, state: Mapping[str, Any], turn: Turn, slots: Mapping[str, Any]) -> Reading:
    """The chosen fact with the value that was told already, else its question."""
    new = state.get("new") or ""
    plain = replace(turn, text=new, payload=None)
    reading = read_new(fact, new, plain, slots) if new else Reading()
    if reading.is_empty:
        return ask_anew((fact,), slots)
    return Reading({"correcting": None, **reading.changes}, reading.said)


def gone_on(reading: Reading, slot: str, turn: Turn, slots: Mapping[str, Any]) -> Reading:
    """The reading of an answer to a question that was asked anew, with what becomes of that question.

    Answered, it is asked no more; after some answers of no use the old value stays and the claim goes on.
    """
    state = slots.get("correcting")
    if not state or "correcting" in reading.changes or reading.is_digression or question(slots) != slot:
        return reading
    fact = state.get("slot")
    if fact in reading.changes:
        same = reading.changes[fact] is not None and reading.changes[fact] == slots.get(fact)
        return left(slots) if same else Reading({**reading.changes, "correcting": None}, reading.said)
    if "suspected" in reading.changes and reading.changes["suspected"] is None:
        return left(slots)
    if reading.changes:
        return reading
    if state["tries"] >= _MOST_TRIES:
        return left(slots)
    changes = {"correcting": {**state, "tries": state["tries"] + 1}}
    return Reading(changes, reading.said)
