"""A claim that waits for its day has one reminder, which follows it wherever it goes."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from buyer_protection import disputes
from buyer_protection.disputes import Reminder, due_reminders
from buyer_protection.disputes.reminder_tables import reminders
from buyer_protection.disputes.transactions import writing
from tests.disputes.made_up import BROKEN, BUYER, NOT_RECEIVED, NOW, hand_in, keep, opening

#: Told on the fifth day, the claim waits until the first of March.
DAY_FIVE = NOW - timedelta(days=5)
EARLIEST = date(2024, 3, 1)


def waiting(engine: Engine, claim_id: str = "claim-1", **changes: Any) -> disputes.KeptClaim:
    """A kept claim that waits."""
    return keep(engine, claim_id, **({"now": DAY_FIVE} | changes))


def reminder(engine: Engine, claim_id: str = "claim-1") -> Reminder:
    """The claim's reminder."""
    found = disputes.reminder_of(engine, claim_id=claim_id)
    assert found is not None
    return found


def asked_on(day: str) -> dict[str, Any]:
    """What is told of a parcel that did not come, with another day of the refund request."""
    return NOT_RECEIVED | {"refund_requested_on": day}


def take(engine: Engine, now: datetime = NOW, most: int = 10) -> list[due_reminders.Due]:
    """Takes what is due."""
    return writing(engine, lambda connection: due_reminders.take(connection, now, most))


def to_be_said(engine: Engine, due: due_reminders.Due, now: datetime = NOW) -> str | None:
    """The outcome that is to be said of a reminder that was taken, marked as said; None if nothing is."""

    def work(connection: Any) -> str | None:
        claim = due_reminders.to_be_said(connection, due, now)
        if claim is None:
            return None
        due_reminders.mark_said(connection, claim.claim_id, now)
        return claim.assessment.outcome

    return writing(engine, work)


def test_a_claim_that_waits_is_remembered_from_the_transaction_that_keeps_it(engine: Engine) -> None:
    """For the first instant of its earliest day, on the policy's own calendar."""
    waiting(engine)

    known = reminder(engine)
    assert (known.due_on, known.due_at, known.state) == (EARLIEST, NOW, "set")
    assert (known.reference, known.buyer_id, known.said_at) == (waiting(engine).reference, BUYER, None)


def test_a_claim_that_never_waited_has_no_reminder(engine: Engine) -> None:
    """Nothing is said of what can be opened at once, is not covered, or has no day yet."""
    keep(engine, "ready")
    keep(engine, "no-day", facts={"claim_type": "broken"})
    keep(engine, "not-covered", facts=NOT_RECEIVED | {"paid_through_escrow": False}, now=DAY_FIVE)

    for claim_id in ("ready", "no-day", "not-covered"):
        assert disputes.reminder_of(engine, claim_id=claim_id) is None


def test_a_corrected_day_moves_it(engine: Engine) -> None:
    """Forwards and back; there is one for each claim, and the same again changes nothing."""
    waiting(engine)
    for day, due_on in (("2024-02-22", date(2024, 3, 3)), ("2024-02-21", date(2024, 3, 2))):
        waiting(engine, facts=asked_on(day))
        known = reminder(engine)
        assert (known.due_on, known.state) == (due_on, "set")
        assert known.due_at == datetime(due_on.year, due_on.month, due_on.day, tzinfo=timezone.utc)
        waiting(engine, facts=asked_on(day), turn_id="again", now=DAY_FIVE + timedelta(hours=1))
        assert reminder(engine) == known
    with engine.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(reminders)) == 1


@pytest.mark.parametrize(
    "change",
    [{"paid_through_escrow": False}, {"refund_requested": False, "refund_requested_on": None}],
    ids=["not covered", "no refund request"],
)
def test_what_ends_the_waiting_cancels_it_and_what_begins_it_again_sets_it(
    engine: Engine, change: dict[str, Any]
) -> None:
    """As the buyer corrects what they told."""
    waiting(engine)
    told = {name: value for name, value in (NOT_RECEIVED | change).items() if value is not None}

    waiting(engine, facts=told)
    assert reminder(engine).state == "cancelled"
    assert take(engine) == []

    waiting(engine)
    assert (reminder(engine).state, reminder(engine).due_on) == ("set", EARLIEST)


