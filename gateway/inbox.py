"""What buyers sent: a row before it is a turn, and one row however often it is delivered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Connection

from gateway.channels.channel import Incoming
from gateway.numbering import next_ids
from gateway.tables import database_now, inbox

#: What stands in `metadata` beside what is vouched for: see `Incoming`. BESIDE the turn, never in it.
NOTICES, ABOUT, OWN = "notices", "about", "own"
BESIDE = frozenset({NOTICES, ABOUT, OWN})


#: Messages in which files that did not come are looked for.
_LOOKED_BACK: Final = 20
#: Columns that are not known yet when a message comes.
_LATER: Final = ("due_at", "answered_at", "answered_by")
# What is asked for with each message is put together once.
_VALUES: Final = {
    **{column.name: sa.bindparam(column.name) for column in inbox.c if column.name not in _LATER},
    "due_at": database_now() + sa.bindparam("wait", type_=sa.Float),
}
_ADD: Final = {
    # SQLAlchemy does not remember how it writes SQLite's own form of this.
    "sqlite": sa.insert(inbox).values(_VALUES).prefix_with("OR IGNORE"),
    "postgresql": postgresql.insert(inbox).values(_VALUES).on_conflict_do_nothing(),
}
_NEXT_WAITING: Final = (
    sa.select(inbox, database_now().label("now"))
    .where(inbox.c.conversation == sa.bindparam("conversation"), inbox.c.answered_at.is_(None))
    .order_by(inbox.c.id)
    .limit(1)
)
_ANSWERED: Final = (
    sa.update(inbox)
    .where(inbox.c.id == sa.bindparam("message"))
    .values(answered_at=sa.bindparam("now"), answered_by=sa.bindparam("by"))
)


@dataclass(frozen=True)
class Message:
    """A row of the inbox; `text` has been cleaned and redacted, `removed` says of what."""

    id: int
    conversation: str
    buyer_id: str
    channel: str
    native_id: str
    address: str
    kind: str
    text: str
    button: str
    album: str
    files: list[dict[str, Any]]
    metadata: Mapping[str, Any]
    removed: list[str]
    received_at: datetime
    trace: str
    attempts: int
    due_at: float
    answered_at: datetime | None
    answered_by: int | None

    @property
    def turn_id(self) -> str:
        """What the turn of this message is called for ever."""
        return f"m{self.id}"

    @property
    def own(self) -> str:
        """What the gateway itself asks of Rasa here; empty for what a buyer sent."""
        return str(self.metadata.get(OWN) or "")


def find(connection: Connection, channel: str, native_id: str) -> Message | None:
    """The message that a channel calls so, if it was taken."""
    return _first(connection, sa.select(inbox).where(inbox.c.channel == channel, inbox.c.native_id == native_id))


def add(
    connection: Connection,
    incoming: Incoming,
    *,
    text: str,
    removed: tuple[str, ...],
    trace: str,
    now: datetime,
    wait: float = 0.0,
) -> Message | None:
    """Keeps what came in, to be run at once or after `wait` seconds; None if it was there already.

    Needs a connection that writes and holds the conversation.
    """
    values: dict[str, Any] = {
        "id": next_ids(connection)[0],
        "conversation": incoming.conversation,
        "buyer_id": incoming.buyer_id,
        "channel": incoming.channel,
        "native_id": incoming.native_id,
        "address": incoming.address,
        "kind": incoming.kind,
        "text": text,
        "button": incoming.button,
        "album": incoming.album,
        "files": [dict(file) for file in incoming.files],
        "metadata": {
            **incoming.vouched,
            NOTICES: list(incoming.notices),
            ABOUT: incoming.about,
            **({OWN: incoming.own} if incoming.own else {}),
        },
        "removed": list(removed),
        "received_at": now,
        "trace": trace,
        "attempts": 0,
    }
    if connection.execute(_ADD[connection.dialect.name], {**values, "wait": wait}).rowcount == 0:
        return None
    return Message(**values, due_at=0.0, answered_at=None, answered_by=None)


def next_waiting(connection: Connection, conversation: str) -> tuple[Message, float] | None:
    """The oldest message of a conversation that has no answer, and the seconds until it may be run (0: now)."""
    row = connection.execute(_NEXT_WAITING, {"conversation": conversation}).mappings().first()
    if row is None:
        return None
    fields = dict(row)
    wait = max(0.0, fields["due_at"] - fields.pop("now"))
    return Message(**fields), wait


def with_album(connection: Connection, message: Message) -> list[Message]:
    """A message, and what was sent as one with it and still waits."""
    if not message.album:
        return [message]
    query = (
        sa.select(inbox)
        .where(
            inbox.c.conversation == message.conversation,
            inbox.c.album == message.album,
            inbox.c.answered_at.is_(None),
        )
        .order_by(inbox.c.id)
    )
    return [Message(**row) for row in connection.execute(query).mappings()]


def text_of(connection: Connection, message_id: int) -> str:
    """The text of a message as it is kept now."""
    return str(connection.execute(sa.select(inbox.c.text).where(inbox.c.id == message_id)).scalar_one())


def mark_answered(connection: Connection, messages: list[Message], now: datetime) -> None:
    """Says that the first of the messages has its final replies, and that they are those of the others too."""
    first, *others = messages
    connection.execute(_ANSWERED, {"message": first.id, "now": now, "by": None})
    mark_answered_by(connection, others, first.id, now)


def mark_answered_by(connection: Connection, messages: list[Message], by: int, now: datetime) -> None:
    """Says that what was said to an earlier message is said to these too."""
    for message in messages:
        connection.execute(_ANSWERED, {"message": message.id, "now": now, "by": by})


def try_again(connection: Connection, message: Message, *, wait: float, counted: bool) -> None:
    """Lets a message that could not be run wait; `counted` if the fault may be the message's own."""
    attempts = inbox.c.attempts + (1 if counted else 0)
    again = sa.update(inbox).where(inbox.c.id == message.id)
    connection.execute(again.values(due_at=database_now() + wait, attempts=attempts))


def keep_files(connection: Connection, message_id: int, files: list[dict[str, Any]]) -> None:
    """Says what became of a message's files."""
    connection.execute(sa.update(inbox).where(inbox.c.id == message_id).values(files=files))


def failed_files_in_a_row(connection: Connection, conversation: str) -> int:
    """How many of the newest files of a conversation, one after the other, did not come or were not taken."""
    newest = sa.select(inbox.c.files).where(inbox.c.conversation == conversation).order_by(inbox.c.id.desc())
    rows = connection.execute(newest.limit(_LOOKED_BACK)).scalars()
    files = [file for row in rows for file in reversed(row)]
    return sum(1 for _ in takewhile(lambda file: "problem" in file, files))


def earlier(connection: Connection, message: Message) -> Message | None:
    """What a message that was edited said before, as it was kept; None if it never came here."""
    about = message.metadata.get(ABOUT)
    if not about:
        return None
    query = sa.select(inbox).where(
        inbox.c.conversation == message.conversation,
        inbox.c.channel == message.channel,
        inbox.c.id < message.id,
        inbox.c.metadata[ABOUT].as_string() == about,
    )
    return _first(connection, query.order_by(inbox.c.id.desc()).limit(1))


def before(connection: Connection, conversation: str) -> Message | None:
    """The newest message of a conversation."""
    query = sa.select(inbox).where(inbox.c.conversation == conversation).order_by(inbox.c.id.desc()).limit(1)
    return _first(connection, query)


def _first(connection: Connection, query: Any) -> Message | None:
    row = connection.execute(query).mappings().first()
    return Message(**row) if row else None
