"""Finds what was left behind: messages and files that a process took and did not live to finish."""

from __future__ import annotations

import asyncio
from typing import Final

from sqlalchemy.engine import Engine

from buyer_protection.disputes.transactions import reading
from gateway import unanswered
from gateway.looking import Looking
from gateway.runner import Runner
from gateway.uploads import Uploads

_MOST: Final = 50
#: Looks between two sweeps of uploads whose time is over.
_SWEEPS_EVERY: Final = 30


class Recovery(Looking):
    """Runs what nobody runs."""

    # A lease is free five seconds after its holder died.
    every = 2.0
    complaint = "recovery.cannot_look"

    def __init__(self, engine: Engine, runner: Runner, uploads: Uploads) -> None:
        self._engine, self._runner, self._uploads = engine, runner, uploads
        self._looks = 0

    async def look(self) -> None:
        """Messages and files that nobody finishes; now and then, uploads whose time is over."""
        left = await asyncio.to_thread(
            reading, self._engine, lambda connection: unanswered.left_behind(connection, _MOST)
        )
        for conversation in left:
            self._runner.run(conversation)
        await self._uploads.finish_left()
        if self._looks % _SWEEPS_EVERY == 0:
            await self._uploads.sweep()
        self._looks += 1
