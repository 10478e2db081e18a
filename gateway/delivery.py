"""Sends what was said to the channels that messages are sent to: in order, at least once, each address for itself.

A message is marked before it is sent as one that may have arrived, and after it was taken as delivered; so whoever
dies in between leaves it to be sent again, and the next who sends it says so. One process at a time sends to an
address, by a lease; a wait that the channel asks for is a lease that nobody can take until then.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import partial
from typing import Final

import structlog
from sqlalchemy.engine import Connection, Engine

from buyer_protection.disputes.transactions import reading
from buyer_protection.failpoints import reach
from buyer_protection.logs import in_code
from gateway import leases, metrics, outbox
from gateway.buttons import Buttons
from gateway.channels.channel import NotDelivered, Sender
from gateway.history import outgoing
from gateway.holding import while_held
from gateway.leases import Lease, LeaseLost
from gateway.looking import Looking
from gateway.outbox import Reply
from gateway.writer import Writer

#: Seconds that messages under way have when the process ends.
FINISH_WITHIN: Final = 3.0
#: Addresses that are sent to at once; the others wait for the next look.
MOST_AT_ONCE: Final = 100
#: The longest wait that is believed, and the longest that a wait grows to when one try after the other fails.
LONGEST_WAIT, GROWS_TO = 3600.0, 30.0

_Address = tuple[str, str]
_logger = structlog.get_logger(__name__)


@dataclass(frozen=True)
class _Job:
    """A message to be sent next, by who holds the lease of its address."""

    lease: Lease
    reply: Reply


class Delivery(Looking):
    """Sends, in this process, to the channels whose senders it was given."""

    every = 2.0
    complaint = "delivery.cannot_look"

    def __init__(self, engine: Engine, writer: Writer, buttons: Buttons, holder: str) -> None:
        self._engine, self._writer, self._buttons, self._holder = engine, writer, buttons, holder
        #: For each channel that messages are sent to, who sends them.
        self.senders: dict[str, Sender] = {}
        #: For channels that let us write by ourselves only for a while after the buyer wrote: how long that is.
        self.windows: dict[str, timedelta] = {}
        #: Called in the transaction that gives up what a channel refused for good.
        self.on_refused: list[Callable[[Connection, Reply], None]] = []
        self._running: dict[_Address, asyncio.Task[None]] = {}
        self._more: set[_Address] = set()
        self._failures: Counter[_Address] = Counter()
        self._is_ending = False

    async def start(self) -> None:
        """Looks for what is left at once, and then every few seconds; nothing happens where no channel is sent to."""
        if self.senders:
            await super().start()

    async def stop(self) -> None:
        """Finishes the messages under way, within seconds."""
        self._is_ending = True
        await super().stop()
        if self._running:
            await asyncio.wait(list(self._running.values()), timeout=FINISH_WITHIN)
            for task in list(self._running.values()):
                task.cancel()

    def tell(self, replies: list[Reply]) -> None:
        """Something was said: sends it if it has an address. Returns at once; to be called in the loop."""
        for address in dict.fromkeys((reply.channel, reply.address) for reply in replies if reply.address):
            self._send_to(address)

    def _send_to(self, address: _Address) -> None:
        if address[0] not in self.senders or self._is_ending:
            return
        if address in self._running:
            self._more.add(address)  # whoever sends there looks again before they end
        elif len(self._running) < MOST_AT_ONCE:
            task = asyncio.get_running_loop().create_task(self._deliver(address))
            self._running[address] = task
            task.add_done_callback(lambda _: self._over(address))

    def _over(self, address: _Address) -> None:
        del self._running[address]
        if address in self._more:
            self._more.discard(address)
            self._send_to(address)

    async def look(self) -> None:
        """Sends to every address that something is left for."""
        waiting = partial(outbox.addresses_waiting, most=MOST_AT_ONCE)
        for address in await asyncio.to_thread(reading, self._engine, waiting):
            self._send_to(address)

    async def _deliver(self, address: _Address) -> None:
        try:
            job = await self._writer.write(lambda connection: self._first(connection, address))
            while job is not None:
                job = await self._send(address, job)
        except Exception as error:
            # The database is away, or this is a fault of ours: the row waits, and who looks for such rows finds it.
            _logger.error("delivery.left", reason=in_code(error))

    async def _send(self, address: _Address, job: _Job) -> _Job | None:
        lease, reply = job.lease, job.reply
        sending = self.senders[address[0]].send(address[1], outgoing(reply, self._buttons), again=reply.tries > 0)
        try:
            await while_held(self._writer, lease, sending)
        except LeaseLost:
            return None  # who has the lease sends it, and says that it may have come before
        except NotDelivered as failure:
            return await self._failed(address, job, failure)
        except Exception as error:
            # A fault of ours: this message would fail for ever, and those behind it would wait for ever.
            _logger.error("delivery.impossible", reason=in_code(error))
            return await self._failed(address, job, NotDelivered("impossible", wait=None))
        reach("gateway.sent")
        self._failures.pop(address, None)
        metrics.DELIVERIES.labels(address[0], "sent").inc()
        return await self._writer.write(lambda connection: self._next(connection, address, lease, done=reply))

    async def _failed(self, address: _Address, job: _Job, failure: NotDelivered) -> _Job | None:
        lease, reply = job.lease, job.reply
        metrics.DELIVERIES.labels(address[0], "refused" if failure.wait is None else "waits").inc()
        _logger.warning("delivery.failed", code=str(failure), seconds=failure.wait or 0)
        if failure.wait is None:
            return await self._writer.write(lambda connection: self._give_up(connection, address, job))
        grown = min(failure.wait * 2 ** self._failures[address], GROWS_TO)
        wait = min(max(failure.wait, grown), LONGEST_WAIT)
        self._failures[address] = min(self._failures[address] + 1, 10)

        def leave(connection: Connection) -> None:
            if not failure.may_have_arrived:
                outbox.uncount_try(connection, reply.id)
            leases.hold_back(connection, lease, wait)

        await self._writer.write(leave)
        asyncio.get_running_loop().call_later(wait + 0.05, self._send_to, address)
        return None

    def _give_up(self, connection: Connection, address: _Address, job: _Job) -> _Job | None:
        for listener in self.on_refused:
            listener(connection, job.reply)
        return self._next(connection, address, job.lease, done=job.reply)

    def _first(self, connection: Connection, address: _Address) -> _Job | None:
        lease = leases.take(connection, _lease_name(address), self._holder)
        return self._next(connection, address, lease) if lease else None

    def _next(
        self, connection: Connection, address: _Address, lease: Lease, *, done: Reply | None = None
    ) -> _Job | None:
        """The next message to an address, marked as one that may have arrived; the lease goes back if there is none."""
        if done is not None:  # it has arrived, whoever holds the lease by now
            outbox.mark_delivered(connection, done.id, datetime.now(timezone.utc))
        if self._is_ending or not leases.renew(connection, lease):
            leases.give_back(connection, lease)
            return None
        left = outbox.undelivered(connection, *address, most=1)
        if not left:
            leases.give_back(connection, lease)
            return None
        outbox.count_try(connection, left[0].id)
        return _Job(lease, left[0])


def _lease_name(address: _Address) -> str:
    """The name of an address's lease; an address may be longer than a name."""
    channel, where = address
    return f"delivery:{channel}:{where if len(where) <= 100 else hashlib.sha256(where.encode()).hexdigest()}"
