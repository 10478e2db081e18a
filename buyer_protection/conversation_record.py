"""A buyer's conversation as it was told, for staff who are asked into it: what came in and what was said, in order.

The rows are the gateway's (`inbox`, `outbox`); here they are only read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, Row

from buyer_protection.conversations import conversation_of
from buyer_protection.disputes import fields
from buyer_protection.disputes.columns import Instant, Json
from buyer_protection.disputes.transactions import reading

#: Lines that are read at once, unless told otherwise.
MOST: Final = 200

_inbox: Final = sa.table(
    "inbox",
    sa.column("id"),
    sa.column("conversation"),
    sa.column("kind"),
    sa.column("text"),
    sa.column("channel"),
    sa.column("files", Json),
    sa.column("metadata", Json),
    sa.column("received_at", Instant),
)
_outbox: Final = sa.table(
    "outbox",
    sa.column("id"),
    sa.column("conversation"),
    sa.column("sender"),
    sa.column("text"),
    sa.column("channel"),
    sa.column("buttons", Json),
    sa.column("created_at", Instant),
)


@dataclass(frozen=True)
class Line:
    """One message: `who` is `buyer`, `assistant` or `staff`; `choices` are the titles of buttons, `files` names."""

    id: int
    at: datetime
    who: str
    text: str
    choices: tuple[str, ...]
    files: tuple[str, ...]
    channel: str


def conversation_record(engine: Engine, *, buyer_id: str, most: int = MOST) -> list[Line]:
    """The newest messages of a buyer's own conversation on whatever channel, oldest first."""
    conversation = conversation_of(fields.identifier("buyer_id", buyer_id))

    def work(connection: Connection) -> list[Line]:
        came = [_came(row) for row in _newest(connection, _inbox, conversation, most) if not _is_own(row)]
        said = [_said(row) for row in _newest(connection, _outbox, conversation, most)]
        return sorted([*came, *said], key=lambda line: line.id)[-most:]

    return reading(engine, work)


def _newest(connection: Connection, table: Any, conversation: str, most: int) -> list[Row]:
    query = sa.select(table).where(table.c.conversation == conversation).order_by(table.c.id.desc()).limit(most)
    return list(connection.execute(query).all())


def _is_own(row: Row) -> bool:
    """Whether the gateway began a turn by itself: nobody wrote that."""
    return bool(row._mapping["metadata"].get("own"))


def _came(row: Row) -> Line:
    files = tuple(str(file.get("name") or file.get("kind") or "file") for file in row.files)
    return Line(row.id, row.received_at, "buyer", row.text, (), files, row.channel)


def _said(row: Row) -> Line:
    choices = tuple(str(button["title"]) for button in row.buttons)
    return Line(row.id, row.created_at, row.sender, row.text, choices, (), row.channel)
