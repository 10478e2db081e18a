"""What a buyer sees when they choose their next move."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from tests.conversations.walk.sentences import Said, draw, table
from tests.conversations.walk.step import Step
from tests.conversations.walk.values import Told, Values


@dataclass(frozen=True)
class View:
    """The open question, the buttons that are shown, the facts of the open claim, and how many claims there are.

    `drafts` are the buyer's kept claims and `disputes` their disputes, as rows.
    """

    rng: Random
    values: Values
    today: date
    question: str | None
    buttons: list[str]
    facts: Mapping[str, Any]
    order_id: str
    drafts: list[dict[str, Any]]
    disputes: list[dict[str, Any]]
    has_begun: bool
    channel: str

    def say(self, move: str, *path: str, answers: str | None = None, **tells: Any) -> Step:
        """A step of a wording that the table has under these names."""
        wordings: Any = table()
        for name in path:
            wordings = wordings[name]
        said = self.drawn(wordings, **tells)
        return Step({"buyer": said.text}, move, said.tells, said.may, answers)

    def drawn(self, wordings: list[Any], *, filled: Mapping[str, Told] | None = None, **tells: Any) -> Said:
        """One of the wordings, filled with values of this buyer."""
        values, today = self.values, self.today
        ordered = values.count(2, 30)
        drawn = {
            "order": values.order(),
            "item": values.item(),
            "story": values.story(),
            "asked": values.past_day(today),
            "due": values.due_day(today),
            "future": values.future_day(today),
            "ordered": ordered,
            "received": values.count(0, int(ordered.text) - 1),
            **(filled or {}),
        }
        told = {name: drawn[value[1:]].read[0] if _is_place(value) else value for name, value in tells.items()}
        said = draw(self.rng, wordings, drawn, **told)
        places = {name: drawn[value[1:]].read for name, value in tells.items() if _is_place(value)}
        return Said(said.text, {**said.tells, **places}, said.may) if places else said


def _is_place(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("$")


def facts_of(row: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """What a kept claim says that its buyer told."""
    return row["facts"] if row else {}
