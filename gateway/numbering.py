"""Numbers of messages: one series for what comes in and what goes out, growing within a conversation as it is told."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from gateway.tables import inbox, outbox

_SERIES: Final = sa.text("SELECT nextval('message_ids') FROM generate_series(1, :count)")
_NEWEST: Final = sa.select(
    sa.func.max(
        *(sa.func.coalesce(sa.select(sa.func.max(table.c.id)).scalar_subquery(), 0) for table in (inbox, outbox))
    )
)


def next_ids(connection: Connection, count: int = 1) -> list[int]:
    """The next numbers, for a connection that writes and holds the conversation.

    Without holding it a message with a smaller number could appear after one with a greater, and who reads on from the
    greater would miss it.
    """
    if connection.dialect.name == "postgresql":
        return list(connection.execute(_SERIES, {"count": count}).scalars())
    first = int(connection.execute(_NEWEST).scalar_one()) + 1
    return list(range(first, first + count))
