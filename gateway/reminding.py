"""Tells buyers on the day that a dispute can be opened now, once, also after days on which nothing ran (R-10).

A reminder is a row, set with its claim. Whoever finds it due takes it, and then, in one transaction, looks at the claim
of today, writes what is said into the outbox, and that it is said. What is in the outbox arrives.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from functools import partial
from typing import Final

import structlog
from sqlalchemy.engine import Connection, Engine

from buyer_protection.disputes import due_reminders
from buyer_protection.disputes.due_reminders import Due
from buyer_protection.disputes.transactions import reading
from buyer_protection.failpoints import reach
from buyer_protection.logs import in_code
from gateway import metrics, one_reminder
from gateway.conversations import conversation_of
from gateway.decent_hours import Hours
from gateway.looking import Looking
from gateway.outbox import Reply
from gateway.runner import Runner
from gateway.wake import Wake
from gateway.writer import Writer

#: Reminders that one process takes at once; others take the next ones meanwhile.
MOST: Final = 20

_logger = structlog.get_logger(__name__)


class Reminding(Looking):
    """Says reminders, in this process; `windows` as in `Delivery`."""

    every = 5.0
    complaint = "reminding.cannot_look"

    def __init__(
        self,
        engine: Engine,
        writer: Writer,
        runner: Runner,
        wake: Wake,
        hours: Hours,
        windows: Mapping[str, timedelta],
    ) -> None:
        self._engine, self._writer, self._runner, self._wake = engine, writer, runner, wake
        self._hours, self._windows = hours, windows

    async def look(self) -> None:
        """Says what is due now."""
        await self.say_due(datetime.now(timezone.utc))

    async def say_due(self, now: datetime) -> None:
        """Says what is due at an instant; one that cannot be said does not keep others waiting."""
        if not await asyncio.to_thread(reading, self._engine, partial(due_reminders.are_due, now=now)):
            return
        taken = await self._writer.write(partial(due_reminders.take, now=now, most=MOST))
        reach("gateway.reminder_taken")
        for due in taken:
            try:
                await self._say(due, now)
            except Exception as error:
                _logger.error("reminding.left", reason=in_code(error))

    async def _say(self, due: Due, now: datetime) -> None:
        conversation = conversation_of(due.buyer_id)

        def write(connection: Connection) -> Reply | None:
            reply = one_reminder.say(connection, due, now, self._hours, self._windows)
            self._wake.tell_others(connection, conversation)
            reach("gateway.before_reminder_commit")
            return reply

        reply = await self._writer.write(write, conversation)
        reach("gateway.reminder_committed")
        if reply is not None:
            metrics.REMINDERS.labels(reply.channel).inc()
            self._runner.say(conversation, [reply])
