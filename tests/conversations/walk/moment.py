"""What is seen after each turn: what was said, what the conversation remembers, what stands in the database."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy.engine import Engine

from tests.conversations.walk.step import Facts, Step
from tests.conversations.walk.values import Values

Rows = dict[str, list[dict[str, Any]]]

_TABLES: Final = ("claims", "disputes", "dispute_events", "verified_facts", "evidence", "handoffs")
_JSON: Final = ("facts", "assessment", "value", "detail")
_NOT_PREDICTED: Final = ("action_extract_slots", "action_session_start")


@dataclass(frozen=True)
class Moment:
    """One turn and all that is seen after it; `earlier` is the turn before it in the same conversation."""

    number: int
    step: Step
    buyer: str
    conversation: str
    channel: str
    now: datetime
    payload: str | None
    tells: Facts
    may: Facts
    replies: list[dict[str, Any]]
    slots: Mapping[str, Any]
    actions: int
    before: Rows
    rows: Rows
    earlier: Moment | None

    @property
    def question(self) -> str | None:
        """The slot whose question is open after the turn."""
        slot: str | None = self.slots.get("requested_slot")
        return slot

    @property
    def was_asked(self) -> str | None:
        """The slot whose question was open before the turn."""
        return self.earlier.question if self.earlier else None

    @property
    def responses(self) -> list[str]:
        """The names of what was said."""
        return [reply["response"] for reply in self.replies]

    def claim(self, claim_id: str | None) -> dict[str, Any] | None:
        """A claim's row after the turn."""
        return next((row for row in self.rows["claims"] if row["claim_id"] == claim_id), None)

    def claim_before(self, claim_id: str | None) -> dict[str, Any] | None:
        """A claim's row before the turn."""
        return next((row for row in self.before["claims"] if row["claim_id"] == claim_id), None)

    def new_disputes(self) -> list[dict[str, Any]]:
        """The rows of disputes that this turn opened."""
        known = {row["reference"] for row in self.before["disputes"]}
        return [row for row in self.rows["disputes"] if row["reference"] not in known]


@dataclass
class Walk:
    """A whole walk: its steps and moments, and what each buyer is known to have told."""

    seed: int
    on: str
    engine: Engine
    buyers: dict[str, Values]
    moments: list[Moment] = field(default_factory=list)
    #: For each claim of a buyer, and under None for what is not in a claim yet: the values told of each fact.
    told: dict[tuple[str, str | None], dict[str, set[Any]]] = field(default_factory=dict)
    typed: dict[str, list[str]] = field(default_factory=dict)

    @property
    def steps(self) -> list[Step]:
        """What was done, in order."""
        return [moment.step for moment in self.moments]

    def earlier_in(self, conversation: str) -> Moment | None:
        """The last turn of a conversation."""
        return next((moment for moment in reversed(self.moments) if moment.conversation == conversation), None)


def rows_of(database: str) -> Rows:
    """The rows of the tables that a conversation writes."""
    with sqlite3.connect(database) as connection:
        connection.row_factory = sqlite3.Row
        rows = {name: [_read(row) for row in connection.execute(f"SELECT * FROM {name}")] for name in _TABLES}
    connection.close()
    return rows


def _read(row: sqlite3.Row) -> dict[str, Any]:
    values = dict(row)
    return values | {name: json.loads(values[name]) for name in _JSON if isinstance(values.get(name), str)}


def remembered(tracker: str | None) -> tuple[dict[str, Any], int]:
    """The filled slots of a conversation as it is stored, and how many actions its last turn took."""
    slots: dict[str, Any] = {}
    actions = 0
    for event in json.loads(tracker)["events"] if tracker else ():
        kind = event["event"]
        if kind == "slot":
            slots[event["name"]] = event.get("value")
        elif kind in ("reset_slots", "restart"):
            slots = {}
        elif kind == "user":
            actions = 0
        elif kind == "action" and event["name"] not in _NOT_PREDICTED:
            actions += 1
    return {name: value for name, value in slots.items() if value is not None}, actions
