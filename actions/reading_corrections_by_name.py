"""Corrections that name the fact and no value that can be: its question is asked anew, and the old value stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from actions import words
from actions.last_told import last_told
from actions.reading import Reading
from actions.replacing import CORRECTABLE, asking, can_be_asked, shown, was_told
from language.correction_table import ANY, LAST
from language.corrections import Correction


def read_by_name(correction: Correction, slots: Mapping[str, Any]) -> Reading:
    """The fact that is asked anew, or the question which one it is; what was never told is said to be not noted."""
    facts = told_of(correction, slots)
    if facts:
        return ask_anew(facts, slots)
    if correction.names == (LAST,) or ANY in correction.names:
        return Reading().say("utter_nothing_told_yet")
    return Reading().say("utter_not_told_yet", label=words.text(f"utter_label_{correction.names[0]}"))


def told_of(correction: Correction, slots: Mapping[str, Any]) -> tuple[str, ...]:
    """The facts that were told among those that a correction can mean."""
    if ANY in correction.names:
        return tuple(name for name in CORRECTABLE if was_told(slots, name) and can_be_asked(name))
    if LAST in correction.names:
        return tuple(name for name in last_told(slots) if can_be_asked(name))
    known = tuple(slots.get("verified") or ())
    told = tuple(name for name in correction.names if was_told(slots, name) or name in known)
    with_a_value = tuple(name for name in told if slots.get(name) is not None)
    return with_a_value or told


def ask_anew(facts: Sequence[str], slots: Mapping[str, Any], *, new: str = "") -> Reading:
    """One fact is asked anew, of several which one is meant; `new` are the words that its new value was told with.

    What the shop's record vouches for is not asked: the buyer is told so.
    """
    if len(facts) > 1:
        return Reading(changes={"correcting": {"choices": list(facts), "new": new, "tries": 0}})
    fact = facts[0]
    label = words.text(f"utter_label_{fact}")
    if fact in (slots.get("verified") or ()):
        return Reading().say("utter_change_not_verified", label=label)
    return Reading(changes={"correcting": asking(fact), "date_candidates": None, "suspected": None}).say(
        "utter_change_asked", label=label, old=shown(fact, slots.get(fact))
    )
