"""Which files this process is receiving: each from one request only, and each with one of its buyer's places.

Who sends the same file again goes on instead of the request before, whose connection may be long dead.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

from gateway.errors import GatewayError
from gateway.upload_places import UploadPlaces

#: Seconds that a request has to let go of its file.
LETS_GO_WITHIN: Final = 5.0
_AGAIN_AFTER: Final = 1


@dataclass(eq=False)
class _Request:
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    gone: asyncio.Event = field(default_factory=asyncio.Event)


class UnderWay:
    """The files that are being received here."""

    def __init__(self, places: UploadPlaces) -> None:
        self._places = places
        self._requests: dict[str, _Request] = {}

    @property
    def names(self) -> frozenset[str]:
        """The names of the files."""
        return frozenset(self._requests)

    @asynccontextmanager
    async def receiving(self, buyer_id: str, name: str) -> AsyncIterator[asyncio.Event]:
        """Inside, a file is this request's alone, until the event is set. Raises GatewayError."""
        await self.let_go(name)
        mine = self._requests[name] = _Request()
        try:
            async with self._places.one_of(buyer_id):
                yield mine.stop
        finally:
            del self._requests[name]
            mine.gone.set()

    async def let_go(self, name: str) -> None:
        """Ends the request that receives a file, if there is one. Raises GatewayError where it does not end."""
        while (other := self._requests.get(name)) is not None:
            other.stop.set()
            try:
                await asyncio.wait_for(other.gone.wait(), LETS_GO_WITHIN)
            except asyncio.TimeoutError:
                raise GatewayError("busy", seconds=_AGAIN_AFTER) from None

    def end_all(self) -> None:
        """Lets go of everything: this process ends, and who sends goes on with the next one."""
        for request in self._requests.values():
            request.stop.set()
