"""The calendar file: read back with a reader of calendars, it tells the day, the claim, and nothing of the order."""

from __future__ import annotations

from datetime import date, timedelta

from icalendar import Calendar, Event
from sqlalchemy.engine import Engine

from buyer_protection.disputes.calendar_file import calendar_file
from tests.disputes.made_up import DAY_NINE, NOT_RECEIVED, REQUESTED_ON, keep


def event_in(file: bytes | None) -> Event:
    """The one event of a calendar file."""
    assert file is not None
    [event] = Calendar.from_ical(file).walk("VEVENT")
    return event


def test_the_event_is_the_whole_first_day_for_a_dispute(engine: Engine) -> None:
    """Ten days after the request, over a leap day, and that day alone (WAIT-1)."""
    event = event_in(calendar_file(keep(engine, now=DAY_NINE)))

    assert event.decoded("dtstart") == REQUESTED_ON + timedelta(days=10) == date(2024, 3, 1)
    assert event.decoded("dtend") == date(2024, 3, 2)


def test_it_names_the_claim_and_the_clause_and_nothing_of_the_order(engine: Engine) -> None:
    """A calendar may be shared: neither the order's number, nor the item, nor the buyer's words stand in it."""
    claim = keep(engine, now=DAY_NINE)
    file = calendar_file(claim)
    event = event_in(file)

    assert claim.reference in event["summary"]
    assert "10 days" in event["description"]
    assert "WAIT-1" in event["description"]
    assert event["class"] == "PRIVATE"
    for told in (claim.order_id, claim.item, claim.statement, claim.buyer_id):
        assert told not in Calendar.from_ical(file or b"").to_ical().decode()


def test_it_reminds_in_the_morning_of_that_day(engine: Engine) -> None:
    """One alarm, on the day itself, not in the night before it."""
    [alarm] = event_in(calendar_file(keep(engine, now=DAY_NINE))).walk("VALARM")

    assert timedelta(hours=6) <= alarm.decoded("trigger") <= timedelta(hours=12)
    assert alarm["action"] == "DISPLAY"


def test_another_day_moves_the_event_that_there_is(engine: Engine) -> None:
    """The same UID, and a sequence that has grown; unchanged, the file is the same to the byte."""
    first = keep(engine, now=DAY_NINE - timedelta(days=1))
    again = keep(engine, now=DAY_NINE)
    corrected = {**NOT_RECEIVED, "refund_requested_on": (REQUESTED_ON + timedelta(days=1)).isoformat()}
    moved = keep(engine, now=DAY_NINE, facts=corrected)

    assert calendar_file(first) == calendar_file(again)
    before, after = event_in(calendar_file(first)), event_in(calendar_file(moved))
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert after.decoded("dtstart") == before.decoded("dtstart") + timedelta(days=1)


def test_without_a_refund_request_there_is_no_file(engine: Engine) -> None:
    """No day is known that it could name."""
    facts = {name: value for name, value in NOT_RECEIVED.items() if name != "refund_requested_on"}

    assert calendar_file(keep(engine, facts={**facts, "refund_requested": False})) is None
