"""What a buyer wants of reminders, and what they and staff can see of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from buyer_protection.disputes import fields
from buyer_protection.disputes.keeping import DRAFT, KeptClaim
from buyer_protection.disputes.reminder_tables import reminders
from buyer_protection.disputes.reminders import DECLINED, OPEN_AFTER_THE_WAIT, SAID, SET, TO_BE_SAID
from buyer_protection.disputes.tables import claims
from buyer_protection.disputes.transactions import hold_buyer, reading, writing


@dataclass(frozen=True)
class Reminder:
    """A claim's reminder: for which day, when it is looked at next, its `state`, and when it was said."""

    claim_id: str
    reference: str
    buyer_id: str
    due_on: date
    due_at: datetime
    state: str
    changed_at: datetime
    said_at: datetime | None


def want_reminders(
    engine: Engine, *, buyer_id: str, wanted: bool, now: datetime, claim_id: str | None = None
) -> list[Reminder]:
    """The buyer wants to be reminded of what waits, or does not; of one claim, or of all their own.

    Returns the reminders that this is about, as they are then; none where no claim waits for its day. Again, it changes
    nothing.
    """
    buyer_id = fields.identifier("buyer_id", buyer_id)
    now = fields.instant(now)
    before = (DECLINED,) if wanted else TO_BE_SAID
    state = SET if wanted else DECLINED

    def work(connection: Connection) -> list[Reminder]:
        hold_buyer(connection, buyer_id)
        theirs = sa.and_(claims.c.buyer_id == buyer_id, claims.c.state == DRAFT)
        if claim_id is not None:
            theirs = sa.and_(theirs, claims.c.claim_id == fields.identifier("claim_id", claim_id))
        ids = sa.select(claims.c.claim_id).where(theirs)
        change = sa.update(reminders).where(reminders.c.claim_id.in_(ids), reminders.c.state.in_(before))
        connection.execute(change.values(state=state, changed_at=now))
        return _read(connection, sa.and_(theirs, reminders.c.state.in_((*TO_BE_SAID, DECLINED))))

    return writing(engine, work)


def heard(engine: Engine, *, kept: Sequence[KeptClaim], now: datetime) -> None:
    """The buyer was just told of these claims; those that can be opened by now need no reminder any more."""
    ids = [claim.claim_id for claim in kept if claim.assessment.outcome in OPEN_AFTER_THE_WAIT]
    now = fields.instant(now)
    waiting = sa.and_(reminders.c.claim_id.in_(ids), reminders.c.state.in_(TO_BE_SAID))
    said = sa.update(reminders).where(waiting).values(state=SAID, said_at=now, changed_at=now)
    if not ids:
        return
    # Most buyers are told of claims that have no reminder left, and a look costs less than a write.
    if reading(engine, lambda connection: bool(_read(connection, waiting))):
        writing(engine, lambda connection: connection.execute(said))


def reminder_of(engine: Engine, *, claim_id: str) -> Reminder | None:
    """A claim's reminder; None where it never waited for its day."""
    mine = reminders.c.claim_id == claim_id
    found: list[Reminder] = reading(engine, lambda connection: _read(connection, mine))
    return found[0] if found else None


def all_reminders(engine: Engine, *, state: str | None = None, most: int = 100) -> list[Reminder]:
    """Reminders of all buyers, the nearest day first, for staff; in one state, or those that are still to be said."""
    wanted = reminders.c.state.in_(TO_BE_SAID) if state is None else reminders.c.state == state
    return reading(engine, lambda connection: _read(connection, wanted, most))


def _read(connection: Connection, wanted: Any, most: int | None = None) -> list[Reminder]:
    query = (
        sa.select(*reminders.c, claims.c.reference, claims.c.buyer_id)
        .join(claims, claims.c.claim_id == reminders.c.claim_id)
        .where(wanted)
        .order_by(reminders.c.due_on, reminders.c.due_at, reminders.c.claim_id)
        .limit(most)
    )
    return [Reminder(**row._mapping) for row in connection.execute(query)]
