"""Disputes and their timelines, as they are read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, Row

from buyer_protection.disputes import fields
from buyer_protection.disputes.reference import read_reference
from buyer_protection.disputes.status import FINAL
from buyer_protection.disputes.tables import claims, dispute_events, disputes
from buyer_protection.disputes.transactions import reading


@dataclass(frozen=True)
class Dispute:
    """One record opened with the platform.

    `facts` and `assessment` (JSON) are those on which it was opened; `opened_on` is the day on the policy's calendar.
    `decision` is empty until it is decided. `version` grows with every move. `helped` is whether the assistant helped,
    None while the buyer has not said, `helped_words` what they said of it, `helped_asked_in` the turn that asked.
    """

    reference: str
    claim_id: str
    buyer_id: str
    order_id: str
    item: str
    claim_type: str
    statement: str
    wish: str
    facts: dict[str, Any]
    assessment: dict[str, Any]
    refund_requested_on: date
    opened_at: datetime
    opened_on: date
    waiting_days: int
    status: str
    decision: str
    changed_at: datetime
    version: int
    helped: bool | None
    helped_words: str
    helped_asked_in: str


@dataclass(frozen=True)
class Event:
    """One thing that happened to a dispute: who did what, why, and what became of its status."""

    at: datetime
    actor: str
    kind: str
    reason: str
    detail: dict[str, Any]
    from_status: str
    to_status: str
    turn_id: str


def disputes_of(engine: Engine, *, buyer_id: str) -> list[Dispute]:
    """A buyer's disputes, the newest first."""
    wanted = disputes.c.buyer_id == fields.identifier("buyer_id", buyer_id)
    return reading(engine, lambda connection: _select(connection, wanted))


def all_disputes(engine: Engine, *, status: str | None = None, most: int = 100) -> list[Dispute]:
    """Disputes of all buyers for staff, the newest first: those in one status, or all that are open."""
    wanted = disputes.c.status.not_in(FINAL) if status is None else disputes.c.status == status
    return reading(engine, lambda connection: _select(connection, wanted, most))


def find_dispute(engine: Engine, *, reference: str, buyer_id: str | None = None) -> Dispute | None:
    """The dispute of a reference, also of a claim that joined it; with `buyer_id` another buyer's is none."""
    if buyer_id is not None:
        fields.identifier("buyer_id", buyer_id)

    def work(connection: Connection) -> Dispute | None:
        row = dispute_row(connection, reference)
        return None if row is None or buyer_id not in (None, row.buyer_id) else Dispute(**row._mapping)

    return reading(engine, work)


def events_of(engine: Engine, *, reference: str) -> list[Event]:
    """What happened to a dispute, the oldest first."""

    def work(connection: Connection) -> list[Event]:
        row = dispute_row(connection, reference)
        query = sa.select(dispute_events).where(dispute_events.c.reference == (row.reference if row else ""))
        return [_event(found) for found in connection.execute(query.order_by(dispute_events.c.id)).all()]

    return reading(engine, work)


def dispute_row(connection: Connection, reference: str) -> Row | None:
    """The row of the dispute that a claim's reference became, or joined."""
    query = (
        sa.select(disputes)
        .join(claims, claims.c.submitted_as == disputes.c.reference)
        .where(claims.c.reference == (read_reference(reference) or ""))
    )
    return connection.execute(query).one_or_none()


def add_event(
    connection: Connection,
    reference: str,
    *,
    at: datetime,
    actor: str,
    kind: str,
    from_status: str,
    to_status: str,
    reason: str = "",
    detail: dict[str, Any] | None = None,
    turn_id: str = "",
) -> None:
    """Write a line of a dispute's timeline; there is no way to change or remove one."""
    connection.execute(
        sa.insert(dispute_events).values(
            reference=reference,
            at=at,
            actor=actor,
            kind=kind,
            reason=reason,
            detail=detail or {},
            from_status=from_status,
            to_status=to_status,
            turn_id=turn_id,
        )
    )


def _select(connection: Connection, wanted: Any, most: int = 100) -> list[Dispute]:
    query = sa.select(disputes).where(wanted).order_by(disputes.c.opened_at.desc(), disputes.c.reference).limit(most)
    return [Dispute(**row._mapping) for row in connection.execute(query).all()]


def _event(row: Row) -> Event:
    return Event(**{name: getattr(row, name) for name in Event.__dataclass_fields__})
