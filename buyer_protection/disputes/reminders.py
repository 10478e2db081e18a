"""Reminders follow their claims: set while a claim waits for its day (WAIT-1), moved with it, gone with it.

What is here happens in the transaction that writes the claim, so there is no instant at which the two disagree.
Who says reminders is in `due_reminders`; what a buyer wants of them is in `wanted_reminders`.
"""

from __future__ import annotations

from datetime import date, datetime, time, timezone
from typing import Any, Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from buyer_protection.disputes.reminder_tables import reminders
from buyer_protection.policy import Assessment
from buyer_protection.policy.assessment import ELIGIBLE, EVIDENCE_NEEDED, WAIT

SET: Final = "set"
HELD: Final = "held"
SAID: Final = "said"
CANCELLED: Final = "cancelled"
DECLINED: Final = "declined"

#: States of a reminder that is still to be said.
TO_BE_SAID: Final = (SET, HELD)
#: What a claim that waited can be once its day has come.
OPEN_AFTER_THE_WAIT: Final = (ELIGIBLE, EVIDENCE_NEEDED)


def follow(connection: Connection, claim_id: str, assessment: Assessment, now: datetime, *, is_told: bool) -> None:
    """Set, move or cancel the reminder of a draft that was just assessed.

    `is_told` where the buyer is told the assessment in the same turn: then there is nothing to remind them of once the
    day has come. Where others wrote (staff, a file), the day itself is no reason to forget the reminder.
    Needs a connection that writes and holds the buyer.
    """
    due_on = assessment.earliest_dispute_on
    known = connection.execute(sa.select(reminders).where(reminders.c.claim_id == claim_id)).one_or_none()
    waits = assessment.outcome == WAIT and due_on is not None
    if waits and known is None:
        first = {"due_on": due_on, "due_at": _begins(due_on, assessment), "state": SET, "changed_at": now}
        connection.execute(sa.insert(reminders).values(claim_id=claim_id, said_at=None, **first))
    elif known is not None:
        has_come = assessment.outcome in OPEN_AFTER_THE_WAIT and known.state in TO_BE_SAID
        if waits or (has_come and not is_told):
            _move(connection, known, assessment, now)
        elif has_come:
            put(connection, claim_id, state=SAID, said_at=now, due_on=due_on, changed_at=now)
        else:
            cancel(connection, claim_id, now)


def cancel(connection: Connection, claim_id: str, now: datetime) -> None:
    """A claim does not wait any more, so nothing more is said of it; what was said, or declined, stays so."""
    connection.execute(
        sa.update(reminders)
        .where(reminders.c.claim_id == claim_id, reminders.c.state.in_(TO_BE_SAID))
        .values(state=CANCELLED, changed_at=now)
    )


def put(connection: Connection, claim_id: str, **values: Any) -> None:
    """Write columns of a claim's reminder."""
    connection.execute(sa.update(reminders).where(reminders.c.claim_id == claim_id).values(values))


def _move(connection: Connection, known: Row, assessment: Assessment, now: datetime) -> None:
    """The reminder stands on the claim's day; one that was said for another day, or cancelled, is set again."""
    due_on = assessment.earliest_dispute_on
    if known.due_on == due_on and known.state != CANCELLED:
        return
    state = known.state if known.state == DECLINED else SET
    due_at = _begins(due_on, assessment)
    put(connection, known.claim_id, due_on=due_on, due_at=due_at, state=state, said_at=None, changed_at=now)


def _begins(day: date | None, assessment: Assessment) -> datetime:
    """The instant at which a day begins on the calendar of the claim's edition."""
    assert day is not None, "a claim that waits has its day"
    return datetime.combine(day, time(), ZoneInfo(assessment.case.edition.time_zone)).astimezone(timezone.utc)
