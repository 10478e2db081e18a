"""Finds what was left behind: messages and files that a process took and did not live to finish."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Final

import structlog
from sqlalchemy.engine import Engine

from buyer_protection.disputes.transactions import reading
from buyer_protection.logs import in_code
from gateway import unanswered
from gateway.runner import Runner
from gateway.uploads import Uploads

#: Seconds between two looks; a lease is free five seconds after its holder died.
LOOKS_EVERY: Final = 2.0
_MOST: Final = 50
#: Looks between two sweeps of uploads whose time is over.
_SWEEPS_EVERY: Final = 30

_logger = structlog.get_logger(__name__)


class Recovery:
    """Runs what nobody runs."""

    def __init__(self, engine: Engine, runner: Runner, uploads: Uploads) -> None:
        self._engine, self._runner, self._uploads = engine, runner, uploads
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Looks at once, and then every few seconds."""
        self._task = asyncio.create_task(self._look())

    async def stop(self) -> None:
        """Looks no more."""
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _look(self) -> None:
        looks = 0
        while True:
            try:
                left = await asyncio.to_thread(
                    reading, self._engine, lambda connection: unanswered.left_behind(connection, _MOST)
                )
                for conversation in left:
                    self._runner.run(conversation)
                await self._uploads.finish_left()
                if looks % _SWEEPS_EVERY == 0:
                    await self._uploads.sweep()
                looks += 1
            except Exception as error:
                _logger.warning("recovery.cannot_look", reason=in_code(error))
            await asyncio.sleep(LOOKS_EVERY)
