"""Notes: what a buyer told that the policy's text does not cover, kept for staff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from buyer_protection.disputes import fields
from buyer_protection.disputes.tables import claim_notes
from buyer_protection.disputes.transactions import hold_buyer, reading, writing


@dataclass(frozen=True)
class Note:
    """What was told on one topic, in the buyer's words."""

    topic: str
    text: str
    at: datetime


def record_note(
    engine: Engine, *, buyer_id: str, claim_id: str | None, topic: str, text: str, turn_id: str, now: datetime
) -> None:
    """Keep a note; the same turn or the same words on the same topic again write nothing.

    The claim need not be kept yet.
    """
    values = {
        "buyer_id": fields.identifier("buyer_id", buyer_id),
        "claim_id": fields.identifier("claim_id", claim_id) if claim_id else None,
        "topic": fields.one_line("topic", topic, 64),
        "text": fields.words("text", text, fields.LONGEST_STATEMENT),
        "turn_id": fields.identifier("turn_id", turn_id),
        "at": fields.instant(now),
    }

    def work(connection: Connection) -> None:
        hold_buyer(connection, buyer_id)
        # The same turn run again, or the same words said again after a turn that failed.
        same = sa.select(claim_notes.c.id).where(
            *(claim_notes.c[key] == values[key] for key in ("buyer_id", "topic")),
            sa.or_(*(claim_notes.c[key] == values[key] for key in ("turn_id", "text"))),
        )
        if connection.execute(same).first() is None:
            connection.execute(sa.insert(claim_notes).values(values))

    writing(engine, work)


def notes_of(engine: Engine, *, claim_id: str, buyer_id: str) -> list[Note]:
    """The notes on one buyer's claim, the oldest first."""
    query = (
        sa.select(claim_notes.c.topic, claim_notes.c.text, claim_notes.c.at)
        .where(claim_notes.c.claim_id == claim_id, claim_notes.c.buyer_id == buyer_id)
        .order_by(claim_notes.c.id)
    )
    return reading(engine, lambda connection: [Note(**row._mapping) for row in connection.execute(query).all()])
