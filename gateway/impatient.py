"""Connections on which a request does not come to its end in time are closed: half a request is no reason to stay.

A file takes longer than a message; it has time for as long as it comes, at a least rate.

uvicorn waits for the rest of a request for ever; it has a limit only for the silence between two requests.
"""

from __future__ import annotations

import asyncio
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

#: Seconds that a request may take to arrive, from the connection or its first byte to its last one.
ARRIVES_WITHIN: Final = 10.0
#: Bytes of a file that must come in that time, each time anew; and where files come.
LEAST: Final = 16 * 1024
_FILES: Final = ("/widget/uploads", "/widget/evidence")


class Impatient(HttpToolsProtocol):
    """uvicorn's protocol, with an end to waiting for a request."""

    _ends: asyncio.TimerHandle | None = None
    _came = 0

    def connection_made(self, transport: Any) -> None:
        """Begins to wait for the first request."""
        super().connection_made(transport)
        self._wait()

    def on_message_begin(self) -> None:
        """Begins to wait for the rest of a request."""
        super().on_message_begin()
        self._came = 0
        self._wait()

    def on_body(self, body: bytes) -> None:
        """Begins to wait anew for a file that comes, and that somebody still wants."""
        super().on_body(body)
        self._came += len(body)
        if self._came >= LEAST and self.scope["path"].startswith(_FILES) and not self.cycle.response_complete:
            self._came = 0
            self._wait()

    def on_message_complete(self) -> None:
        """The request is there."""
        self._wait_no_more()
        super().on_message_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody sends anything any more."""
        self._wait_no_more()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._wait_no_more()
        self._ends = self.loop.call_later(ARRIVES_WITHIN, self.transport.close)

    def _wait_no_more(self) -> None:
        if self._ends is not None:
            self._ends.cancel()
            self._ends = None
