"""A wire between two parts that can fail as networks do: a TCP proxy on loopback, in a thread of its own.

It is put between the gateway and Rasa, Rasa and the action server, or any of them and PostgreSQL.
"""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
from collections.abc import Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

#: Bytes that are passed on at once.
_PIECE: Final = 16 * 1024
#: What a socket is told so that closing it resets the connection.
_RESET: Final = struct.pack("ii", 1, 0)


class Proxy:
    """A port of loopback whose connections end at `target`: a port of loopback, or a socket in the file system.

    Used as a context: it listens inside. Each fault holds until `mend`, and every method may be called from any thread.
    """

    def __init__(self, target: int | Path) -> None:
        self.target = target
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._server: asyncio.base_events.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._delay = 0.0
        self._bytes_each_second = 0
        self._drop_after: int | None = None
        self._is_half_open = False
        #: How many connections were made through it.
        self.connections = 0
        self.port = 0

    def __enter__(self) -> Proxy:
        self._thread.start()
        self._run(self._listen())
        return self

    def __exit__(self, *_: object) -> None:
        self._run(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def cut(self) -> None:
        """Nobody gets through: connections are reset, and new ones are refused."""
        self._run(self._close())

    def reset(self) -> None:
        """Resets the connections of this moment; new ones get through."""
        self._run(self._reset())

    def delay(self, seconds: float) -> None:
        """Everything arrives so much later, in both directions."""
        self._delay = seconds

    def half_open(self) -> None:
        """Connections stay and new ones are taken, and nothing gets through: the other side seems to think."""
        self._is_half_open = True

    def drop_after(self, count: int) -> None:
        """Each connection is reset once so many more bytes came back through it."""
        self._drop_after = count

    def slow(self, bytes_each_second: int) -> None:
        """No more than so many bytes get through in a second, in each direction of each connection."""
        self._bytes_each_second = bytes_each_second

    def mend(self) -> None:
        """All is well for new connections; those that hung are reset."""
        hung = self._is_half_open
        self._delay, self._bytes_each_second, self._drop_after, self._is_half_open = 0.0, 0, None, False
        if hung:
            self._run(self._reset())
        self._run(self._listen())

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _listen(self) -> None:
        if self._server is None:
            self._server = await asyncio.start_server(self._carry, "127.0.0.1", self.port)
            self.port = self._server.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        if self._server:
            self._server.close()
            self._server = None
        await self._reset()

    async def _reset(self) -> None:
        for writer in list(self._open):
            _reset(writer)

    async def _carry(self, near_reader: asyncio.StreamReader, near: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._open.add(near)
        try:
            if isinstance(self.target, Path):
                far_reader, far = await asyncio.open_unix_connection(str(self.target))
            else:
                far_reader, far = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            self._open.discard(near)
            _reset(near)
            return
        self._open.add(far)
        there = asyncio.ensure_future(self._pass(near_reader, far, None))
        back = asyncio.ensure_future(self._pass(far_reader, near, near))
        await asyncio.wait({there, back}, return_when=asyncio.FIRST_COMPLETED)
        # One side has ended: what the other still had to say is said, unless it hangs.
        await asyncio.wait({there, back}, timeout=0.2)
        for task, writer in ((there, far), (back, near)):
            task.cancel()
            self._open.discard(writer)
            with suppress(OSError, RuntimeError):
                writer.close()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, counted: object) -> None:
        passed = 0
        with suppress(OSError):
            while piece := await reader.read(self._bytes_each_second // 10 or _PIECE):
                while self._is_half_open:
                    await asyncio.sleep(0.05)
                if self._delay:
                    await asyncio.sleep(self._delay)
                if self._bytes_each_second:
                    await asyncio.sleep(len(piece) / self._bytes_each_second)
                if counted and self._drop_after is not None and passed + len(piece) > self._drop_after:
                    writer.write(piece[: max(0, self._drop_after - passed)])
                    await writer.drain()
                    _reset(writer)
                    return
                passed += len(piece)
                writer.write(piece)
                await writer.drain()
            if writer.can_write_eof():
                writer.write_eof()


def _reset(writer: asyncio.StreamWriter) -> None:
    with suppress(OSError, RuntimeError):
        known = writer.get_extra_info("socket")
        if known is not None and known.family == socket.AF_INET:
            known.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    writer.transport.abort()
