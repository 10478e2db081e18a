"""One turn of a conversation at a time, conversations side by side, whoever is still connected.

Whoever takes the conversation's lease runs what waits there, oldest first: posts the turn, writes the replies, marks
the message answered and takes the next one in the same transaction, or gives the lease back. A turn that failed waits
and is tried again; after a while the buyer is told that it waits.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timezone
from typing import Any, Final

import structlog
from sqlalchemy.engine import Connection, Engine

from buyer_protection.failpoints import reach
from buyer_protection.logs import in_code, traced
from gateway import inbox, leases, metrics, notices, with_staff
from gateway.attachments import Attachments
from gateway.buttons import Buttons
from gateway.errors import DATABASE_AWAY
from gateway.holding import while_held
from gateway.leases import Lease, LeaseLost
from gateway.meaning import turn_of
from gateway.one_turn import OneTurn
from gateway.outbox import Reply
from gateway.posting import NoAnswer, Rasa, TurnFailed, TurnRefused
from gateway.wake import Wake
from gateway.work import Work, answered, failed
from gateway.writer import Writer

#: Seconds after which a buyer is told that the answer waits for something that failed.
TOLD_AFTER: Final = 3.0
#: Tries that may fail while all parts are well, before the fault is the message's own.
MOST_TRIES: Final = 4
#: Seconds until a failed turn is tried again; the last for ever.
_AGAIN_AFTER: Final = (0.2, 0.4, 0.8, 1.6, 3.0)

_logger = structlog.get_logger(__name__)


class Runner:
    """Runs what waits in the inbox, in this process."""

    def __init__(
        self,
        engine: Engine,
        writer: Writer,
        rasa: Rasa,
        buttons: Buttons,
        wake: Wake,
        attachments: Attachments,
        holder: str,
    ) -> None:
        self._engine, self._writer, self._rasa = engine, writer, rasa
        self._buttons, self._wake = buttons, wake
        #: What this process calls itself in a lease.
        self.holder: Final = holder
        self._one_turn = OneTurn(engine, rasa, buttons, attachments)
        self._running: dict[str, asyncio.Task[None]] = {}
        self._failures: dict[int, int] = {}
        #: Called with what was said, once it is written.
        self.on_said: list[Callable[[list[Reply]], None]] = []

    def run(self, conversation: str, work: Work | None = None) -> None:
        """Runs what waits in a conversation; `work` if its lease was taken already. Returns at once."""
        running = self._running.get(conversation)
        if running is not None and work is None:
            return  # it takes what waits before it gives the lease back
        task = asyncio.get_running_loop().create_task(self._run(conversation, work))
        self._running[conversation] = task
        task.add_done_callback(lambda done: self._forget(conversation, done))

    async def finish(self, seconds: float) -> None:
        """Waits until the turns under way are over, so many seconds at most."""
        if self._running:
            await asyncio.wait(list(self._running.values()), timeout=seconds)

    def take(self, connection: Connection, conversation: str) -> Work | None:
        """The next message of a conversation, with the lease; None if nothing can be run here now.

        Needs a connection that writes and holds the conversation.
        """
        lease = leases.take(connection, f"turn:{conversation}", self.holder)
        return self._next(connection, lease) if lease else None

    async def _run(self, conversation: str, work: Work | None) -> None:
        try:
            if work is None:
                work = await self._writer.write(lambda connection: self.take(connection, conversation), conversation)
            while work is not None:
                work = await self._turn(work)
        except LeaseLost:
            _logger.warning("turn.overtaken", code="lease_lost")
        except Exception as error:
            # The database is away, or this is a fault of ours: the row waits, and who looks for such rows finds it.
            _logger.error("turn.left", reason=in_code(error))

    async def _turn(self, work: Work) -> Work | None:
        with traced(work.message.trace, work.message.turn_id):
            return await self._try(work)

    async def _try(self, work: Work) -> Work | None:
        try:
            work, said = await self._run_turn(work)
            return await self._answered(work, said)
        except (NoAnswer, TurnFailed) as failure:
            return await self._failed(work, failure)
        except (LeaseLost, *DATABASE_AWAY):
            raise
        except Exception as error:
            # This message cannot be handled, whoever tries: left alone, it would hold up its conversation for ever.
            _logger.error("turn.broken", reason=in_code(error))
            return await self._failed(work, TurnFailed())

    async def _run_turn(self, work: Work) -> tuple[Work, list[dict[str, Any]]]:
        began = asyncio.get_running_loop().time()
        try:
            done = await while_held(self._writer, work.lease, self._one_turn.run(work))
        except TurnRefused:
            done = work, [notices.given_up(work.message)]
        metrics.TURN_SECONDS.observe(asyncio.get_running_loop().time() - began)
        metrics.TURNS.labels("answered").inc()
        return done

    async def _answered(self, work: Work, said: Sequence[Mapping[str, Any]]) -> Work | None:
        self._failures.pop(work.message.id, None)
        now = _now()

        def write(connection: Connection) -> tuple[list[Reply], Work | None]:
            if work.handoff and not with_staff.still_has_it(connection, work.handoff, work.message):
                return [], self._next(connection, work.lease)  # it went back meanwhile: the message is the assistant's
            replies = answered(connection, work, said, now)
            following = self._next(connection, work.lease)
            self._wake.tell_others(connection, work.message.conversation)
            reach("gateway.before_outbox_commit")
            return replies, following

        replies, following = await self._writer.write(write, work.message.conversation)
        reach("gateway.outbox_committed")
        self.say(work.message.conversation, replies)
        return following

    async def _failed(self, work: Work, failure: NoAnswer | TurnFailed) -> Work | None:
        message, now = work.message, _now()
        cut = await self._rasa.cut_off()
        code = failure.code if isinstance(failure, NoAnswer) else "turn_failed"
        is_own_fault = isinstance(failure, TurnFailed) and not cut
        _logger.warning("turn.failed", code=code, reason=" ".join(cut))
        metrics.FAILURES.labels(code).inc()
        if is_own_fault and message.attempts + 1 >= MOST_TRIES:
            metrics.TURNS.labels("given_up").inc()
            return await self._answered(work, [notices.given_up(message)])
        tries = self._failures[message.id] = self._failures.get(message.id, 0) + 1
        wait = _AGAIN_AFTER[min(tries, len(_AGAIN_AFTER)) - 1]
        is_told = (now - message.received_at).total_seconds() >= TOLD_AFTER

        def write(connection: Connection) -> list[Reply]:
            self._wake.tell_others(connection, message.conversation)
            return failed(connection, work, wait=wait, is_own_fault=is_own_fault, is_told=is_told, now=now)

        replies = await self._writer.write(write, message.conversation)
        self.say(message.conversation, replies)
        self.run_later(message.conversation, wait)
        return None

    def run_later(self, conversation: str, wait: float) -> None:
        """Runs what waits in a conversation after so many seconds."""
        asyncio.get_running_loop().call_later(wait + 0.01, self.run, conversation)

    def _next(self, connection: Connection, lease: Lease) -> Work | None:
        """What is to be run next under a lease, which is given back if there is nothing."""
        conversation = lease.name.partition(":")[2]
        found = inbox.next_waiting(connection, conversation)
        if found is None or found[1] > 0:
            leases.give_back(connection, lease)
            if found is not None:
                self._loop.call_soon_threadsafe(self.run_later, conversation, found[1])
            return None
        messages = inbox.with_album(connection, found[0])
        handoff = with_staff.who_has_it(connection, messages[0], _now())
        return Work(messages, turn_of(connection, messages, self._buttons), lease, handoff)

    async def start(self) -> None:
        """Remembers the loop that turns are run on."""
        self._loop = asyncio.get_running_loop()

    def _forget(self, conversation: str, task: asyncio.Task[None]) -> None:
        if self._running.get(conversation) is task:
            del self._running[conversation]

    def say(self, conversation: str, replies: list[Reply]) -> None:
        """Tells whoever listens here that something was said, once it is written."""
        self._wake.tell(conversation)
        for listener in self.on_said:
            listener(replies)


def _now() -> datetime:
    return datetime.now(timezone.utc)
