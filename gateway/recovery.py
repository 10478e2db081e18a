"""Finds what was left behind: messages and files that a process took and did not live to finish."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import datetime, timezone
from typing import Final

import structlog
from sqlalchemy.engine import Engine

from buyer_protection.disputes.transactions import reading
from buyer_protection.logs import in_code
from gateway import unanswered
from gateway.handing_in import HandingIn
from gateway.runner import Runner
from gateway.uploads import Uploads

#: Seconds between two looks; a lease is free five seconds after its holder died.
LOOKS_EVERY: Final = 2.0
_MOST: Final = 50
#: Seconds between two times that a virus scanner is asked about what it has not answered about.
SCANS_EVERY: Final = 10.0
#: Looks between two sweeps of uploads whose time is over.
_SWEEPS_EVERY: Final = 30

_logger = structlog.get_logger(__name__)


class Recovery:
    """Runs what nobody runs."""

    def __init__(self, engine: Engine, runner: Runner, uploads: Uploads, handing_in: HandingIn) -> None:
        self._engine, self._runner, self._uploads, self._handing_in = engine, runner, uploads, handing_in
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Looks at once, and then every few seconds."""
        # A scanner takes its time; nobody's message waits for it.
        self._tasks = [asyncio.create_task(self._look()), asyncio.create_task(self._scan())]

    async def stop(self) -> None:
        """Looks no more."""
        for task in self._tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

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

    async def _scan(self) -> None:
        while True:
            try:
                await self._handing_in.rescan(datetime.now(timezone.utc))
            except Exception as error:
                _logger.warning("recovery.cannot_scan", reason=in_code(error))
            await asyncio.sleep(SCANS_EVERY)
