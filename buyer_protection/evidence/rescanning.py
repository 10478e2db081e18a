"""Files that a scanner had not answered about are asked about again, until it has."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any, Final, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, Row

from buyer_protection.conversations import conversation_of
from buyer_protection.disputes import fields
from buyer_protection.disputes.evidence_tables import evidence
from buyer_protection.disputes.keeping import DRAFT, claim_row, refresh
from buyer_protection.disputes.tables import claims
from buyer_protection.disputes.transactions import hold_buyer, hold_conversation, reading, writing
from buyer_protection.disputes.verifying import note_on_dispute
from buyer_protection.evidence.scanning import CLEAN, INFECTED, LONG_PATIENCE_SECONDS, WAITING, Scanner, ScannerAway
from buyer_protection.evidence.store import Store

#: Files that are asked about in one go.
_MOST: Final = 20

T = TypeVar("T")
#: Tells a buyer (the first text) that something was found in a file (what it was called), in the transaction that
#: writes that down; it holds their conversation.
Tell = Callable[[Connection, str, str], T]


def rescan(
    engine: Engine, store: Store, scanner: Scanner, *, now: datetime, tell: Tell[T] | None = None
) -> tuple[int, list[T]]:
    """Ask about files that wait for the scanner, the oldest first.

    Returns of how many it is now known what they are, and what `tell` returned for each in which something was found.
    Such a one counts no more: its claim is assessed again, and a dispute's timeline says so.
    Where the scanner is away, the rest waits. Raises what the database raises, and `StoreAway`.
    """
    now = fields.instant(now)
    waiting = sa.select(evidence).where(evidence.c.scan == WAITING).order_by(evidence.c.id).limit(_MOST)
    known, told = 0, []
    for row in reading(engine, lambda connection: connection.execute(waiting).all()):
        try:
            with store.open(row.stored_name) as file:
                verdict = scanner.verdict(file, LONG_PATIENCE_SECONDS)
        except FileNotFoundError:
            continue  # the check of the files says so
        except ScannerAway:
            break
        told += _write_down(engine, row, verdict, now, tell)
        if verdict == INFECTED and row.shown_name:
            with suppress(OSError):  # nobody is shown it anyway
                store.remove(row.shown_name)
        known += 1
    return known, told


def _write_down(engine: Engine, row: Row, verdict: str, now: datetime, tell: Tell[T] | None) -> list[T]:
    detail: dict[str, Any] = {"evidence_id": row.evidence_id, "condition": verdict}

    def work(connection: Connection) -> list[T]:
        hold_conversation(connection, conversation_of(row.buyer_id))
        hold_buyer(connection, row.buyer_id)
        mine = sa.and_(evidence.c.id == row.id, evidence.c.scan == WAITING)
        known = {"scan": verdict} if verdict == CLEAN else {"scan": verdict, "counts": False, "shown_name": ""}
        claim_id = connection.scalar(sa.select(evidence.c.claim_id).where(mine))
        changed = connection.execute(sa.update(evidence).where(mine).values(known))
        claim = claim_row(connection, claims.c.claim_id == claim_id) if claim_id else None
        if not changed.rowcount or verdict == CLEAN:
            return []
        if claim is not None:
            note_on_dispute(connection, claim.reference, "evidence_file", "check", now, "", detail)
            if claim.state == DRAFT:
                refresh(connection, claim, now)
        return [] if tell is None else [tell(connection, row.buyer_id, row.original_name)]

    return writing(engine, work)
