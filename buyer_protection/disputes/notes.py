"""Notes: what a buyer told or sent that stands nowhere else in a claim, kept for staff.

A note may be kept before there is a claim, and is tied to one later.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from buyer_protection.disputes import fields
from buyer_protection.disputes.tables import claim_notes, claims
from buyer_protection.disputes.transactions import hold_buyer, reading, writing

#: A message too long to be read, in full.
STATEMENT: Final = "statement"
#: An earlier message that was changed in the messenger: what it says now, where that is known.
EDITED_MESSAGE: Final = "edited_message"
#: Files that came without words: how many.
FILES: Final = "files"

#: What the gateway kept and nobody has read: it belongs to the claim that the buyer makes next. It comes with one turn
#: for ever, so the same words in another turn were sent twice.
UNREAD: Final = (STATEMENT, EDITED_MESSAGE, FILES)


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

    Of what nobody has read only the same turn is the same. The claim need not be kept yet.
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
        known_by = ("turn_id",) if topic in UNREAD else ("turn_id", "text")
        same = sa.select(claim_notes.c.id).where(
            *(claim_notes.c[key] == values[key] for key in ("buyer_id", "topic")),
            sa.or_(*(claim_notes.c[key] == values[key] for key in known_by)),
        )
        if connection.execute(same).first() is None:
            connection.execute(sa.insert(claim_notes).values(values))

    writing(engine, work)


def tie_notes(engine: Engine, *, buyer_id: str, claim_id: str) -> None:
    """Make the notes that a buyer left before there was a claim notes on this one; again, it does nothing.

    Nothing happens where the buyer has no such claim.
    """
    buyer_id = fields.identifier("buyer_id", buyer_id)
    claim_id = fields.identifier("claim_id", claim_id)

    def work(connection: Connection) -> None:
        hold_buyer(connection, buyer_id)
        mine = sa.select(claims.c.claim_id).where(claims.c.claim_id == claim_id, claims.c.buyer_id == buyer_id)
        if connection.execute(mine).first() is not None:
            tie(connection, buyer_id, claim_id)

    writing(engine, work)


def tie(connection: Connection, buyer_id: str, claim_id: str) -> None:
    """The same inside a transaction, for a claim that is known to be the buyer's."""
    connection.execute(
        sa.update(claim_notes)
        .where(claim_notes.c.buyer_id == buyer_id, claim_notes.c.claim_id.is_(None))
        .where(claim_notes.c.topic.in_(UNREAD))
        .values(claim_id=claim_id)
    )


def notes_of(engine: Engine, *, claim_id: str, buyer_id: str) -> list[Note]:
    """The notes on one buyer's claim, the oldest first."""
    return _notes(engine, sa.and_(claim_notes.c.claim_id == claim_id, claim_notes.c.buyer_id == buyer_id))


def untied_notes(engine: Engine, *, buyer_id: str) -> list[Note]:
    """What a buyer told that belongs to no claim, the oldest first."""
    buyer_id = fields.identifier("buyer_id", buyer_id)
    return _notes(engine, sa.and_(claim_notes.c.claim_id.is_(None), claim_notes.c.buyer_id == buyer_id))


def _notes(engine: Engine, wanted: sa.sql.ColumnElement) -> list[Note]:
    columns = [claim_notes.c[name] for name in Note.__dataclass_fields__]
    query = sa.select(*columns).where(wanted).order_by(claim_notes.c.id)
    return reading(engine, lambda connection: [Note(**row._mapping) for row in connection.execute(query).all()])
