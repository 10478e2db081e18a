"""Staff see which buyers are to be reminded, and when somebody was."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from buyer_protection import disputes
from tests.disputes.made_up import BUYER, NOT_RECEIVED, keep
from tests.staff.terminal import Terminal


def kept(desk: Engine, claim_id: str, days_ago: int, **changes: Any) -> disputes.KeptClaim:
    """A claim that was told today, whose refund request was so many days ago."""
    now = datetime.now(timezone.utc)
    asked_on = (now - timedelta(days=days_ago)).date()
    return keep(desk, claim_id, now=now, facts=NOT_RECEIVED | {"refund_requested_on": asked_on.isoformat()}, **changes)


def test_reminders_are_listed_by_their_day(desk: Engine, command: Terminal) -> None:
    """Those that are still to be said; in another state where that is asked for."""
    late, early = kept(desk, "late", 2), kept(desk, "early", 6, item="cup")
    declined = kept(desk, "declined", 4, item="chair")
    now = datetime.now(timezone.utc)
    disputes.want_reminders(desk, buyer_id=BUYER, wanted=False, now=now, claim_id="declined")

    rows = command("reminders", "list").json
    assert [(row["reference"], row["state"]) for row in rows] == [(early.reference, "set"), (late.reference, "set")]
    assert [row["reference"] for row in command("reminders", "list", "--state", "declined").json] == [
        declined.reference
    ]
    assert early.reference in command("reminders", "list", for_people=True).out


def test_a_claim_is_shown_with_its_reminder(desk: Engine, command: Terminal) -> None:
    """And without one where it never waited."""
    waiting, ready = kept(desk, "waiting", 2), kept(desk, "ready", 12, item="cup")

    shown = command("claims", "show", waiting.reference).json
    assert (shown["reminder"]["state"], shown["reminder"]["due_on"]) == (
        "set",
        str(waiting.assessment.earliest_dispute_on),
    )
    assert command("claims", "show", ready.reference).json["reminder"] is None
    assert "Reminder" in command("claims", "show", waiting.reference, for_people=True).out


@pytest.mark.parametrize("state", ["asleep", ""])
def test_a_state_that_does_not_exist_is_refused_in_a_line(desk: Engine, command: Terminal, state: str) -> None:
    """With those that there are."""
    line = command("reminders", "list", "--state", state).line

    assert "set, held, said, cancelled, declined" in line


def test_what_is_overdue_is_told_to_whoever_looks_every_hour(desk: Engine, command: Terminal) -> None:
    """Status 1 and one line; nothing at all where all is well."""
    kept(desk, "waiting", 2)
    well = command("reminders", "check")
    assert (well.status, well.out, well.err) == (0, "", "")

    told = datetime.now(timezone.utc) - timedelta(days=9)
    facts = NOT_RECEIVED | {"refund_requested_on": (told - timedelta(days=3)).date().isoformat()}
    keep(desk, "overdue", now=told, facts=facts, item="cup")

    late = command("reminders", "check")
    assert (late.status, late.out) == (1, "")
    assert late.err.startswith("1 overdue, the first since ")
    assert late.err.count("\n") == 1
