"""What a message tells of the story: facts that it states for sure, and days by their part in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from actions.turn import Turn
from language.dates import read
from language.facts import facts_in
from language.story_days import DELIVERED, DUE, ORDERED, REQUESTED, story_days

#: Days that no question asks for: kept with the conversation, and read back so that a wrong one is noticed.
DAYS_TOLD: Final = (ORDERED, DELIVERED)


@dataclass(frozen=True)
class Story:
    """What a message tells: `facts` by the policy's names, `days` of `DAYS_TOLD` as ISO strings."""

    facts: dict[str, Any]
    days: dict[str, str]


def story_of(turn: Turn) -> Story:
    """The facts of a message, with the days of the refund request and of the delivery's end, and the other days.

    A day of asking is not taken where the message says that nobody asked.
    """
    facts = facts_in(turn.text, turn.today)
    days = story_days(turn.text, turn.today)
    ordered = [found for found in read(turn.text, turn.today) if found.role == "ordered" and len(found.candidates) == 1]
    if ordered:
        days.setdefault(ORDERED, ordered[0].candidates[0])
    if facts.get("refund_requested") is False:
        days.pop(REQUESTED, None)
    for told in (facts, days):
        if told.get(REQUESTED, "") < days.get(ORDERED, ""):
            # Nobody asks for a refund before the order: one of the two was read wrongly, and this one is asked.
            told.pop(REQUESTED, None)
    asked_for: dict[str, Any] = {name: days[name] for name in (REQUESTED, DUE) if name in days and name not in facts}
    return Story({**facts, **asked_for}, {name: days[name] for name in DAYS_TOLD if name in days})
