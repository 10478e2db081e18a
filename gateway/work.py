"""A message that is to be run, and what is written when its turn is over, for who holds the conversation's lease."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy.engine import Connection

from buyer_protection.disputes import due_reminders
from gateway import forgetting, inbox, leases, notices, outbox, with_staff
from gateway.inbox import Message
from gateway.leases import Lease, LeaseLost
from gateway.outbox import Reply
from gateway.posting import Turn

_DIGIT: Final = re.compile(r"\d")


@dataclass(frozen=True)
class Work:
    """A message to be run, with what was sent as one with it, by who holds the lease.

    `handoff` is the reference of the request under which a person has the conversation: then no turn is run.
    """

    messages: list[Message]
    turn: Turn
    lease: Lease
    handoff: str = ""

    @property
    def message(self) -> Message:
        """The message whose replies are written."""
        return self.messages[0]


def answered(connection: Connection, work: Work, said: Sequence[Mapping[str, Any]], now: datetime) -> list[Reply]:
    """Writes the final replies to a message, and that it has them. Raises LeaseLost, and then nothing is written."""
    if not leases.renew(connection, work.lease):
        raise LeaseLost
    if work.handoff:
        return with_staff.received(connection, work.handoff, work.messages, now)
    failed_files = inbox.failed_files_in_a_row(connection, work.message.conversation) if _have_files(work) else 0
    told = [*notices.before_answer(work.messages), *notices.way_on(failed_files, said), *said]
    replies = outbox.add(connection, work.message, told, is_final=True, now=now)
    inbox.mark_answered(connection, work.messages, now)
    if _forgotten_meanwhile(connection, work):
        replies, _ = outbox.replies_to(connection, work.message.id)
    # They are here: what could not be said to them is due now, unless this answer was about it.
    due_reminders.wake_held(connection, work.message.buyer_id, now)
    return replies


def failed(
    connection: Connection, work: Work, *, wait: float, is_own_fault: bool, is_told: bool, now: datetime
) -> list[Reply]:
    """Lets a message wait to be run again, and gives the lease back; says so once, if that is to be told by now.

    Raises LeaseLost, and then nothing is written.
    """
    if not leases.give_back(connection, work.lease):
        raise LeaseLost
    inbox.try_again(connection, work.message, wait=wait, counted=is_own_fault)
    told, _ = outbox.replies_to(connection, work.message.id)
    if told or not is_told:
        return []
    return outbox.add(connection, work.message, [notices.waiting(work.message)], is_final=False, now=now)


def _have_files(work: Work) -> bool:
    return any(message.files for message in work.messages)


def _forgotten_meanwhile(connection: Connection, work: Work) -> bool:
    """Whether the next message showed that this one held half of a card number; what was said of it is changed too."""
    message = work.message
    kept = inbox.text_of(connection, message.id) if _DIGIT.search(message.text) else message.text
    fragment = forgetting.removed_since(message.text, kept) if kept != message.text else ""
    if fragment:
        forgetting.forget(
            connection,
            conversation=message.conversation,
            buyer_id=message.buyer_id,
            fragment=fragment,
        )
    return bool(fragment)
