"""Tells buyers what staff did on the command line: that they have the conversation, what they answer, that it is over.

What staff do is a row (`handoff_events`) that says whether the buyer was told. It is told in the transaction that says
so, by whichever gateway comes first: once, also if one is killed in between.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timezone
from json import dumps
from secrets import token_hex
from typing import Any, Final

import sqlalchemy as sa
import structlog
from sqlalchemy.engine import Connection, Engine, Row

from buyer_protection.disputes.handoff_events import ANSWERED, HANDED_BACK
from buyer_protection.disputes.handoff_tables import handoff_events
from buyer_protection.disputes.tables import handoffs
from buyer_protection.disputes.transactions import reading
from buyer_protection.failpoints import reach
from gateway import inbox, outbox
from gateway.back_to_assistant import HAND_BACK
from gateway.channels.channel import ASSISTANT, STAFF, Incoming
from gateway.conversations import conversation_of
from gateway.inbox import BESIDE, Message
from gateway.looking import Looking
from gateway.notices import notice
from gateway.outbox import Reply
from gateway.runner import Runner
from gateway.wake import Wake
from gateway.writer import Writer

_MOST: Final = 50
#: Where a buyer reads who never wrote through a gateway.
_NOWHERE: Final = ("widget", "")

_logger = structlog.get_logger(__name__)


@dataclass(frozen=True)
class _Told:
    replies: list[Reply]
    has_turn: bool = False


class StaffSays(Looking):
    """Looks for what staff did, in this process."""

    every = 0.5
    complaint = "staff.cannot_look"

    def __init__(self, engine: Engine, writer: Writer, runner: Runner, wake: Wake) -> None:
        self._engine, self._writer, self._runner, self._wake = engine, writer, runner, wake

    async def look(self) -> None:
        """Tells buyers what they were not told yet."""
        for event_id, buyer_id in await asyncio.to_thread(reading, self._engine, _untold):
            await self._tell(event_id, conversation_of(buyer_id))

    async def _tell(self, event_id: int, conversation: str) -> None:
        def write(connection: Connection) -> _Told:
            told = tell(connection, event_id, conversation, datetime.now(timezone.utc))
            self._wake.tell_others(connection, conversation)
            reach("staff.before_commit")
            return told

        told = await self._writer.write(write, conversation)
        reach("staff.told")
        self._runner.say(conversation, told.replies)
        if told.has_turn:
            self._runner.run(conversation)


def tell(connection: Connection, event_id: int, conversation: str, now: datetime) -> _Told:
    """Tells a buyer of one thing that staff did; nothing is said where that was done, or has been overtaken.

    Needs a connection that writes and holds the conversation.
    """
    event = _event(connection, event_id)
    if event is None or conversation_of(event.buyer_id) != conversation:
        return _Told([])  # told by another gateway, or the buyer became another: the next look knows whom to tell
    connection.execute(sa.update(handoff_events).where(handoff_events.c.id == event_id).values(told_at=now))
    newest = inbox.before(connection, conversation)
    if event.kind == HANDED_BACK:
        return _Told([], has_turn=_begin_turn(connection, event, newest))
    if event.kind == ANSWERED:
        sender, said = STAFF, {"text": event.text, "custom": {"kind": "staff", "reference": event.reference}}
    elif event.state == "open":
        sender, said = ASSISTANT, notice("utter_staff_took")
    else:
        return _Told([])  # taken and over already
    channel, address = (newest.channel, newest.address) if newest else _NOWHERE
    reply = outbox.say(connection, conversation, said, sender=sender, channel=channel, address=address, now=now)
    return _Told([reply])


def _begin_turn(connection: Connection, event: Row, newest: Message | None) -> bool:
    """Lets the assistant speak, as if it had been written to; nobody is there to hear it who never wrote."""
    if newest is None:
        return False
    incoming = Incoming(
        channel=newest.channel,
        native_id=f"handed_back:{event.id}",
        buyer_id=event.buyer_id,
        conversation=newest.conversation,
        address=newest.address,
        vouched={name: value for name, value in newest.metadata.items() if name not in BESIDE},
        own=HAND_BACK + dumps({"handoff": event.reference}),
    )
    inbox.add(connection, incoming, text="", removed=(), trace=token_hex(8), now=event.at)
    return True


def _untold(connection: Connection) -> list[tuple[int, str]]:
    query = (
        sa.select(handoff_events.c.id, handoffs.c.buyer_id)
        .join(handoffs, handoffs.c.reference == handoff_events.c.reference)
        .where(handoff_events.c.told_at.is_(None))
        .order_by(handoff_events.c.id)
        .limit(_MOST)
    )
    return [(row.id, row.buyer_id) for row in connection.execute(query).all()]


def _event(connection: Connection, event_id: int) -> Any:
    """An event that was not told yet, locked; None if it was."""
    query = (
        sa.select(handoff_events, handoffs.c.buyer_id, handoffs.c.state)
        .join(handoffs, handoffs.c.reference == handoff_events.c.reference)
        .where(handoff_events.c.id == event_id, handoff_events.c.told_at.is_(None))
    )
    if connection.dialect.name == "postgresql":
        query = query.with_for_update(of=handoff_events)
    return connection.execute(query).one_or_none()
