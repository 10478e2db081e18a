"""What looks again and again for something to do, in this process, until it is stopped."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from contextlib import suppress
from typing import ClassVar

import structlog

from buyer_protection.logs import in_code

_logger = structlog.get_logger(__name__)


class Looking(ABC):
    """Looks at once, then every `every` seconds; a look that fails is logged as `complaint`, and the next comes."""

    every: ClassVar[float]
    complaint: ClassVar[str]

    _looking: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begins to look."""
        self._looking = asyncio.create_task(self._look())

    async def stop(self) -> None:
        """Looks no more; what was found and not done is found again by the next process."""
        if self._looking:
            self._looking.cancel()
            with suppress(asyncio.CancelledError):
                await self._looking

    @abstractmethod
    async def look(self) -> None:
        """One look, with all that follows from it; it may raise anything."""

    async def _look(self) -> None:
        while True:
            try:
                await self.look()
            except Exception as error:
                _logger.warning(self.complaint, reason=in_code(error))
            await asyncio.sleep(self.every)
