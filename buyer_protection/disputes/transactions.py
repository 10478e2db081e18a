"""One transaction for each thing that is done, run again where the database asks for it.

What is run may run more than once, so it must be idempotent; everything in this package is.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from random import uniform
from typing import Final, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError, IntegrityError

from buyer_protection.failpoints import reach

T = TypeVar("T")

#: No new try after this: whoever waits for the answer gives up soon.
PATIENCE_SECONDS: Final = 5.0
MOST_TRIES: Final = 6

#: PostgreSQL: serialization failure, deadlock, lock not available in time, server going down.
_PASSING_CODES: Final = {"40001", "40P01", "55P03", "57P01", "57P02", "57P03"}

_LOCK: Final = sa.text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))")


def writing(engine: Engine, work: Callable[[Connection], T]) -> T:
    """Do work in a transaction that writes, committed on return; tried again after what passes by itself."""
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    tries = 0
    while True:
        tries += 1
        try:
            with engine.connect().execution_options(writes=True) as connection, connection.begin():
                done = work(connection)
                reach("disputes.before_commit")
            reach("disputes.committed")
            return done
        except DBAPIError as error:
            if tries == MOST_TRIES or time.monotonic() > give_up_at or not _passes(error):
                raise
            time.sleep(uniform(0.01, 0.05) * tries)


def reading(engine: Engine, work: Callable[[Connection], T]) -> T:
    """Do work in a transaction that only reads."""
    with engine.connect() as connection, connection.begin():
        return work(connection)


def hold_buyer(connection: Connection, buyer_id: str) -> None:
    """Let what is written for one buyer happen one after another, until the end of the transaction."""
    _hold(connection, f"buyer:{buyer_id}")


def hold_conversation(connection: Connection, conversation: str) -> None:
    """The same for one conversation: the messages in and out of it, and Rasa's events."""
    _hold(connection, f"conversation:{conversation}")


def _hold(connection: Connection, key: str) -> None:
    """SQLite has only one writer at any time; PostgreSQL takes a lock."""
    if connection.dialect.name == "postgresql":
        connection.execute(_LOCK, {"key": key})


def _passes(error: DBAPIError) -> bool:
    if error.connection_invalidated:
        return True
    if isinstance(error, IntegrityError):
        # Two wrote the same key at one instant; the next try sees the other's row. Other refusals stay.
        return "UNIQUE" in str(error.orig) or getattr(error.orig, "pgcode", None) == "23505"
    if getattr(error.orig, "pgcode", None) in _PASSING_CODES:
        return True
    return "database is locked" in str(error.orig)
