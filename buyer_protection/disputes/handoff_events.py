"""What was done with a request for a person: who took it, what was answered, which messages went to staff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from buyer_protection.disputes.handoff_tables import handoff_events
from buyer_protection.disputes.reference import read_reference
from buyer_protection.disputes.transactions import reading

#: Of staff: somebody has the conversation now; from somebody else; said something; gave it back; it is over; looked.
TAKEN, TAKEN_FROM, ANSWERED, HANDED_BACK, CLOSED, SHOWN = (
    "taken",
    "taken_from",
    "answered",
    "handed_back",
    "closed",
    "shown",
)
#: Of the buyer, while somebody has the conversation: wrote or sent something, and was told once that it goes to them.
WROTE, RECEIPT = "wrote", "receipt"

#: Of these the buyer is told by the gateway, which alone writes what buyers hear.
TOLD: Final = frozenset({TAKEN, ANSWERED, HANDED_BACK})


@dataclass(frozen=True)
class HandoffEvent:
    """One thing that happened. `text` is what staff answered. `told_at` is None until the buyer was told of it."""

    id: int
    reference: str
    at: datetime
    actor: str
    kind: str
    text: str
    message_id: int | None
    told_at: datetime | None


def add_handoff_event(
    connection: Connection,
    reference: str,
    *,
    at: datetime,
    actor: str,
    kind: str,
    text: str = "",
    message_id: int | None = None,
    is_told: bool = False,
) -> None:
    """Write down what happened; what the buyer is to be told of waits for the gateway, unless it is told already."""
    connection.execute(
        sa.insert(handoff_events).values(
            reference=reference,
            at=at,
            actor=actor,
            kind=kind,
            text=text,
            message_id=message_id,
            told_at=None if kind in TOLD and not is_told else at,
        )
    )


def handoff_events_of(engine: Engine, *, reference: str) -> list[HandoffEvent]:
    """What happened with a request, the oldest first."""
    mine = handoff_events.c.reference == (read_reference(reference) or "")
    query = sa.select(handoff_events).where(mine).order_by(handoff_events.c.id)
    return reading(engine, lambda connection: [HandoffEvent(**row) for row in connection.execute(query).mappings()])


def unanswered(events: list[HandoffEvent]) -> int:
    """How many messages came since somebody of the staff last said something."""
    count = 0
    for event in events:
        count = 0 if event.kind == ANSWERED else count + (event.kind == WROTE)
    return count
