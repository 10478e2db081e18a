"""Buyers who want a person: one open request each, which staff close when somebody has spoken with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from buyer_protection.disputes import fields, refusal
from buyer_protection.disputes.numbering import issue_reference
from buyer_protection.disputes.reference import read_reference
from buyer_protection.disputes.refusal import Refused
from buyer_protection.disputes.tables import handoffs
from buyer_protection.disputes.transactions import hold_buyer, reading, writing


@dataclass(frozen=True)
class Handoff:
    """A buyer who waits for a person; `reason` in the buyer's words, `claim_id` where a claim was being made."""

    reference: str
    buyer_id: str
    claim_id: str | None
    asked_at: datetime
    reason: str


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
            )
        )
        return reference

    return writing(engine, work)


def open_handoffs(engine: Engine) -> list[Handoff]:
    """Who waits for a person, the longest waiting first."""
    columns = [handoffs.c[name] for name in Handoff.__dataclass_fields__]
    query = sa.select(*columns).where(handoffs.c.state == "open").order_by(handoffs.c.asked_at, handoffs.c.reference)
    return reading(engine, lambda connection: [Handoff(**row._mapping) for row in connection.execute(query).all()])


def close_handoff(engine: Engine, *, reference: str, actor: str, now: datetime) -> str | Refused:
    """Somebody has spoken with the buyer; returns the reference. Codes: `unknown_reference`, `closed`."""
    known = read_reference(reference) or ""
    values = {"state": "closed", "closed_by": fields.identifier("actor", actor), "closed_at": fields.instant(now)}

    def work(connection: Connection) -> str | Refused:
        mine = handoffs.c.reference == known
        if connection.execute(sa.update(handoffs).where(mine, handoffs.c.state == "open").values(values)).rowcount:
            return known
        found = connection.scalar(sa.select(handoffs.c.state).where(mine))
        return Refused(refusal.UNKNOWN_REFERENCE if found is None else refusal.CLOSED, known, found or "")

    return writing(engine, work)
