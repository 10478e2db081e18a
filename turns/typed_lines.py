"""Lines typed at a terminal or sent through a pipe, read without keeping a process alive that wants to end."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Iterator
from queue import Empty, SimpleQueue
from typing import Final

_LOOK_AGAIN: Final = 0.05


class TypedLines:
    """The lines of standard input, each after a prompt; what comes through a pipe is shown as if it had been typed."""

    def __init__(self, prompt: str) -> None:
        self._prompt = prompt
        self._lines: SimpleQueue[str | None] = SimpleQueue()
        # Not a thread of a pool, which is waited for at the end, and not `sys.stdin`, which cannot be closed meanwhile.
        threading.Thread(target=self._read, daemon=True).start()

    async def asked(self) -> str | None:
        """The next line without its end, while other work goes on; None when there are no more."""
        print(self._prompt, end="", flush=True)
        while True:
            try:
                return self._shown(self._lines.get_nowait())
            except Empty:
                await asyncio.sleep(_LOOK_AGAIN)

    def __iter__(self) -> Iterator[str]:
        """The lines until there are no more."""
        while True:
            print(self._prompt, end="", flush=True)
            line = self._shown(self._lines.get())
            if line is None:
                return
            yield line

    def _shown(self, line: str | None) -> str | None:
        if line is None or not sys.stdin.isatty():
            print("" if line is None else line, flush=True)
        return line

    def _read(self) -> None:
        for line in _lines_of(sys.stdin.fileno()):
            self._lines.put(line)
        self._lines.put(None)


def _lines_of(descriptor: int) -> Iterator[str]:
    rest = b""
    while chunk := os.read(descriptor, 65536):
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            yield line.decode("utf-8", errors="replace").rstrip("\r")
    if rest:
        yield rest.decode("utf-8", errors="replace")
