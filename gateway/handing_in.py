"""A whole file becomes evidence: looked at and kept by `buyer_protection.evidence`, off the loop, a few at once."""

from __future__ import annotations

import asyncio
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Final, TypeVar

from sqlalchemy.engine import Engine

from buyer_protection.disputes import Refused
from buyer_protection.disputes.transactions import reading
from buyer_protection.evidence import Limits, Receipt, Scanner, Store, hand_in, rescan, sweep_spool
from buyer_protection.evidence.rescanning import Tell
from buyer_protection.responses import text
from buyer_protection.settings import Settings
from gateway.claim_at import claim_at
from gateway.conversations import conversation_of
from gateway.errors import ERRORS, Code, GatewayError

T = TypeVar("T")

#: Files that are looked at at once by one process: each look is a process of its own with memory of its own.
MOST_LOOKS: Final = 4
#: The words for each reason; for any other those that name none.
_WORDS: Final = {
    "empty": "utter_file_refused_empty",
    "too_large": "utter_file_refused_too_large",
    "not_photo_or_video": "utter_file_refused_not_photo_or_video",
    "two_kinds": "utter_file_refused_two_kinds",
    "damaged": "utter_file_refused_damaged",
    "infected": "utter_file_refused_infected",
    "too_many_pixels": "utter_file_refused_too_many_pixels",
    "too_many_files": "utter_file_refused_too_many_files",
    "too_many_bytes": "utter_file_refused_too_many_bytes",
    "too_many_today": "utter_file_refused_too_many_today",
    "closed": "utter_file_refused_closed",
    "dispute_opened": "utter_file_refused_dispute_opened",
}


class FileRefused(GatewayError):
    """A file that is not taken; the message is for the buyer."""

    def __init__(self, code: str, name: str = "") -> None:
        known: Code = code if code in ERRORS else "not_accepted"  # type: ignore[assignment]
        super().__init__(known, in_words(code, name))
        self.status = 422


class HandingIn:
    """Hands files in, for one gateway process."""

    def __init__(self, engine: Engine, known: Settings) -> None:
        self._engine, self._known = engine, known
        self.limits: Final = Limits.of(known)
        self._scanner = Scanner.of(known)
        self._looks = asyncio.Semaphore(MOST_LOOKS)

    @cached_property
    def store(self) -> Store:
        """Where evidence is kept; opened when it is first needed, in a thread."""
        return Store.of(self._known)

    async def hand_in(self, path: Path, *, buyer_id: str, name: str, channel: str, now: datetime) -> Receipt | Refused:
        """What becomes of a file that lies at a path. Raises OSError, and what the database raises."""
        async with self._looks:
            return await asyncio.to_thread(self._hand_in, path, buyer_id, name, channel, now)

    async def sweep(self, now: datetime) -> None:
        """Removes copies that a process left behind that was killed while it looked at them."""
        await asyncio.to_thread(lambda: sweep_spool(self.store.spool, now))

    async def rescan(self, now: datetime, tell: Tell[T]) -> list[T]:
        """Asks the scanner, if there is one, about files that it has not answered about; see `rescan`."""
        if self._scanner is None:
            return []
        _, told = await asyncio.to_thread(rescan, self._engine, self.store, self._scanner, now=now, tell=tell)
        return told

    def _hand_in(self, path: Path, buyer_id: str, name: str, channel: str, now: datetime) -> Receipt | Refused:
        conversation = conversation_of(buyer_id)
        at = reading(self._engine, lambda connection: claim_at(connection, conversation))
        return hand_in(
            self._engine,
            self.store,
            buyer_id=buyer_id,
            path=path,
            original_name=name,
            channel=channel,
            actor=buyer_id,
            now=now,
            at=at,
            limits=self.limits,
            scanner=self._scanner,
        )


def in_words(code: str, name: str) -> str:
    """Why a file was not taken, for the buyer."""
    return text(response_of(code), name=name or text("utter_this_file"))


def response_of(code: str) -> str:
    """The name of the response that says why a file was not taken."""
    return _WORDS.get(code, "utter_file_refused")
