"""Three places for one buyer's files, over all gateways: leases, which a gateway that dies loses within seconds."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final

import structlog
from sqlalchemy.engine import Connection

from buyer_protection.logs import in_code
from gateway import leases
from gateway.errors import GatewayError
from gateway.leases import Lease
from gateway.writer import Writer

#: Files of one buyer that come at once, wherever they come.
MOST_AT_ONCE: Final = 3
_AGAIN_AFTER: Final = 1

_logger = structlog.get_logger(__name__)


class UploadPlaces:
    """The places, as one gateway takes them; `holder` is what it calls itself in a lease."""

    def __init__(self, writer: Writer, holder: str) -> None:
        self._writer, self._holder = writer, holder

    @asynccontextmanager
    async def one_of(self, buyer_id: str) -> AsyncIterator[None]:
        """Inside, a file of a buyer has a place. Raises GatewayError where there is none, and the database's errors."""
        lease = await self._writer.write(lambda connection: self._take(connection, buyer_id))
        if lease is None:
            raise GatewayError("too_many_uploads", seconds=_AGAIN_AFTER)
        keeping = asyncio.create_task(self._keep(lease))
        try:
            yield
        finally:
            keeping.cancel()
            await self._give_back(lease)

    def _take(self, connection: Connection, buyer_id: str) -> Lease | None:
        for number in range(MOST_AT_ONCE):
            lease = leases.take(connection, f"upload:{buyer_id}:{number}", self._holder)
            if lease is not None:
                return lease
        return None

    async def _keep(self, lease: Lease) -> None:
        """Renews a place for as long as it is taken: a large file takes minutes."""
        while True:
            await asyncio.sleep(leases.RENEWED_EVERY)
            with suppress(Exception):  # the database is away for a moment: the next renewal may be in time
                await self._writer.write(lambda connection: leases.renew(connection, lease))

    async def _give_back(self, lease: Lease) -> None:
        try:
            await asyncio.shield(self._writer.write(lambda connection: leases.give_back(connection, lease)))
        except Exception as error:
            _logger.warning("upload_place.not_given_back", reason=in_code(error))  # it is free in seconds all the same
