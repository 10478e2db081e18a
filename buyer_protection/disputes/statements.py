"""A statement too long for a conversation: it goes from the note that holds it into the claim, in the database."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from buyer_protection.disputes import fields
from buyer_protection.disputes.keeping import DRAFT
from buyer_protection.disputes.notes import STATEMENT
from buyer_protection.disputes.tables import claim_notes, claims
from buyer_protection.disputes.transactions import hold_buyer, writing


def take_statement(engine: Engine, *, claim_id: str, buyer_id: str, turn_id: str, now: datetime) -> bool:
    """Make what a buyer wrote at length in a turn the statement of their draft, in full; whether there was both.

    The same turn again writes the same.
    """
    claim_id = fields.identifier("claim_id", claim_id)
    buyer_id = fields.identifier("buyer_id", buyer_id)
    turn_id = fields.identifier("turn_id", turn_id)
    now = fields.instant(now)

    def work(connection: Connection) -> bool:
        hold_buyer(connection, buyer_id)
        written = connection.scalar(
            sa.select(claim_notes.c.text)
            .where(claim_notes.c.buyer_id == buyer_id, claim_notes.c.topic == STATEMENT)
            .where(claim_notes.c.turn_id == turn_id)
        )
        if written is None:
            return False
        taken = connection.execute(
            sa.update(claims)
            .where(claims.c.claim_id == claim_id, claims.c.buyer_id == buyer_id, claims.c.state == DRAFT)
            .values(statement=written, changed_at=now, turn_id=turn_id)
        )
        return bool(taken.rowcount)

    return writing(engine, work)