def test_a_dropped_claim_is_not_remembered(engine: Engine) -> None:
    """Dropped in one transaction with its reminder."""
    waiting(engine)

    disputes.drop_claim(engine, claim_id="claim-1", buyer_id=BUYER, turn_id="t", now=DAY_FIVE)

    assert reminder(engine).state == "cancelled"


def test_an_opened_dispute_needs_no_reminder(engine: Engine) -> None:
    """Opened by who comes back before anything was said."""
    waiting(engine)

    assert isinstance(opening(engine), disputes.Opened)

    assert reminder(engine).state == "cancelled"
    assert take(engine) == []


def test_who_is_told_on_the_day_in_a_turn_of_theirs_is_not_told_again(engine: Engine) -> None:
    """The claim was gone on with before the reminder was said."""
    waiting(engine)

    keep(engine, turn_id="turn-of-day-ten")

    known = reminder(engine)
    assert (known.state, known.said_at) == ("said", NOW)
    assert take(engine) == []


def test_what_staff_write_on_the_day_is_no_reason_to_forget_the_buyer(engine: Engine) -> None:
    """They were told nothing; the claim can be opened, and they hear that."""
    draft = waiting(engine)
    verified: dict[str, Any] = {"actor": "ann", "source": "page", "now": NOW}

    disputes.verify(engine, reference=draft.reference, fact="carrier_status", value="lost", **verified)

    assert reminder(engine).state == "set"
    [due] = take(engine)
    assert to_be_said(engine, due) == "eligible"


def test_what_staff_find_out_cancels_it_when_it_is_looked_at(engine: Engine) -> None:
    """Received by the carrier's record: nothing can be opened, so nothing is said."""
    draft = waiting(engine)
    verified: dict[str, Any] = {"actor": "ann", "source": "page", "now": DAY_FIVE}
    disputes.verify(engine, reference=draft.reference, fact="carrier_status", value="delivered", **verified)

    assert reminder(engine).state == "cancelled"


def test_nothing_is_due_before_its_day_and_then_it_is(engine: Engine) -> None:
    """To the millisecond (WAIT-1)."""
    waiting(engine)

    assert take(engine, NOW - timedelta(milliseconds=1)) == []
    [due] = take(engine)
    assert (due.claim_id, due.buyer_id) == ("claim-1", BUYER)


def test_broken_goods_are_remembered_with_what_is_still_needed(engine: Engine) -> None:
    """Photos are asked for on the day, unless they are there."""
    waiting(engine, facts=BROKEN)
    [due] = take(engine)
    assert to_be_said(engine, due) == "evidence_needed"

    waiting(engine, "claim-2", facts=BROKEN, item="cup")
    hand_in(engine, "claim-2", "1" * 64)
    [due] = take(engine)
    assert to_be_said(engine, due) == "eligible"


def test_what_was_taken_is_taken_by_nobody_else_until_its_taker_must_be_dead(engine: Engine) -> None:
    """And what somebody who was slow would say then is not said."""
    waiting(engine)
    [slow] = take(engine)
    assert take(engine) == []

    later = NOW + due_reminders.TAKEN_FOR
    assert take(engine, later - timedelta(milliseconds=1)) == []
    [due] = take(engine, later)

    assert to_be_said(engine, slow, later) is None
    assert to_be_said(engine, due, later) == "eligible"
    assert to_be_said(engine, due, later) is None, "it was said"


def test_two_who_take_at_once_do_not_wait_for_each_other(engine: Engine) -> None:
    """What one is taking, the other leaves alone: on SQLite there is only one at a time."""
    for number in range(4):
        waiting(engine, f"claim-{number}", item=f"lamp {number}")
    if engine.dialect.name == "sqlite":
        assert len(take(engine, most=2)) == 2
        assert len(take(engine, most=4)) == 2
        return
    with engine.begin() as one:
        first = due_reminders.take(one, NOW, 2)
        second = take(engine, most=4)
    assert sorted(due.claim_id for due in (*first, *second)) == [f"claim-{number}" for number in range(4)]
    assert len(first) == len(second) == 2


