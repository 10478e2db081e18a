"""The same question is asked three times in a row at most; then it is said that it is open, and what can be done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

#: The question in the place of one that was asked too often; which one that is, the slot `stuck_on` says.
WAY_ON: Final = "way_on"
AT_MOST: Final = 3


def open_slot(slots: Mapping[str, Any]) -> str | None:
    """The slot that the open question is about: what is said to `way_on` may still answer the question before."""
    asked: str | None = slots.get("requested_slot")
    return slots.get("stuck_on") or asked if asked == WAY_ON else asked


def times_asked(slots: Mapping[str, Any], question: str) -> int:
    """How often in a row a question was asked by now."""
    asked = slots.get("asked") or {}
    return int(asked["times"]) if asked.get("slot") == question else 0


def next_in_a_row(question: str | None, slots: dict[str, Any], *, wanted_again: bool, is_new: bool) -> str | None:
    """The question to be asked now, or `way_on` in its place; remembers in `slots` how often it was asked.

    `wanted_again`: the buyer asked to hear it again, which does not count; `is_new`: it shows something else than
    before, as a summary after a correction does.
    """
    if question is None:
        slots |= {"asked": None, "stuck_on": None}
        return None
    before = 0 if is_new else times_asked(slots, question)
    times = max(1, before) if wanted_again else before + 1
    if times > AT_MOST:
        slots |= {"asked": None, "stuck_on": question}
        return WAY_ON
    slots |= {"asked": {"slot": question, "times": times}, "stuck_on": None}
    return question
