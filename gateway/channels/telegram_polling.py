"""Fetches updates from Telegram where it cannot reach us: on a laptop. One process does, none is skipped."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Final

import structlog

from buyer_protection.failpoints import reach
from buyer_protection.logs import in_code
from gateway import leases
from gateway.channels.telegram_api import CALL_WITHIN, TelegramApi, TelegramAway, TelegramError
from gateway.channels.telegram_updates import number_of
from gateway.holding import while_held
from gateway.leases import Lease, LeaseLost
from gateway.writer import Writer

LEASE: Final = "telegram:polling"
#: Seconds that Telegram keeps the line open until something happens.
LONG_POLL: Final = 20
ALLOWED: Final = ("message", "edited_message", "callback_query")
#: Seconds until the next try, while Telegram, the database or the lease cannot be had.
_AGAIN: Final = (1.0, 2.0, 5.0, 10.0)
_LOOK_AGAIN: Final = 3.0

_logger = structlog.get_logger(__name__)


class Polling:
    """Hands each update to `take`; it is confirmed to Telegram with the next call, once `take` has kept it."""

    def __init__(self, writer: Writer, api: TelegramApi, take: Callable[[Any], Awaitable[None]], holder: str) -> None:
        self._writer, self._api, self._take, self._holder = writer, api, take, holder
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begins to fetch, or to wait until the process that does has gone."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Fetches no more; what was not confirmed comes again to whoever fetches next."""
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _run(self) -> None:
        while True:
            try:
                lease = await self._writer.write(lambda connection: leases.take(connection, LEASE, self._holder))
                if lease:
                    await self._hold(lease)
            except Exception as error:
                _logger.warning("telegram.not_polling", reason=in_code(error))
            await asyncio.sleep(_LOOK_AGAIN)

    async def _hold(self, lease: Lease) -> None:
        """Fetches as long as the lease is ours."""
        try:
            await while_held(self._writer, lease, self._fetch())
        except LeaseLost:
            return
        finally:
            with suppress(Exception):
                await asyncio.shield(self._writer.write(lambda connection: leases.give_back(connection, lease)))

    async def _fetch(self) -> None:
        following: int | None = None
        failures = 0
        while True:
            try:
                for raw in await self._updates(following):
                    await self._take(raw)
                    reach("gateway.telegram_taken")
                    number = number_of(raw)
                    following = following if number is None else number + 1
                failures = 0
            except Exception as error:
                # Telegram is away (or 409: somebody else fetches, or a webhook is set), or the database is. What was
                # not kept is not confirmed, so it comes again, in its order.
                code = str(error) if isinstance(error, (TelegramAway, TelegramError)) else "not_kept"
                _logger.warning("telegram.polling_waits", code=code, reason=in_code(error))
                pause = getattr(error, "retry_after", None) or _AGAIN[min(failures, len(_AGAIN) - 1)]
                failures += 1
                await asyncio.sleep(pause)

    async def _updates(self, following: int | None) -> list[Any]:
        found = await self._api.call(
            "getUpdates",
            within=LONG_POLL + CALL_WITHIN,
            timeout=LONG_POLL,
            allowed_updates=list(ALLOWED),
            **({} if following is None else {"offset": following}),
        )
        return found if isinstance(found, list) else []
