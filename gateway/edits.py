"""A message that was changed in the messenger: what it said and what it says are kept for staff, side by side."""

from __future__ import annotations

from typing import Final

from sqlalchemy.engine import Engine

from buyer_protection.disputes import EDITED_MESSAGE, record_note
from buyer_protection.disputes.transactions import reading
from gateway import inbox
from gateway.inbox import Message

#: Characters of each of the two that are kept in the note; both are kept whole in the inbox.
LONGEST: Final = 9_000


def keep_edit(engine: Engine, message: Message) -> None:
    """Keeps a note with both texts; again, it does nothing. Without the earlier one, if it never came here."""
    before = reading(engine, lambda connection: inbox.earlier(connection, message))
    now = f"now: {message.text[:LONGEST]}"
    record_note(
        engine,
        buyer_id=message.buyer_id,
        claim_id=None,
        topic=EDITED_MESSAGE,
        text=f"before: {before.text[:LONGEST]}\n{now}" if before else now,
        turn_id=message.turn_id,
        now=message.received_at,
    )
