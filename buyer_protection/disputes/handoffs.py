"""Buyers who want a person: one open request each, which staff take, answer and hand back or close."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, Row

from buyer_protection.disputes import fields, refusal
from buyer_protection.disputes.handoff_events import CLOSED, add_handoff_event
from buyer_protection.disputes.numbering import issue_reference
from buyer_protection.disputes.reference import read_reference
from buyer_protection.disputes.refusal import Refused
from buyer_protection.disputes.tables import handoffs
from buyer_protection.disputes.transactions import hold_buyer, reading, writing

WAITING, TAKEN, OVER = "waiting", "taken", "closed"
STATES = (WAITING, TAKEN, OVER)


@dataclass(frozen=True)
class Handoff:
    """A buyer who wants a person; `reason` in the buyer's words, `claim_id` where a claim was being made.

    `turn_id` is the turn in which it was asked. `taken_by` is who of the staff has, or had, the conversation; empty
    while nobody took it. `closed_at` is None while it is open.
    """

    reference: str
    buyer_id: str
    claim_id: str | None
    turn_id: str
    asked_at: datetime
    reason: str
    taken_by: str
    taken_at: datetime | None
    closed_by: str
    closed_at: datetime | None

    @property
    def state(self) -> str:
        """One of `STATES`."""
        if self.closed_at is not None:
            return OVER
        return TAKEN if self.taken_by else WAITING


def ask_for_person(
    engine: Engine, *, buyer_id: str, claim_id: str | None, turn_id: str, now: datetime, reason: str
) -> str:
    """Keep that a buyer wants a person, and return the reference of the request.

    The same turn again, or another while one is open, returns the reference that there is.
    """
    buyer_id = fields.identifier("buyer_id", buyer_id)
    turn_id = fields.identifier("turn_id", turn_id)
    claim_id = fields.identifier("claim_id", claim_id) if claim_id else None
    reason = fields.words("reason", reason, fields.LONGEST_STATEMENT)
    now = fields.instant(now)

    def work(connection: Connection) -> str:
        hold_buyer(connection, buyer_id)
        known = connection.scalar(
            sa.select(handoffs.c.reference)
            .where(handoffs.c.buyer_id == buyer_id)
            .where(sa.or_(handoffs.c.turn_id == turn_id, handoffs.c.state == "open"))
            .order_by(handoffs.c.turn_id != turn_id)
        )
        if known is not None:
            return str(known)
        reference = issue_reference(connection, "handoff", now)
        connection.execute(
            sa.insert(handoffs).values(
                reference=reference,
                buyer_id=buyer_id,
                claim_id=claim_id,
                turn_id=turn_id,
                asked_at=now,
                reason=reason,
                state="open",
                closed_by="",
                taken_by="",
            )
        )
        return reference

    return writing(engine, work)


def open_handoffs(engine: Engine, *, state: str | None = None) -> list[Handoff]:
    """Requests of all buyers that are not over, or only those that wait or that somebody has; the oldest first."""
    wanted = [handoffs.c.state == "open"]
    if state is not None:
        wanted.append(handoffs.c.taken_by != "" if state == TAKEN else handoffs.c.taken_by == "")
    query = sa.select(handoffs).where(*wanted).order_by(handoffs.c.asked_at, handoffs.c.reference)
    return reading(engine, lambda connection: [as_handoff(row) for row in connection.execute(query).all()])


def find_handoff(engine: Engine, *, reference: str) -> Handoff | None:
    """The request of a reference, for staff."""
    return reading(engine, lambda connection: _found(handoff_row(connection, reference)))


def handoff_of(engine: Engine, *, buyer_id: str) -> Handoff | None:
    """A buyer's open request, else the one that was closed last; None where there never was one."""
    mine = handoffs.c.buyer_id == fields.identifier("buyer_id", buyer_id)
    query = sa.select(handoffs).where(mine).order_by(handoffs.c.state == "closed", handoffs.c.closed_at.desc())
    return reading(engine, lambda connection: _found(connection.execute(query.limit(1)).one_or_none()))


def close_handoff(engine: Engine, *, reference: str, actor: str, now: datetime) -> str | Refused:
    """Somebody has spoken with the buyer elsewhere; returns the reference.

    Codes: `unknown_reference`, `closed`, `taken` (`status` is who has the conversation, who hands it back).
    """
    actor, now = fields.identifier("actor", actor), fields.instant(now)

    def work(connection: Connection) -> str | Refused:
        row = handoff_row(connection, reference)
        if row is None:
            return Refused(refusal.UNKNOWN_REFERENCE, read_reference(reference) or "")
        if row.state == "closed":
            return Refused(refusal.CLOSED, row.reference, row.state)
        if row.taken_by:
            return Refused(refusal.TAKEN, row.reference, row.taken_by)
        close(connection, row.reference, actor, now)
        add_handoff_event(connection, row.reference, at=now, actor=actor, kind=CLOSED)
        return str(row.reference)

    return writing(engine, work)


def close(connection: Connection, reference: str, actor: str, now: datetime) -> None:
    """End a request, inside a transaction that has its row."""
    values = {"state": "closed", "closed_by": actor, "closed_at": now}
    connection.execute(sa.update(handoffs).where(handoffs.c.reference == reference).values(values))


def handoff_row(connection: Connection, reference: str) -> Row | None:
    """The row of a request, locked where the transaction goes on to write."""
    return _row(connection, handoffs.c.reference == (read_reference(reference) or ""))


def open_row(connection: Connection, buyer_id: str) -> Row | None:
    """The row of a buyer's open request, locked where the transaction goes on to write."""
    return _row(connection, sa.and_(handoffs.c.buyer_id == buyer_id, handoffs.c.state == "open"))


def as_handoff(row: Row) -> Handoff:
    """A row as it is read."""
    return Handoff(**{name: row._mapping[name] for name in Handoff.__dataclass_fields__})


def _row(connection: Connection, wanted: sa.sql.ColumnElement) -> Row | None:
    query = sa.select(handoffs).where(wanted)
    if connection.get_execution_options().get("writes"):
        query = query.with_for_update()
    return connection.execute(query).one_or_none()


def _found(row: Row | None) -> Handoff | None:
    return None if row is None else as_handoff(row)
