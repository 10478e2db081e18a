"""A conversation in the hands of a person: taken by one, answered by them alone, and handed back.

Nothing here speaks to the buyer: what they are told waits in `handoff_events` for the gateway.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, Row

from buyer_protection.disputes import fields, handoff_events, refusal
from buyer_protection.disputes.handoff_events import add_handoff_event
from buyer_protection.disputes.handoffs import Handoff, as_handoff, close, handoff_row
from buyer_protection.disputes.reference import read_reference
from buyer_protection.disputes.refusal import Refused
from buyer_protection.disputes.tables import handoffs
from buyer_protection.disputes.transactions import writing
from buyer_protection.typed_text import clean

#: Characters of one answer: what every channel shows in one message.
LONGEST_ANSWER: Final = 2_000


def take(engine: Engine, *, reference: str, actor: str, now: datetime, taken_from: str = "") -> Handoff | Refused:
    """Have a conversation from now on; again, it does nothing. `taken_from` names who has it and gives it up.

    Codes: `unknown_reference`, `closed`, `taken` (`status` is who has it).
    """
    actor, now = fields.identifier("actor", actor), fields.instant(now)

    def work(connection: Connection) -> Handoff | Refused:
        row = _open(connection, reference)
        if isinstance(row, Refused):
            return row
        if row.taken_by == actor:
            return as_handoff(row)
        if row.taken_by != taken_from:
            return Refused(refusal.TAKEN if row.taken_by else refusal.NOT_TAKEN, row.reference, row.taken_by)
        values = {"taken_by": actor, "taken_at": now}
        connection.execute(sa.update(handoffs).where(handoffs.c.reference == row.reference).values(values))
        kind = handoff_events.TAKEN_FROM if taken_from else handoff_events.TAKEN
        add_handoff_event(connection, row.reference, at=now, actor=actor, kind=kind, text=taken_from)
        return as_handoff(_again(connection, row))

    return writing(engine, work)


def answer(engine: Engine, *, reference: str, actor: str, text: str, now: datetime) -> Handoff | Refused:
    """Say something to the buyer, as text and nothing else. Raises `FieldError` for what cannot be said.

    Codes: `unknown_reference`, `closed` (it went back to the assistant), `not_taken`, `taken` (by somebody else).
    """
    actor, now = fields.identifier("actor", actor), fields.instant(now)
    said = clean(fields.words("text", text, LONGEST_ANSWER), LONGEST_ANSWER)
    if not said:
        raise fields.FieldError("text", "something to say is expected")

    def work(connection: Connection) -> Handoff | Refused:
        row = _held(connection, reference, actor)
        if isinstance(row, Refused):
            return row
        add_handoff_event(connection, row.reference, at=now, actor=actor, kind=handoff_events.ANSWERED, text=said)
        return as_handoff(row)

    return writing(engine, work)


def hand_back(engine: Engine, *, reference: str, actor: str, now: datetime) -> Handoff | Refused:
    """Give the conversation back to the assistant, which says so and goes on; codes as for `answer`."""
    actor, now = fields.identifier("actor", actor), fields.instant(now)

    def work(connection: Connection) -> Handoff | Refused:
        row = _held(connection, reference, actor)
        if isinstance(row, Refused):
            return row
        close(connection, row.reference, actor, now)
        add_handoff_event(connection, row.reference, at=now, actor=actor, kind=handoff_events.HANDED_BACK)
        return as_handoff(_again(connection, row))

    return writing(engine, work)


def note_shown(engine: Engine, *, reference: str, actor: str, now: datetime) -> None:
    """Write down who looked at a request with the conversation in it; nothing happens where there is none."""
    actor, now = fields.identifier("actor", actor), fields.instant(now)

    def work(connection: Connection) -> None:
        row = handoff_row(connection, reference)
        if row is not None:
            add_handoff_event(connection, row.reference, at=now, actor=actor, kind=handoff_events.SHOWN)

    writing(engine, work)


def _open(connection: Connection, reference: str) -> Row | Refused:
    row = handoff_row(connection, reference)
    if row is None:
        return Refused(refusal.UNKNOWN_REFERENCE, read_reference(reference) or "")
    return Refused(refusal.CLOSED, row.reference, row.state) if row.state == "closed" else row


def _held(connection: Connection, reference: str, actor: str) -> Row | Refused:
    row = _open(connection, reference)
    if isinstance(row, Refused) or row.taken_by == actor:
        return row
    return Refused(refusal.TAKEN if row.taken_by else refusal.NOT_TAKEN, row.reference, row.taken_by)


def _again(connection: Connection, row: Row) -> Row:
    found = handoff_row(connection, row.reference)
    assert found is not None, "a request is never deleted"
    return found
