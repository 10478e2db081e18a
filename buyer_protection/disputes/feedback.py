"""Whether the assistant helped with a dispute: asked once, answered or not, and kept with it."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from buyer_protection.disputes import fields
from buyer_protection.disputes.records import dispute_row
from buyer_protection.disputes.tables import disputes
from buyer_protection.disputes.transactions import hold_buyer, writing

LONGEST_WORDS: Final = 2_000


def may_ask_whether_it_helped(engine: Engine, *, reference: str, buyer_id: str, turn_id: str) -> bool:
    """Whether the question may be put in this turn, which then is the one; the same turn again may, another may not."""
    buyer_id = fields.identifier("buyer_id", buyer_id)
    turn_id = fields.identifier("turn_id", turn_id)

    def work(connection: Connection) -> bool:
        hold_buyer(connection, buyer_id)
        row = dispute_row(connection, reference)
        if row is None or row.buyer_id != buyer_id or row.helped is not None:
            return False
        if not row.helped_asked_in:
            _keep(connection, row.reference, helped_asked_in=turn_id)
        return row.helped_asked_in in ("", turn_id)

    return writing(engine, work)


def keep_feedback(engine: Engine, *, reference: str, buyer_id: str, helped: bool) -> bool:
    """Keep a buyer's answer with their own dispute, the last one counts; whether there is such a dispute."""
    return _kept(engine, reference, buyer_id, helped=helped)


def keep_feedback_words(engine: Engine, *, reference: str, buyer_id: str, text: str) -> bool:
    """Keep what a buyer says about it beside the answer; whether there is such a dispute of theirs."""
    return _kept(engine, reference, buyer_id, helped_words=fields.words("text", text[:LONGEST_WORDS], LONGEST_WORDS))


def _kept(engine: Engine, reference: str, buyer_id: str, **values: Any) -> bool:
    buyer_id = fields.identifier("buyer_id", buyer_id)

    def work(connection: Connection) -> bool:
        hold_buyer(connection, buyer_id)
        row = dispute_row(connection, reference)
        if row is None or row.buyer_id != buyer_id:
            return False
        _keep(connection, row.reference, **values)
        return True

    return writing(engine, work)


def _keep(connection: Connection, reference: str, **values: Any) -> None:
    connection.execute(sa.update(disputes).where(disputes.c.reference == reference).values(**values))
