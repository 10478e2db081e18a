"""Bytes from the network into a file, a little at a time, so that a large file never stands in memory."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from io import FileIO
from typing import Final

#: Bytes that are gathered before the disk is asked.
GATHERED: Final = 256 * 1024


class TooMuch(Exception):
    """More bytes came than may."""


class Stopped(Exception):
    """Somebody else goes on with this, or this process ends."""


async def pour(chunks: AsyncIterator[bytes], file: FileIO, most: int) -> int:
    """Writes what comes to a file; the bytes written.

    Raises TooMuch after `most` bytes, OSError, and what `chunks` raises; what had come by then is written.
    """
    held, came = bytearray(), 0
    try:
        async for chunk in chunks:
            came += len(chunk)
            if came > most:
                raise TooMuch
            held += chunk
            if len(held) >= GATHERED:
                ready, held = bytes(held), bytearray()
                await asyncio.to_thread(_write, file, ready)
    finally:
        await asyncio.to_thread(_write, file, bytes(held))
    return came


async def until(chunks: AsyncIterator[bytes], stop: asyncio.Event) -> AsyncIterator[bytes]:
    """The same chunks, until they end or somebody says stop. Raises Stopped."""
    iterator = chunks.__aiter__()
    stopping = asyncio.ensure_future(stop.wait())
    try:
        while True:
            coming = asyncio.ensure_future(iterator.__anext__())
            try:
                await asyncio.wait({coming, stopping}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                if not coming.done():
                    coming.cancel()
            if not coming.done():
                raise Stopped
            try:
                yield coming.result()
            except StopAsyncIteration:
                return
    finally:
        stopping.cancel()


def _write(file: FileIO, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[file.write(rest) or 0 :]
