"""Files that came with messages: fetched before the turn, and handed in as evidence as all files are.

A message's row names them as the channel does; the bytes come later, so that the channel never waits for them. What
could not be fetched is tried again with the turn for a while, and then said to be lost.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timezone
from typing import Any, Final, Protocol

import structlog
from sqlalchemy.engine import Connection

from buyer_protection.disputes import Refused
from buyer_protection.failpoints import reach
from buyer_protection.logs import in_code
from gateway import inbox
from gateway.handing_in import HandingIn
from gateway.inbox import Message
from gateway.meaning import EVIDENCE_ID
from gateway.partials import Partials
from gateway.posting import NoAnswer
from gateway.pouring import TooMuch, pour
from gateway.receipts import kept_of
from gateway.upload_quota import QuotaReached, UploadQuota
from gateway.upload_rows import new_name
from gateway.writer import Writer

#: Why a file did not come: the channel does not give so large ones, or does not have it any more.
TOO_LARGE, LOST = "over_channel", "lost"
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
    """Fetches the files of messages and hands them in."""

    def __init__(self, writer: Writer, partials: Partials, handing_in: HandingIn, quota: UploadQuota) -> None:
        self._writer, self._partials, self._handing_in, self._quota = writer, partials, handing_in, quota
        #: For each channel that files come from, where they are fetched.
        self.sources: dict[str, Source] = {}

    async def fetch(self, messages: list[Message]) -> list[Message]:
        """The messages with what became of their files, which is written down: `evidence_id`, or a `problem`.

        Raises NoAnswer if a file did not come and may come later.
        """
        return [await self._fetch_of(message) if _is_open(message) else message for message in messages]

    async def _fetch_of(self, message: Message) -> Message:
        files = [await self._fetched(message, file) for file in message.files]

        def write(connection: Connection) -> None:
            inbox.keep_files(connection, message.id, files)

        await self._writer.write(write)
        reach("gateway.files_kept")
        if not all(_is_settled(file) for file in files):
            raise NoAnswer("file_away")
        return replace(message, files=files)

    async def _fetched(self, message: Message, file: dict[str, Any]) -> dict[str, Any]:
        source = self.sources.get(message.channel)
        if _is_settled(file):
            return file
        try:
            if source is None:
                raise FileAway
            return {**file, **await self._handed_in(source, message, file)}
        except FileGone as gone:
            return {**file, "problem": gone.problem}
        except (FileAway, asyncio.TimeoutError, OSError) as error:
            waited = (datetime.now(timezone.utc) - message.received_at).total_seconds()
            _logger.warning("file.not_fetched", turn=message.turn_id, trace=message.trace, reason=in_code(error))
            return {**file, "problem": LOST} if waited > TRIED_FOR else file

    async def _handed_in(self, source: Source, message: Message, file: dict[str, Any]) -> dict[str, Any]:
        """What became of a file; fetched again after a crash, it is the evidence that it was."""
        part = new_name()
        target = await asyncio.to_thread(self._partials.opened, part)
        try:
            size = await asyncio.wait_for(pour(source.read(file["native_id"]), target, LARGEST_FILE), FETCH_WITHIN)
            await asyncio.to_thread(self._quota.count, message.buyer_id, size=size)
            came = await self._handing_in.hand_in(
                self._partials.path(part),
                buyer_id=message.buyer_id,
                name=file.get("name") or str(file["kind"]),
                channel=message.channel,
                now=datetime.now(timezone.utc),
            )
        except TooMuch:
            raise FileGone(TOO_LARGE) from None
        except QuotaReached:
            return {"problem": "too_many_today"}
        finally:
            await asyncio.to_thread(self._partials.remove, part)
            await asyncio.to_thread(target.close)
        return {"problem": came.code} if isinstance(came, Refused) else kept_of(came.to_dict())


def _is_open(message: Message) -> bool:
    return not all(_is_settled(file) for file in message.files)


def _is_settled(file: dict[str, Any]) -> bool:
    return "problem" in file or EVIDENCE_ID in file
