"""Reminders whose day has come, for whoever says them: each is taken by one, and said once.

Who takes a reminder puts it off by `TAKEN_FOR`: if they die, it is due again then. Saying it is one more transaction,
which looks at the claim as it is that day and writes what is said beside; a taker who was overtaken finds another
`due_at` and says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from buyer_protection.disputes.keeping import DRAFT, KeptClaim, claim_row, read_claim
from buyer_protection.disputes.reminder_tables import reminders
from buyer_protection.disputes.reminders import HELD, OPEN_AFTER_THE_WAIT, SAID, SET, cancel, follow, put
from buyer_protection.disputes.tables import claims
from buyer_protection.disputes.transactions import hold_buyer

#: For so long nobody else takes a reminder that was taken.
TAKEN_FOR: Final = timedelta(seconds=30)

_DUE: Final = sa.and_(
    reminders.c.state == SET, reminders.c.due_at <= sa.bindparam("now", type_=reminders.c.due_at.type)
)


@dataclass(frozen=True)
class Due:
    """A reminder that was taken; `due_at` is what its row says since then."""

    claim_id: str
    buyer_id: str
    due_at: datetime


def are_due(connection: Connection, now: datetime) -> bool:
    """Whether any reminder is due."""
    return connection.execute(sa.select(reminders.c.claim_id).where(_DUE).limit(1), {"now": now}).first() is not None


def take(connection: Connection, now: datetime, most: int) -> list[Due]:
    """Take at most so many reminders that are due, the longest due first; those that others are taking are left alone.

    Needs a connection that writes.
    """
    query = (
        sa.select(reminders.c.claim_id, claims.c.buyer_id)
        .join(claims, claims.c.claim_id == reminders.c.claim_id)
        .where(_DUE)
        .order_by(reminders.c.due_at, reminders.c.claim_id)
        .limit(most)
        # SQLite has one writer at a time, and no such words.
        .with_for_update(skip_locked=True, of=reminders)
    )
    due_at = now + TAKEN_FOR
    taken = [Due(row.claim_id, row.buyer_id, due_at) for row in connection.execute(query, {"now": now})]
    for due in taken:
        put(connection, due.claim_id, due_at=due_at)
    return taken


def to_be_said(connection: Connection, due: Due, now: datetime) -> KeptClaim | None:
    """The claim of a reminder that was taken, as it is today, if it is still to be said; None if not.

    The reminder of a claim that does not wait any more is cancelled, one whose day is another now is moved.
    Needs a connection that writes; holds the buyer.
    """
    hold_buyer(connection, due.buyer_id)
    mine = sa.and_(claims.c.claim_id == due.claim_id, claims.c.buyer_id == due.buyer_id)
    row = claim_row(connection, mine)
    if row is None or not _is_mine(connection, due):
        return None  # it went to another buyer, or somebody else took it: it is looked at again, or was said
    claim = read_claim(connection, row, now)
    if row.state != DRAFT:
        cancel(connection, due.claim_id, now)
        return None
    follow(connection, due.claim_id, claim.assessment, now, is_told=False)
    has_come = claim.assessment.outcome in OPEN_AFTER_THE_WAIT
    return claim if has_come else None


def put_off(connection: Connection, claim_id: str, until: datetime) -> None:
    """Look at a reminder again at another hour."""
    put(connection, claim_id, due_at=until)


def hold(connection: Connection, claim_id: str, now: datetime) -> None:
    """The buyer cannot be written to: the reminder waits until they write."""
    put(connection, claim_id, state=HELD, said_at=None, changed_at=now)


def hold_again(connection: Connection, reference: str, now: datetime) -> None:
    """What was said of a claim did not arrive and never will: it is to be said when the buyer writes."""
    mine = sa.select(claims.c.claim_id).where(claims.c.reference == reference)
    connection.execute(
        sa.update(reminders)
        .where(reminders.c.claim_id.in_(mine), reminders.c.state == SAID)
        .values(state=HELD, said_at=None, changed_at=now)
    )


def mark_said(connection: Connection, claim_id: str, now: datetime) -> None:
    """It is said."""
    put(connection, claim_id, state=SAID, said_at=now, changed_at=now)


def wake_held(connection: Connection, buyer_id: str, now: datetime) -> None:
    """The buyer wrote: what could not be said before is due now."""
    theirs = sa.select(claims.c.claim_id).where(claims.c.buyer_id == buyer_id)
    connection.execute(
        sa.update(reminders)
        .where(reminders.c.state == HELD, reminders.c.claim_id.in_(theirs))
        .values(state=SET, due_at=now, changed_at=now)
    )


def _is_mine(connection: Connection, due: Due) -> bool:
    """Whether a reminder is as it was taken; its row is held from now on."""
    query = sa.select(reminders.c.state, reminders.c.due_at).where(reminders.c.claim_id == due.claim_id)
    row = connection.execute(query.with_for_update()).one_or_none()
    return row is not None and (row.state, row.due_at) == (SET, due.due_at)
