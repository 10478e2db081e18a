"""From what a channel read to a row of the inbox: cleaned, redacted, kept once, and run if nobody runs it yet."""

from __future__ import annotations

import asyncio
import re
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import Final

from sqlalchemy.engine import Connection, Engine

from buyer_protection.failpoints import reach
from gateway import forgetting, inbox, metrics, outbox
from gateway.buttons import Buttons
from gateway.channels.channel import BUTTON, Incoming
from gateway.inbox import Message
from gateway.own_orders import own_orders
from gateway.redaction import Redacted, redact
from gateway.runner import Runner
from gateway.typed_text import LONGEST_KEPT, clean
from gateway.wake import Wake
from gateway.work import Work
from gateway.writer import Writer

_DIGIT: Final = re.compile(r"\d")
#: Digits of the shortest card number.
_FEWEST_DIGITS: Final = 12


@dataclass(frozen=True)
class Accepted:
    """A message that is kept; `is_new` if it came for the first time, `is_same` if it says what it said then.

    `work`: what this process now has to run, if any.
    """

    message: Message
    is_new: bool
    is_same: bool = True
    work: Work | None = None


class Accepting:
    """Keeps what comes in."""

    def __init__(self, engine: Engine, writer: Writer, buttons: Buttons, runner: Runner, wake: Wake) -> None:
        self._engine, self._writer, self._buttons = engine, writer, buttons
        self._runner, self._wake = runner, wake

    async def accept(self, incoming: Incoming) -> Accepted:
        """Keeps a message, in one transaction.

        Raises SQLAlchemyError if nothing was kept.
        """
        cleaned = replace(incoming, text=clean(incoming.text))
        orders = await self._own_orders(cleaned)
        trace, now = secrets.token_hex(8), datetime.now(timezone.utc)
        reach("gateway.before_inbox_commit")

        def keep(connection: Connection) -> Accepted:
            safe, redacted = self._redacted(connection, cleaned, orders)
            message = inbox.add(
                connection, safe, text=safe.text, removed=redacted.removed, trace=trace, now=now, wait=safe.waits
            )
            if message is None:
                known = inbox.find(connection, safe.channel, safe.native_id)
                assert known is not None
                return Accepted(known, is_new=False, is_same=_says_the_same(known, safe))
            self._wake.tell_others(connection, safe.conversation)
            return Accepted(message, is_new=True, work=self._runner.take(connection, safe.conversation))

        accepted = await self._writer.write(keep, cleaned.conversation)
        if accepted.is_new:
            reach("gateway.inbox_committed")
            metrics.MESSAGES.labels(incoming.channel, incoming.kind).inc()
            self._wake.tell(cleaned.conversation)
        return accepted

    async def _own_orders(self, incoming: Incoming) -> frozenset[str]:
        if len(_DIGIT.findall(incoming.text)) < _FEWEST_DIGITS // 2:
            return frozenset()
        of_token = str(incoming.vouched.get("order_id") or "")
        return await asyncio.to_thread(own_orders, self._engine, incoming.buyer_id, of_token)

    def _redacted(
        self, connection: Connection, incoming: Incoming, orders: frozenset[str]
    ) -> tuple[Incoming, Redacted]:
        """The message as it may be kept; the first half of a card number is forgotten where it was kept before."""
        if incoming.kind == BUTTON:
            return replace(incoming, text=self._title(connection, incoming)), Redacted("", (), "")
        before = inbox.before(connection, incoming.conversation) if _DIGIT.search(incoming.text) else None
        asked = before is not None and _asks_for_order(connection, incoming.conversation)
        redacted = redact(
            incoming.text,
            own_orders=orders,
            answers_order_question=asked,
            before=before.text if before and before.native_id != incoming.native_id else "",
        )
        if before is not None and redacted.tail_of_before:
            forgetting.forget(
                connection,
                conversation=incoming.conversation,
                buyer_id=incoming.buyer_id,
                fragment=redacted.tail_of_before,
            )
        # What stands for a number can be longer than the number was.
        return replace(incoming, text=redacted.text[:LONGEST_KEPT]), redacted

    def _title(self, connection: Connection, incoming: Incoming) -> str:
        """What stands on a button: what the buyer said by pressing it."""
        pressed = self._buttons.read(incoming.conversation, incoming.button)
        reply = outbox.find(connection, incoming.conversation, pressed.outbox_id) if pressed else None
        if reply is None or pressed is None or pressed.index >= len(reply.buttons):
            return ""
        return reply.buttons[pressed.index]["title"]


def _asks_for_order(connection: Connection, conversation: str) -> bool:
    return any(reply.custom.get("slot") == "order_id" for reply in outbox.newest_set(connection, conversation))


def _says_the_same(known: Message, again: Incoming) -> bool:
    """Whether a message that came again is the one that was kept; what was removed from it cannot be compared."""
    return bool(known.removed) or (known.kind, known.text, known.button) == (again.kind, again.text, again.button)
