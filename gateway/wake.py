"""Who waits for something to happen in a conversation is woken when it does, whichever process it happens in.

In one process through memory; between processes through PostgreSQL's notifications. SQLite has none: there, who waits
for another process looks again after a while.
"""

from __future__ import annotations

import asyncio
import os
from collections import defaultdict
from contextlib import suppress
from typing import Any, Final

import sqlalchemy as sa
import structlog
from sqlalchemy.engine import Connection, Engine

from buyer_protection.logs import in_code

_CHANNEL: Final = "buyer_protection"
_NOTIFY: Final = sa.text(f"SELECT pg_notify('{_CHANNEL}', :about)")
#: Seconds between two tries to listen to a server that cannot be reached.
_LISTEN_AGAIN: Final = 1.0
#: Seconds after which who waits on SQLite looks for what another process did.
_LOOK_AGAIN: Final = 0.5

_logger = structlog.get_logger(__name__)


class Wake:
    """Wakes who waits in this process, which is called `name`."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine, self._name = engine, name
        self._waiting: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._listening: asyncio.Task[None] | None = None

    @property
    def look_again(self) -> float | None:
        """Seconds after which who waits had better look, because no other process can wake it; None if it can."""
        return None if self._engine.dialect.name == "postgresql" else _LOOK_AGAIN

    async def start(self) -> None:
        """Begins to listen to the other processes."""
        if self._engine.dialect.name == "postgresql":
            self._listening = asyncio.create_task(self._listen())

    async def stop(self) -> None:
        """Ends listening, and wakes everybody."""
        if self._listening:
            self._listening.cancel()
            with suppress(asyncio.CancelledError):
                await self._listening
        self.everybody()

    def tell(self, conversation: str) -> None:
        """Something happened in a conversation: wakes who waits for it here."""
        for event in self._waiting.get(conversation, ()):
            event.set()

    def tell_others(self, connection: Connection, conversation: str) -> None:
        """Wakes who waits in other processes, once the transaction is committed; who waits here is told by `tell`."""
        if connection.dialect.name == "postgresql":
            connection.execute(_NOTIFY, {"about": f"{self._name} {conversation}"})

    def everybody(self) -> None:
        """Wakes all who wait here, because something may have been missed."""
        for conversation in list(self._waiting):
            self.tell(conversation)

    def waiting_for(self, conversation: str) -> Waiting:
        """A place to wait for a conversation, so that nothing is missed between looking and waiting."""
        return Waiting(self._waiting, conversation)

    async def _listen(self) -> None:
        while True:
            try:
                await self._listen_once()
            except Exception as error:
                _logger.warning("wake.not_listening", reason=in_code(error))
            self.everybody()
            await asyncio.sleep(_LISTEN_AGAIN)

    async def _listen_once(self) -> None:
        connection = await asyncio.to_thread(self._connect)
        loop, readable = asyncio.get_running_loop(), asyncio.Event()
        # psycopg2 closes its own descriptor when the server goes; one that the loop still watched would stop the loop
        # for good as soon as the next socket gets its number.
        watched = os.dup(connection.fileno())
        loop.add_reader(watched, readable.set)
        try:
            self.everybody()
            while True:
                await readable.wait()
                readable.clear()
                connection.poll()
                while connection.notifies:
                    name, _, conversation = connection.notifies.pop(0).payload.partition(" ")
                    if name != self._name:
                        self.tell(conversation)
        finally:
            loop.remove_reader(watched)
            os.close(watched)
            connection.close()

    def _connect(self) -> Any:
        pooled = self._engine.raw_connection()
        driver = pooled.connection
        pooled.detach()
        driver.set_isolation_level(0)
        with driver.cursor() as cursor:
            cursor.execute(f"LISTEN {_CHANNEL}")
        return driver


class Waiting:
    """A place in the queue of those who wait for a conversation; used as a context."""

    def __init__(self, queue: dict[str, set[asyncio.Event]], conversation: str) -> None:
        self._queue, self._conversation, self._event = queue, conversation, asyncio.Event()

    def __enter__(self) -> Waiting:
        self._queue[self._conversation].add(self._event)
        return self

    def __exit__(self, *_: object) -> None:
        self._queue[self._conversation].discard(self._event)
        if not self._queue[self._conversation]:
            del self._queue[self._conversation]

    def forget(self) -> None:
        """Forgets what has happened so far."""
        self._event.clear()

    async def wait(self, seconds: float | None) -> bool:
        """Whether something happened since the last time, or happens in so many seconds."""
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self._event.wait(), seconds)
        happened = self._event.is_set()
        self._event.clear()
        return happened
