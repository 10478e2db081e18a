"""Messages that have no answer yet: which, where, how many."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from gateway.tables import database_now, inbox, leases


def left_behind(connection: Connection, most: int) -> list[str]:
    """Conversations with a message that could be run and that nobody is running."""
    held = sa.select(leases.c.name).where(
        leases.c.name == sa.literal("turn:") + inbox.c.conversation, leases.c.until >= database_now()
    )
    query = (
        sa.select(inbox.c.conversation)
        .where(inbox.c.answered_at.is_(None), inbox.c.due_at <= database_now(), ~held.exists())
        .distinct()
        .limit(most)
    )
    return list(connection.execute(query).scalars())


def waiting(connection: Connection) -> int:
    """How many messages have no answer yet."""
    query = sa.select(sa.func.count()).select_from(inbox).where(inbox.c.answered_at.is_(None))
    return int(connection.execute(query).scalar_one())


def waiting_in(connection: Connection, conversation: str) -> bool:
    """Whether a message of a conversation has no answer yet."""
    query = sa.select(sa.literal(1)).where(inbox.c.conversation == conversation, inbox.c.answered_at.is_(None))
    return connection.execute(query.limit(1)).first() is not None
