"""Facts that a message tells beside the open question, in any number: read back in one list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from actions import words
from actions.reading import Reading
from actions.reading_answers import ASKED_ONCE_MORE
from actions.replacing import asking
from actions.settling import is_possible, permitted
from actions.story import story_of
from actions.turn import Turn


def read_volunteered(turn: Turn, slots: Mapping[str, Any], leave_out: str | None = None) -> Reading:
    """Facts that a message tells beside the open question; nothing that is already told is changed by them."""
    reading = Reading()
    story = story_of(turn)
    for name, value in story.facts.items():
        if name == leave_out or slots.get(name) is not None or not permitted({name: value}):
            continue
        if name == "refund_requested_on" and date.fromisoformat(value) > turn.today:
            continue
        if ASKED_ONCE_MORE.get(name, ()) == value:
            reading.changes["suspected"] = f"{name}_{value}"
            if name == "supplier_response":
                # With all the money back nothing else needs to be asked, so that is asked first (COV-2).
                reading.changes["correcting"] = asking(name)
        elif is_possible({**slots, **reading.changes}, {name: value}):
            reading.changes[name] = value
    reading.changes |= {name: day for name, day in story.days.items() if slots.get(name) is None}
    noted = {name: value for name, value in reading.changes.items() if name not in ("suspected", "correcting")}
    if noted:
        shown = [words.told(name, words.value_of(name, value)) for name, value in noted.items()]
        reading.say("utter_noted", facts="\n".join(shown))
    return reading
