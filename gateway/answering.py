"""A message in, its answer out, if there is one within eight seconds; the turn goes on whoever is still connected."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Final

from sqlalchemy.engine import Connection

from buyer_protection.disputes.transactions import reading
from gateway import metrics, outbox
from gateway.accepting import Accepted
from gateway.channels.channel import Incoming, Outgoing
from gateway.history import outgoing
from gateway.outbox import Reply
from gateway.parts import Parts

#: Seconds that whoever sent a message waits for its answer.
ANSWER_WITHIN: Final = 8.0


@dataclass(frozen=True)
class Answer:
    """What is said to a message so far. `is_same` is false if its name was another message's."""

    trace: str
    messages: list[Outgoing]
    is_final: bool
    is_same: bool = True


class Answering:
    """Takes messages and waits for what is said to them."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def answer_to(self, incoming: Incoming) -> Answer:
        """The answer to a message, or what is said while it waits. Raises SQLAlchemyError if it was not kept."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        # Shielded: once it is kept it is run, also if who sent it has gone.
        with self._parts.wake.waiting_for(incoming.conversation) as happening:
            accepted = await asyncio.shield(loop.create_task(self.take(incoming)))
            if not accepted.is_same:
                return Answer(accepted.message.trace, [], is_final=False, is_same=False)
            happening.forget()  # that the message came, which is not what is waited for
            replies, is_final = ([], False) if accepted.work is not None else await self._look(accepted)
            while not replies and (left := began + ANSWER_WITHIN - loop.time()) > 0:
                await happening.wait(min(left, self._parts.wake.look_again or left))
                replies, is_final = self._parts.said.to(accepted.message.id) or await self._look(accepted)
        if is_final:
            metrics.ANSWER_SECONDS.observe(loop.time() - began)
        drawn = [outgoing(reply, self._parts.buttons) for reply in replies]
        return Answer(accepted.message.trace, drawn, is_final)

    async def take(self, incoming: Incoming) -> Accepted:
        """Keeps a message and has it run. Raises SQLAlchemyError if it was not kept."""
        return await self._parts.take(incoming)

    async def _look(self, accepted: Accepted) -> tuple[list[Reply], bool]:
        def read(connection: Connection) -> tuple[list[Reply], bool]:
            return outbox.replies_to(connection, accepted.message.id)

        return await asyncio.to_thread(reading, self._parts.engine, read)
