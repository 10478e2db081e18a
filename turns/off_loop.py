"""Work of the database, in threads of its own and for so long at most, so that a slow disk stalls one turn only."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

_Answer = TypeVar("_Answer")

#: Threads; the database's own limit on connections is higher.
THREADS: Final = 4
#: Seconds. The database gives up sooner by itself; this is for a connection that is silent.
WITHIN: Final = 7.0


class OffLoop:
    """Threads for one store."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="conversations")

    async def run(self, work: Callable[[], _Answer]) -> _Answer:
        """What the work returns or raises. Raises asyncio.TimeoutError; whether it was done is then not known."""
        return await asyncio.wait_for(asyncio.get_running_loop().run_in_executor(self._threads, work), WITHIN)
