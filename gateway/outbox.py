"""What buyers hear: one final set of replies for each message, and at most one line before it when a part failed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from gateway.channels.channel import ASSISTANT
from gateway.inbox import Message
from gateway.numbering import next_ids
from gateway.tables import inbox, outbox

#: What the assistant said by itself, to no message.
_SAID_BESIDE: Final = sa.and_(outbox.c.inbox_id.is_(None), outbox.c.sender == ASSISTANT)


@dataclass(frozen=True)
class Reply:
    """A row of the outbox; `buttons` hold the payloads as they are, which never leave."""

    id: int
    conversation: str
    inbox_id: int | None
    is_final: bool
    position: int
    sender: str
    text: str
    buttons: list[dict[str, str]]
    custom: dict[str, Any]
    response: str
    created_at: datetime
    channel: str
    address: str
    delivered_at: datetime | None
    tries: int


def add(
    connection: Connection, message: Message, said: Iterable[Mapping[str, Any]], *, is_final: bool, now: datetime
) -> list[Reply]:
    """Keeps what is said to a message: dicts with `text`, `buttons`, `custom` and `response`.

    Needs a connection that writes and holds the conversation. Raises IntegrityError if it was said already.
    """
    said = list(said)
    ids = next_ids(connection, len(said))
    replies = [
        Reply(
            id=ids[position],
            conversation=message.conversation,
            inbox_id=message.id,
            is_final=is_final,
            position=position,
            sender=ASSISTANT,
            text=str(each.get("text") or ""),
            buttons=list(each.get("buttons") or ()),
            custom=dict(each.get("custom") or {}),
            response=str(each.get("response") or ""),
            created_at=now,
            channel=message.channel,
            address=message.address,
            delivered_at=None,
            tries=0,
        )
        for position, each in enumerate(said)
    ]
    if replies:
        connection.execute(sa.insert(outbox), [vars(reply) for reply in replies])
    return replies


def say(
    connection: Connection,
    conversation: str,
    said: Mapping[str, Any],
    *,
    sender: str,
    channel: str,
    address: str,
    now: datetime,
) -> Reply:
    """Keeps what is said by itself, to no message.

    What the assistant says so stands beside what it said before, whose buttons stay; what staff say ends their time.
    Needs a connection that writes and holds the conversation.
    """
    reply = Reply(
        id=next_ids(connection)[0],
        conversation=conversation,
        inbox_id=None,
        is_final=True,
        position=0,
        sender=sender,
        text=str(said.get("text") or ""),
        buttons=list(said.get("buttons") or ()),
        custom=dict(said.get("custom") or {}),
        response=str(said.get("response") or ""),
        created_at=now,
        channel=channel,
        address=address,
        delivered_at=None,
        tries=0,
    )
    connection.execute(sa.insert(outbox), vars(reply))
    return reply


def replies_to(connection: Connection, message_id: int) -> tuple[list[Reply], bool]:
    """What was said to a message, and whether that is final; a message joined to another has the other's replies."""
    row = connection.execute(
        sa.select(inbox.c.answered_at, inbox.c.answered_by).where(inbox.c.id == message_id)
    ).one_or_none()
    if row is None:
        return [], False
    query = (
        sa.select(outbox)
        .where(outbox.c.inbox_id == (row.answered_by or message_id), outbox.c.is_final == (row.answered_at is not None))
        .order_by(outbox.c.id)
    )
    return _replies(connection, query), row.answered_at is not None


def after(connection: Connection, conversation: str, after_id: int, most: int) -> list[Reply]:
    """What was said in a conversation after a number, oldest first."""
    query = sa.select(outbox).where(outbox.c.conversation == conversation, outbox.c.id > after_id)
    return _replies(connection, query.order_by(outbox.c.id).limit(most))


def find(connection: Connection, conversation: str, reply_id: int) -> Reply | None:
    """A reply of a conversation by its number."""
    found = _replies(
        connection, sa.select(outbox).where(outbox.c.conversation == conversation, outbox.c.id == reply_id)
    )
    return found[0] if found else None


def newest_set(connection: Connection, conversation: str) -> list[Reply]:
    """The newest final replies of a conversation: those that go together, and what was said beside them since."""
    mine = sa.and_(outbox.c.conversation == conversation, outbox.c.is_final)
    newest = sa.select(outbox.c.inbox_id, outbox.c.id).where(mine, ~_SAID_BESIDE).order_by(outbox.c.id.desc()).limit(1)
    row = connection.execute(newest).one_or_none()
    if row is None:
        wanted = _SAID_BESIDE
    else:
        same = outbox.c.id == row.id if row.inbox_id is None else outbox.c.inbox_id == row.inbox_id
        wanted = sa.or_(same, sa.and_(_SAID_BESIDE, outbox.c.id > row.id))
    return _replies(connection, sa.select(outbox).where(mine, wanted).order_by(outbox.c.id))


def said_beside(connection: Connection, conversation: str) -> Reply | None:
    """The newest that was said, if it stands beside the question before it: who answers now may mean either."""
    newest = sa.select(outbox).where(outbox.c.conversation == conversation).order_by(outbox.c.id.desc()).limit(1)
    found = _replies(connection, newest)
    return found[0] if found and found[0].inbox_id is None and found[0].sender == ASSISTANT else None


def undelivered(connection: Connection, channel: str, address: str, most: int) -> list[Reply]:
    """What was not sent to an address yet, oldest first."""
    query = sa.select(outbox).where(
        outbox.c.channel == channel,
        outbox.c.address == address,
        outbox.c.delivered_at.is_(None),
        outbox.c.address != "",
    )
    return _replies(connection, query.order_by(outbox.c.id).limit(most))


def addresses_waiting(connection: Connection, most: int) -> list[tuple[str, str]]:
    """Channels and addresses that something was not sent to yet."""
    query = (
        sa.select(outbox.c.channel, outbox.c.address)
        .where(outbox.c.delivered_at.is_(None), outbox.c.address != "")
        .distinct()
        .limit(most)
    )
    return [(row.channel, row.address) for row in connection.execute(query)]


def mark_delivered(connection: Connection, reply_id: int, now: datetime) -> None:
    """Says that a reply was sent, or never can be."""
    connection.execute(sa.update(outbox).where(outbox.c.id == reply_id).values(delivered_at=now))


def count_try(connection: Connection, reply_id: int) -> None:
    """Says that a reply was tried to be sent and may have arrived."""
    connection.execute(sa.update(outbox).where(outbox.c.id == reply_id).values(tries=outbox.c.tries + 1))


def uncount_try(connection: Connection, reply_id: int) -> None:
    """Says that the last try did not arrive, for sure."""
    connection.execute(sa.update(outbox).where(outbox.c.id == reply_id).values(tries=outbox.c.tries - 1))


def _replies(connection: Connection, query: Any) -> list[Reply]:
    return [Reply(**row) for row in connection.execute(query).mappings()]
