"""Numbers of messages: one series for what comes in and what goes out, growing within a conversation as it is told."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from gateway.tables import inbox, outbox


def hold(connection: Connection, conversation: str) -> None:
    """Lets what is written for one conversation happen one after another, until the end of the transaction.

    Otherwise a message with a smaller number could appear after one with a greater, and who reads on from the greater
    would miss it. SQLite has only one writer at any time.
    """
    if connection.dialect.name == "postgresql":
        key = {"key": f"conversation:{conversation}"}
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))"), key)


def next_id(connection: Connection) -> int:
    """The next number, for a connection that writes and holds the conversation."""
    if connection.dialect.name == "postgresql":
        return int(connection.execute(sa.text("SELECT nextval('message_ids')")).scalar_one())
    newest = [sa.select(sa.func.max(table.c.id)).scalar_subquery() for table in (inbox, outbox)]
    last = sa.func.max(*(sa.func.coalesce(each, 0) for each in newest))
    return int(connection.execute(sa.select(last)).scalar_one()) + 1