def test_a_claim_that_changed_hands_is_not_said_to_who_had_it(engine: Engine) -> None:
    """It was taken just before the messenger was linked to an account."""
    waiting(engine, buyer_id="unlinked:telegram:7")
    [due] = take(engine)

    disputes.hand_over(engine, from_buyer="unlinked:telegram:7", to_buyer=BUYER, now=NOW)

    assert to_be_said(engine, due) is None
    [again] = take(engine, NOW + due_reminders.TAKEN_FOR)
    assert again.buyer_id == BUYER
    assert to_be_said(engine, again, NOW + due_reminders.TAKEN_FOR) == "eligible"


def test_a_day_that_was_moved_while_it_was_taken_is_waited_for(engine: Engine) -> None:
    """The claim of today counts, not the one that was looked at."""
    waiting(engine)
    [due] = take(engine)
    keep(engine, facts=asked_on("2024-02-25"))

    assert to_be_said(engine, due) is None
    assert (reminder(engine).state, reminder(engine).due_on) == ("set", date(2024, 3, 6))


def test_a_buyer_may_not_want_to_be_reminded_and_may_want_it_again(engine: Engine) -> None:
    """Of one claim or of all; what waits is named, and nobody else's is touched."""
    waiting(engine)
    waiting(engine, "claim-2", item="cup", facts=asked_on("2024-02-22"))
    waiting(engine, "other", buyer_id="buyer-2")

    declined = disputes.want_reminders(engine, buyer_id=BUYER, wanted=False, now=DAY_FIVE)
    assert [(each.claim_id, each.state) for each in declined] == [("claim-1", "declined"), ("claim-2", "declined")]
    assert [due.buyer_id for due in take(engine, NOW + timedelta(days=9))] == ["buyer-2"]

    wanted = disputes.want_reminders(engine, buyer_id=BUYER, wanted=True, now=DAY_FIVE, claim_id="claim-2")
    assert [(each.claim_id, each.state) for each in wanted] == [("claim-2", "set")]
    assert [each.claim_id for each in disputes.all_reminders(engine, state="declined")] == ["claim-1"]


def test_what_was_declined_stays_declined_when_its_day_moves(engine: Engine) -> None:
    """Nobody is asked again because they corrected a date."""
    waiting(engine)
    disputes.want_reminders(engine, buyer_id=BUYER, wanted=False, now=DAY_FIVE)

    waiting(engine, facts=asked_on("2024-02-22"))

    assert (reminder(engine).state, reminder(engine).due_on) == ("declined", date(2024, 3, 3))


def test_with_nothing_that_waits_there_is_nothing_to_decline(engine: Engine) -> None:
    """A claim that can be opened already is not one that waits."""
    keep(engine)

    assert disputes.want_reminders(engine, buyer_id=BUYER, wanted=False, now=NOW) == []


def test_who_was_told_in_a_greeting_is_not_told_again(engine: Engine) -> None:
    """Only of what can be opened by now."""
    waiting(engine)
    waiting(engine, "claim-2", item="cup", facts=asked_on("2024-02-22"))

    disputes.heard(engine, kept=disputes.unfinished_claims(engine, buyer_id=BUYER, now=NOW), now=NOW)

    assert (reminder(engine).state, reminder(engine, "claim-2").state) == ("said", "set")


def test_what_cannot_be_said_waits_for_the_buyer(engine: Engine) -> None:
    """It is nobody's work until they write, and then it is due."""
    waiting(engine)
    [due] = take(engine)
    writing(engine, lambda connection: due_reminders.hold(connection, due.claim_id, NOW))
    assert take(engine, NOW + timedelta(days=3)) == []

    for buyer_id in ("buyer-2", BUYER):
        writing(engine, lambda connection, who=buyer_id: due_reminders.wake_held(connection, who, NOW))
        assert reminder(engine).state == ("set" if buyer_id == BUYER else "held")
    assert [each.claim_id for each in take(engine)] == ["claim-1"]


@pytest.mark.parametrize("values", [{"state": "asleep"}, {"state": "said"}, {"said_at": NOW}])
def test_the_database_refuses_a_state_that_cannot_be(engine: Engine, values: dict[str, Any]) -> None:
    """What is said has its instant, and nothing else has."""
    waiting(engine)

    with pytest.raises(sa.exc.IntegrityError), engine.begin() as connection:
        connection.execute(sa.update(reminders).values(values))
