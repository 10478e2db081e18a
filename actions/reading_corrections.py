"""What a message takes back or puts right of the facts already told, wherever the conversation stands.

What is changed is read back as old and new by `actions/telling_changes.py`, and never silent.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.reading import Reading
from actions.reading_answers import ASKED_ONCE_MORE
from actions.reading_corrections_by_name import ask_anew, read_by_name
from actions.reading_corrections_by_value import read_by_value
from actions.reading_corrections_of_kind import read_another_kind
from actions.reading_dates import read_day
from actions.replacing import asking
from actions.settling import is_possible, permitted
from actions.story import story_of
from actions.turn import Turn
from language.corrections import correction
from language.dates import read
from language.facts import facts_in


def read_sure_correction(turn: Turn, slots: Mapping[str, Any]) -> Reading:
    """What a message puts right in so many words, whatever was asked: by name, by value, or by both; else empty."""
    said = correction(turn.text)
    if said is None or not said.is_sure:
        return Reading()
    if said.kind in ("name", "unnamed", "back"):
        return read_by_name(said, slots)
    return read_by_value(said, turn, slots)


def read_corrections(turn: Turn, slots: Mapping[str, Any], open_slot: str) -> Reading:
    """Facts that a message gives another value than the one told; empty where it corrects nothing.

    What would end a claim, and the kind of claim itself, are not changed but asked again.
    """
    found = read_sure_correction(turn, slots)
    if found.is_empty:
        found = read_marked(turn, slots)
    if found.is_empty:
        found = _told_otherwise(turn, slots, open_slot)
    return found if not found.is_empty else read_another_kind(turn, slots)


def read_marked(turn: Turn, slots: Mapping[str, Any]) -> Reading:
    """A new value behind a word such as "sorry" or "actually", or the value that a named fact is said to have."""
    said = correction(turn.text)
    return Reading() if said is None or said.is_sure else read_by_value(said, turn, slots)


def either_fact(turn: Turn, corrected: Reading, answered: Reading, open_slot: str) -> Reading:
    """Which fact is meant by a value that puts one right and could answer the open question as well: asked."""
    said = correction(turn.text)
    facts = [name for name in corrected.changes if name not in ("correcting", "suspected", "date_candidates")]
    if said is None or len(facts) != 1 or answered.changes.get(open_slot) is None:
        return corrected
    return ask_anew((facts[0], open_slot), {}, new=said.new)


def _told_otherwise(turn: Turn, slots: Mapping[str, Any], open_slot: str) -> Reading:
    """Facts that the message states, and that were told with another value."""
    reading = Reading()
    for name, value in facts_in(turn.text, turn.today).items():
        known = slots.get(name)
        if known is None or known == value or name == open_slot or not permitted({name: value}):
            continue
        if ASKED_ONCE_MORE.get(name, ()) == value:
            reading.changes |= {"correcting": asking(name), "suspected": f"{name}_{value}"}
        elif name != "refund_requested_on" and is_possible({**slots, **reading.changes}, {name: value}):
            reading.changes[name] = value
    if open_slot != "refund_requested_on" and _tells_another_day(turn, slots):
        taken = read_day("refund_requested_on", turn.text, turn.today, slots)
        if "refund_requested_on" not in taken.changes:
            taken.changes["correcting"] = asking("refund_requested_on")
        reading.changes |= taken.changes
        reading.said += taken.said
    return Reading({**reading.changes, **_other_days(turn, slots)}, reading.said)


def _tells_another_day(turn: Turn, slots: Mapping[str, Any]) -> bool:
    """Whether a message tells one day as that of the refund request, where another was told."""
    known = slots.get("refund_requested_on")
    if not known:
        return False
    found = [reading for reading in read(turn.text, turn.today) if reading.role == "refund_requested"]
    if len(found) == 1:
        return known not in found[0].candidates
    return bool(story_of(turn).facts.get("refund_requested_on", known) != known)


def _other_days(turn: Turn, slots: Mapping[str, Any]) -> dict[str, str]:
    """The days of the story that a message tells otherwise than they were told."""
    told = story_of(turn).days
    return {name: day for name, day in told.items() if slots.get(name) not in (None, day)}
