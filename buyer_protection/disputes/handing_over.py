"""What an unlinked buyer told becomes that of the buyer they turned out to be."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from buyer_protection.disputes import fields
from buyer_protection.disputes.buyers import is_unlinked
from buyer_protection.disputes.evidence_tables import evidence
from buyer_protection.disputes.keeping import DRAFT
from buyer_protection.disputes.tables import claim_notes, claims, handoffs
from buyer_protection.disputes.transactions import hold_buyer, writing


def hand_over(engine: Engine, *, from_buyer: str, to_buyer: str, now: datetime) -> int:
    """Give the drafts, files, notes and wish for a person of an unlinked buyer to a known one; returns how many drafts.

    One transaction; again, it finds nothing more and returns 0. No dispute is handed over: an unlinked buyer has none.
    Raises `FieldError` unless `from_buyer` is unlinked and `to_buyer` is not: no account's claims ever change hands.
    """
    from_buyer = fields.identifier("from_buyer", from_buyer)
    to_buyer = fields.identifier("to_buyer", to_buyer)
    now = fields.instant(now)
    if not is_unlinked(from_buyer):
        raise fields.FieldError("from_buyer", "a buyer who is not linked to an account is expected")
    if is_unlinked(to_buyer):
        raise fields.FieldError("to_buyer", "a buyer with an account is expected")

    def work(connection: Connection) -> int:
        for buyer_id in sorted((from_buyer, to_buyer)):
            hold_buyer(connection, buyer_id)
        moved = connection.execute(
            sa.update(claims)
            .where(claims.c.buyer_id == from_buyer, claims.c.state == DRAFT)
            # Changed last, so that it is what is offered first when the buyer writes again.
            .values(buyer_id=to_buyer, changed_at=now)
        )
        _files(connection, from_buyer, to_buyer)
        connection.execute(sa.update(claim_notes).where(_movable(from_buyer, to_buyer)).values(buyer_id=to_buyer))
        _request_for_a_person(connection, from_buyer, to_buyer)
        return int(moved.rowcount)

    return writing(engine, work)


def _files(connection: Connection, from_buyer: str, to_buyer: str) -> None:
    """Files go where their claim goes; one that is held goes too, unless the other buyer holds the same."""
    files = evidence.alias()
    already = sa.select(files.c.id).where(
        files.c.buyer_id == to_buyer, files.c.claim_id.is_(None), files.c.sha256 == evidence.c.sha256
    )
    moved = sa.select(claims.c.claim_id).where(claims.c.buyer_id == to_buyer)
    goes = sa.or_(evidence.c.claim_id.in_(moved), sa.and_(evidence.c.claim_id.is_(None), ~already.exists()))
    connection.execute(sa.update(evidence).where(evidence.c.buyer_id == from_buyer, goes).values(buyer_id=to_buyer))


def _request_for_a_person(connection: Connection, from_buyer: str, to_buyer: str) -> None:
    """The open request goes along, unless the other buyer has one: then each stays with who made it."""
    theirs = handoffs.alias()
    already = sa.select(theirs.c.reference).where(theirs.c.buyer_id == to_buyer, theirs.c.state == "open")
    mine = sa.and_(handoffs.c.buyer_id == from_buyer, handoffs.c.state == "open", ~already.exists())
    connection.execute(sa.update(handoffs).where(mine).values(buyer_id=to_buyer))


def _movable(from_buyer: str, to_buyer: str) -> sa.sql.ColumnElement:
    """The notes that the other buyer does not have already: a note is one for each buyer, turn and topic."""
    theirs = claim_notes.alias()
    already = sa.select(theirs.c.id).where(
        theirs.c.buyer_id == to_buyer,
        theirs.c.turn_id == claim_notes.c.turn_id,
        theirs.c.topic == claim_notes.c.topic,
    )
    return sa.and_(claim_notes.c.buyer_id == from_buyer, ~already.exists())
