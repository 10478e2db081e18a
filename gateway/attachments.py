"""Files that came with messages: fetched before the turn, kept under a name of ours, and not counted as anything yet.

A message's row names them as the channel does; the bytes come later, so that the channel never waits for them. What
could not be fetched is tried again with the turn for a while, and then said to be lost.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import secrets
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, BinaryIO, Final, Protocol

import structlog
from sqlalchemy.engine import Connection

from buyer_protection.evidence.files import rename
from buyer_protection.failpoints import reach
from buyer_protection.logs import in_code
from gateway import inbox
from gateway.inbox import Message
from gateway.posting import NoAnswer
from gateway.writer import Writer

TOO_LARGE, LOST = "too_large", "lost"
#: Bytes of one file; also the most that Telegram gives to bots.
LARGEST_FILE: Final = 20 * 1024 * 1024
#: Seconds for one file in one try.
FETCH_WITHIN: Final = 20.0
#: Seconds after a message came in which its files are tried again; then they are lost, and the turn goes on.
TRIED_FOR: Final = 90.0

_logger = structlog.get_logger(__name__)


class FileGone(Exception):
    """A file that will never come; `problem` is `TOO_LARGE` or `LOST`."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


class FileAway(Exception):
    """A file that did not come this time."""


class Source(Protocol):
    """A channel that files can be fetched from."""

    def read(self, native_id: str) -> AsyncIterator[bytes]:
        """The bytes of a file. Raises FileGone or FileAway."""


class Attachments:
    """Fetches the files of messages into a folder."""

    def __init__(self, writer: Writer, folder: Path) -> None:
        self._writer, self._folder = writer, folder
        #: For each channel that files come from, where they are fetched.
        self.sources: dict[str, Source] = {}

    async def fetch(self, messages: list[Message]) -> list[Message]:
        """The messages with what became of their files, which is written down: `stored_as`, or a `problem`.

        Raises NoAnswer if a file did not come and may come later.
        """
        return [await self._fetch_of(message) if _is_open(message) else message for message in messages]

    async def _fetch_of(self, message: Message) -> Message:
        files = [await self._fetched(message, number, file) for number, file in enumerate(message.files)]

        def write(connection: Connection) -> None:
            inbox.keep_files(connection, message.id, files)

        await self._writer.write(write)
        reach("gateway.files_kept")
        if any("problem" not in file and "stored_as" not in file for file in files):
            raise NoAnswer("file_away")
        return replace(message, files=files)

    async def _fetched(self, message: Message, number: int, file: dict[str, Any]) -> dict[str, Any]:
        source = self.sources.get(message.channel)
        if "problem" in file or "stored_as" in file:
            return file
        try:
            if source is None:
                raise FileAway
            kept = await asyncio.wait_for(self._keep(source, file["native_id"], _name(message, number)), FETCH_WITHIN)
            return {**file, **kept}
        except FileGone as gone:
            return {**file, "problem": gone.problem}
        except (FileAway, asyncio.TimeoutError, OSError) as error:
            waited = (datetime.now(timezone.utc) - message.received_at).total_seconds()
            _logger.warning("file.not_fetched", turn=message.turn_id, trace=message.trace, reason=in_code(error))
            return {**file, "problem": LOST} if waited > TRIED_FOR else file

    async def _keep(self, source: Source, native_id: str, name: str) -> dict[str, Any]:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = self._folder / f"{name}.{secrets.token_hex(4)}.part"
        digest, size = hashlib.sha256(), 0
        try:
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
                async for chunk in source.read(native_id):
                    size += len(chunk)
                    if size > LARGEST_FILE:
                        raise FileGone(TOO_LARGE)
                    digest.update(chunk)
                    await asyncio.to_thread(target.write, chunk)
                await asyncio.to_thread(_settle, target, draft, self._folder / name)
        finally:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
        return {"stored_as": name, "size": size, "sha256": digest.hexdigest()}


def _settle(target: BinaryIO, draft: Path, lasting: Path) -> None:
    """Gives what was written its lasting name, on the disk for sure."""
    target.flush()
    os.fsync(target.fileno())
    rename(draft, lasting)


def _name(message: Message, number: int) -> str:
    """A name of ours: the same when the file is fetched again, so that nothing is left over."""
    return f"{message.turn_id}-{number}"


def _is_open(message: Message) -> bool:
    return any("problem" not in file and "stored_as" not in file for file in message.files)
