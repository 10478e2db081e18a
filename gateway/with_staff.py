"""While a person of the staff has a conversation, its messages go to them, and no turn is run.

Who answers a message is decided once, as it is taken up: what was taken up before somebody took the conversation is the
assistant's, what comes after is theirs. Whoever looks at the request sees both, and which is which.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from buyer_protection.disputes import handoff_events as events
from buyer_protection.disputes.handoff_events import add_handoff_event
from buyer_protection.disputes.handoff_tables import handoff_events
from buyer_protection.disputes.handoffs import close, open_row
from buyer_protection.responses import text
from gateway import inbox, notices, outbox
from gateway.back_to_assistant import HAND_BACK, wants_assistant
from gateway.inbox import Message
from gateway.outbox import Reply

#: How the buyer's own doings are named in the record.
BUYER: Final = "buyer"
#: A buyer who writes on hears once that it arrives, and then no more for so long.
SAID_AGAIN_AFTER: Final = timedelta(hours=24)


def who_has_it(connection: Connection, message: Message, now: datetime) -> str:
    """The reference of the request under which a person has a message's conversation; empty where the assistant has it.

    A buyer who asks for the assistant has it back from this message on.
    Needs a connection that writes: the request stays as it is until the transaction ends.
    """
    if message.own:
        return ""
    row = open_row(connection, message.buyer_id)
    if row is None or not row.taken_by:
        return ""
    if not wants_assistant(message):
        return str(row.reference)
    close(connection, row.reference, BUYER, now)
    add_handoff_event(
        connection,
        row.reference,
        at=now,
        actor=BUYER,
        kind=events.HANDED_BACK,
        message_id=message.id,
        is_told=True,  # the turn of the message says it
    )
    return ""


def still_has_it(connection: Connection, reference: str, message: Message) -> bool:
    """Whether a person still has the conversation under this request; it stays so until the transaction ends."""
    row = open_row(connection, message.buyer_id)
    return row is not None and bool(row.taken_by) and row.reference == reference


def received(connection: Connection, reference: str, messages: list[Message], now: datetime) -> list[Reply]:
    """Writes down that messages went to staff, and what the buyer hears of it; returns what is said now.

    What became of files, and what was removed, is always said; that it arrives is said to the first message. To those
    after it the same counts, and nothing new is said.
    """
    first = messages[0]
    for message in messages:
        add_handoff_event(
            connection, reference, at=now, actor=BUYER, kind=events.WROTE, message_id=message.id, is_told=True
        )
    said = notices.before_answer(messages)
    if not any(message.text for message in messages):
        said += notices.files_came(messages)
    before = _last_receipt(connection, reference)
    if before is None or now - before.at > SAID_AGAIN_AFTER:
        said.append(_receipt(reference))
        add_handoff_event(connection, reference, at=now, actor=BUYER, kind=events.RECEIPT, message_id=first.id)
    elif not said:
        inbox.mark_answered_by(connection, messages, before.message_id, now)
        return []
    replies = outbox.add(connection, first, said, is_final=True, now=now)
    inbox.mark_answered(connection, messages, now)
    return replies


def _receipt(reference: str) -> dict[str, Any]:
    way_back = {"title": text("utter_back_to_assistant"), "payload": HAND_BACK}
    said = notices.notice("utter_with_staff")
    return {**said, "buttons": [way_back], "custom": {"kind": "with_staff", "reference": reference}}


def _last_receipt(connection: Connection, reference: str) -> Any:
    query = (
        sa.select(handoff_events.c.at, handoff_events.c.message_id)
        .where(handoff_events.c.reference == reference, handoff_events.c.kind == events.RECEIPT)
        .order_by(handoff_events.c.id.desc())
        .limit(1)
    )
    return connection.execute(query).one_or_none()
