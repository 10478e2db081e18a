"""Files that come in parts: each goes on where it broke off, is seen by nobody before it is whole, and then becomes
evidence and a message of the buyer's conversation.

A file that was whole when its process died is found by `sweep`, as is one whose time is over.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import datetime, timezone
from hmac import compare_digest
from io import FileIO
from typing import Any, Final

import structlog
from sqlalchemy.engine import Connection, Engine

from buyer_protection.disputes import Refused
from buyer_protection.disputes.transactions import hold_buyer, reading
from buyer_protection.failpoints import reach
from buyer_protection.logs import in_code
from gateway import upload_rows
from gateway.channels.channel import Incoming
from gateway.errors import GatewayError
from gateway.handing_in import HandingIn
from gateway.partials import Locked, Partials
from gateway.pouring import TooMuch, pour
from gateway.receipts import message_of
from gateway.tus import Checksum
from gateway.under_way import UnderWay
from gateway.upload_quota import UploadQuota
from gateway.upload_rows import LIVES, Upload
from gateway.writer import Writer

#: Unfinished files of one buyer, and their bytes; the oldest makes room for a new one.
MOST_OPEN: Final = 10
_MOST: Final = 50

_logger = structlog.get_logger(__name__)


class Uploads:
    """The uploads of one gateway process; `take` keeps a message and has it answered."""

    def __init__(
        self,
        engine: Engine,
        writer: Writer,
        partials: Partials,
        handing_in: HandingIn,
        take: Callable[[Incoming], Awaitable[Any]],
        under_way: UnderWay,
        quota: UploadQuota,
    ) -> None:
        self._engine, self._writer, self._partials = engine, writer, partials
        self._handing_in, self._take, self._quota = handing_in, take, quota
        self._most_bytes = handing_in.limits.most_bytes
        self.under_way: Final = under_way

    async def create(self, *, buyer_id: str, length: int, name: str, vouched: Mapping[str, Any]) -> Upload:
        """A new upload. Raises GatewayError where all that could make room is under way, and QuotaReached."""
        now = _now()
        await asyncio.to_thread(self._quota.count, buyer_id, size=length)

        def write(connection: Connection) -> tuple[Upload, list[str]]:
            hold_buyer(connection, buyer_id)  # two that begin at once would each see the place of the other empty
            gone = self._make_room(upload_rows.open_of(connection, buyer_id, now), length)
            for other in gone:
                upload_rows.remove(connection, other)
            added = upload_rows.add(connection, buyer_id=buyer_id, length=length, name=name, vouched=vouched, now=now)
            return added, gone

        upload, gone = await self._writer.write(write)
        for other in gone:
            await asyncio.to_thread(self._partials.remove, other)
        return upload

    async def find(self, buyer_id: str, name: str) -> Upload:
        """A buyer's upload. Raises GatewayError, the same for another's, a finished time and a name that never was."""
        now = _now()
        if not upload_rows.is_name(name):
            raise GatewayError("not_found")
        found = await asyncio.to_thread(
            reading, self._engine, lambda connection: upload_rows.find(connection, buyer_id, name, now)
        )
        if found is None:
            raise GatewayError("not_found")
        return found

    async def offset(self, upload: Upload) -> int:
        """How many bytes of a file have come."""
        return upload.length if upload.is_over else await asyncio.to_thread(self._partials.size, upload.id)

    async def receive(
        self, upload: Upload, offset: int, chunks: AsyncIterator[bytes], checksum: Checksum | None = None
    ) -> tuple[Upload, int]:
        """Takes more bytes, which begin at `offset`; the upload as it is then, and how far it has come.

        With a checksum they are all taken or none, also if the connection breaks or this process is killed meanwhile.
        Raises GatewayError (`wrong_offset`, `wrong_checksum`, `too_large`, `busy`), Stopped, OSError, and what `chunks`
        raises.
        """
        file = await self._opened(upload)
        try:
            upload = await self.find(upload.buyer_id, upload.id)
            come = await self.offset(upload)
            if come != offset:
                raise GatewayError("wrong_offset", headers={"Upload-Offset": str(come)})
            if not upload.is_over:
                come += await self._pour(file, chunks, upload, come, checksum)
                await asyncio.to_thread(_settle, file)
                reach("gateway.upload_received")
            if come == upload.length and not upload.is_over:
                upload = await self._finish(upload)
            return upload, come
        finally:
            await asyncio.to_thread(file.close)

    async def remove(self, upload: Upload) -> None:
        """Forgets an upload and its bytes; what became evidence stays that."""
        await self.under_way.let_go(upload.id)
        await self._writer.write(lambda connection: upload_rows.remove(connection, upload.id))
        await asyncio.to_thread(self._partials.remove, upload.id)

    async def finish_left(self) -> None:
        """Finishes what was whole when its process died."""
        now = _now()
        left = await asyncio.to_thread(
            reading, self._engine, lambda connection: upload_rows.all_open(connection, now, _MOST)
        )
        for upload in left:
            if upload.id not in self.under_way.names and await self.offset(upload) == upload.length:
                await self._finish_alone(upload)

    async def sweep(self) -> None:
        """Throws away what is over its time, and bytes that belong to nothing."""
        now = _now()
        over = await asyncio.to_thread(
            reading, self._engine, lambda connection: upload_rows.expired(connection, now, _MOST)
        )
        for upload in over:
            await self.remove(upload)
        for name in await asyncio.to_thread(self._partials.forgotten, LIVES.total_seconds()):
            await asyncio.to_thread(self._partials.remove, name)
        await asyncio.to_thread(self._quota.sweep)
        await self._handing_in.sweep(now)

    def _make_room(self, before: list[Upload], length: int) -> list[str]:
        """The names of unfinished uploads that a new one takes the place of, the oldest first."""
        many, size, gone = len(before) + 1, sum(upload.length for upload in before) + length, []
        for upload in before:
            if many <= MOST_OPEN and size <= self._most_bytes:
                break
            if upload.id not in self.under_way.names:
                gone.append(upload.id)
                many, size = many - 1, size - upload.length
        if many > MOST_OPEN or size > self._most_bytes:
            raise GatewayError("too_many_uploads")
        return gone

    async def _opened(self, upload: Upload) -> FileIO:
        try:
            return await asyncio.to_thread(self._partials.opened, upload.id)
        except Locked:
            raise GatewayError("busy") from None

    async def _pour(
        self, file: FileIO, chunks: AsyncIterator[bytes], upload: Upload, begin: int, checksum: Checksum | None
    ) -> int:
        most = upload.length - begin
        try:
            if checksum is None:
                return await pour(chunks, file, most)
            with self._partials.unproven(upload.id, file, begin) as proven:
                digest = hashlib.new(checksum.algorithm)
                come = await pour(_digested(chunks, digest), file, most)
                if not compare_digest(digest.digest(), checksum.expected):
                    raise GatewayError("wrong_checksum", headers={"Upload-Offset": str(begin)})
                await asyncio.to_thread(_settle, file)
                proven()
                return come
        except TooMuch:
            # Whoever sends more than was said has counted wrong from the beginning: nothing of it is kept.
            await asyncio.to_thread(file.truncate, begin)
            raise GatewayError("too_large") from None

    async def _finish(self, upload: Upload) -> Upload:
        """Makes evidence and a message of a whole file; done again after a crash, it comes to the same."""
        path = self._partials.path(upload.id)
        came = await self._handing_in.hand_in(
            path, buyer_id=upload.buyer_id, name=upload.name, channel="widget", now=_now()
        )
        reach("gateway.upload_handed_in")
        error, receipt = (came.code, None) if isinstance(came, Refused) else ("", came.to_dict())
        if receipt is not None:
            await self._take(message_of(receipt, upload.buyer_id, upload.vouched))
        await self._writer.write(
            lambda connection: upload_rows.finish(connection, upload.id, receipt=receipt, error=error)
        )
        await asyncio.to_thread(self._partials.remove, upload.id)
        return await self.find(upload.buyer_id, upload.id)

    async def _finish_alone(self, upload: Upload) -> None:
        try:
            file = await self._opened(upload)
        except GatewayError:
            return
        try:
            await self._finish(upload)
        except Exception as error:
            _logger.warning("upload.not_finished", reason=in_code(error))
        finally:
            await asyncio.to_thread(file.close)


async def _digested(chunks: AsyncIterator[bytes], digest: Any) -> AsyncIterator[bytes]:
    async for chunk in chunks:
        digest.update(chunk)
        yield chunk


def _settle(file: FileIO) -> None:
    os.fsync(file.fileno())


def _now() -> datetime:
    return datetime.now(timezone.utc)
