"""Ten days are calendar days on the policy's own calendar: months, leap days, years and clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest

from buyer_protection.policy import Facts, assess, shipped_editions
from tests.policy.claims import a_claim

#: day of the first refund request, first day for a dispute
FIRST_DAYS = {
    "within a month": ("2024-05-01", "2024-05-11"),
    "over a month of 31 days": ("2024-01-25", "2024-02-04"),
    "over a month of 30 days": ("2024-04-25", "2024-05-05"),
    "from the last day of a month": ("2024-08-31", "2024-09-10"),
    "over a leap day": ("2024-02-20", "2024-03-01"),
    "onto a leap day": ("2024-02-19", "2024-02-29"),
    "from a leap day": ("2024-02-29", "2024-03-10"),
    "over the end of February without a leap day": ("2023-02-20", "2023-03-02"),
    "in a century without a leap day": ("2100-02-20", "2100-03-02"),
    "over the end of a year": ("2023-12-25", "2024-01-04"),
    "over clocks going forward in Europe": ("2024-03-25", "2024-04-04"),
    "over clocks going back in Europe": ("2024-10-20", "2024-10-30"),
    "over clocks going forward in America": ("2024-03-05", "2024-03-15"),
    "over clocks going back in America": ("2024-10-28", "2024-11-07"),
}


def outcome_on(day: date, requested_on: str) -> str:
    """The outcome for an order that never came, on a day."""
    return assess(Facts.from_dict(a_claim("not_received", refund_requested_on=requested_on)), day).outcome


@pytest.mark.parametrize(("requested_on", "first_day"), FIRST_DAYS.values(), ids=FIRST_DAYS)
def test_a_dispute_opens_ten_calendar_days_after_the_request(requested_on: str, first_day: str) -> None:
    """Nine days after it is too early, ten and eleven are not, wherever the days fall."""
    tenth = date.fromisoformat(first_day)
    answer = assess(Facts.from_dict(a_claim("not_received", refund_requested_on=requested_on)), tenth)

    assert answer.earliest_dispute_on == tenth
    assert outcome_on(tenth - timedelta(days=1), requested_on) == "wait"
    assert outcome_on(tenth, requested_on) == "eligible"
    assert outcome_on(tenth + timedelta(days=1), requested_on) == "eligible"


@pytest.mark.parametrize(
    ("zone", "instant", "day"),
    [
        ("UTC", "2024-05-10T23:59:59+00:00", "2024-05-10"),
        ("UTC", "2024-05-11T00:00:00+00:00", "2024-05-11"),
        ("UTC", "2024-05-11T01:30:00+02:00", "2024-05-10"),
        ("UTC", "2024-05-10T19:00:00-05:00", "2024-05-11"),
        # Berlin is two hours ahead in summer and one in winter; the clocks change at 01:00 UTC.
        ("Europe/Berlin", "2024-03-30T22:59:59+00:00", "2024-03-30"),
        ("Europe/Berlin", "2024-03-30T23:00:00+00:00", "2024-03-31"),
        ("Europe/Berlin", "2024-03-31T21:59:59+00:00", "2024-03-31"),
        ("Europe/Berlin", "2024-03-31T22:00:00+00:00", "2024-04-01"),
        ("Europe/Berlin", "2024-10-26T22:00:00+00:00", "2024-10-27"),
        ("Europe/Berlin", "2024-10-27T22:59:59+00:00", "2024-10-27"),
        ("Europe/Berlin", "2024-10-27T23:00:00+00:00", "2024-10-28"),
        # Kiritimati is fourteen hours ahead, Los Angeles seven behind.
        ("Pacific/Kiritimati", "2024-05-10T10:00:00+00:00", "2024-05-11"),
        ("America/Los_Angeles", "2024-05-11T06:59:59+00:00", "2024-05-10"),
        ("America/Los_Angeles", "2024-05-11T07:00:00+00:00", "2024-05-11"),
    ],
)
def test_an_instant_falls_on_the_day_of_the_editions_own_calendar(zone: str, instant: str, day: str) -> None:
    """Around midnight and around the change of clocks, wherever the instant was written down."""
    edition = replace(shipped_editions()[0], time_zone=zone)

    assert edition.day_of(datetime.fromisoformat(instant)) == date.fromisoformat(day)


def test_the_day_with_twenty_three_hours_is_one_day() -> None:
    """A request late on the day before the clocks go forward still opens ten calendar days later, at midnight."""
    berlin = ZoneInfo("Europe/Berlin")
    edition = replace(shipped_editions()[0], time_zone="Europe/Berlin")
    requested_on = edition.day_of(datetime(2024, 3, 30, 23, 59, tzinfo=berlin))
    before = edition.day_of(datetime(2024, 4, 8, 23, 59, 59, tzinfo=berlin))
    after = edition.day_of(datetime(2024, 4, 9, 0, 0, tzinfo=berlin))

    assert outcome_on(before, requested_on.isoformat()) == "wait"
    assert outcome_on(after, requested_on.isoformat()) == "eligible"


class NoOffset(tzinfo):
    """A zone that does not know its offset: as good as none."""

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        return None

    def dst(self, moment: datetime | None) -> timedelta | None:
        return None

    def tzname(self, moment: datetime | None) -> str | None:
        return None


@pytest.mark.parametrize("zone", [None, NoOffset()])
def test_an_instant_without_an_offset_is_refused(zone: tzinfo | None) -> None:
    """A naive instant would be read on the calendar of whatever machine this is."""
    with pytest.raises(ValueError, match=r"^instant: needs a time zone$"):
        shipped_editions()[0].day_of(datetime(2024, 5, 1, 12, tzinfo=zone))


def test_the_first_edition_keeps_its_calendar_in_utc() -> None:
    """The text names no time zone; the first edition says UTC."""
    edition = shipped_editions()[0]

    assert edition.day_of(datetime(2024, 5, 1, 23, 59, tzinfo=timezone.utc)) == date(2024, 5, 1)


def test_the_end_of_the_calendar_is_reached_without_an_error() -> None:
    """Ten days after the last days there are: the answer is to wait, until the calendar's last day."""
    answer = assess(Facts.from_dict(a_claim("not_received", refund_requested_on="9999-12-25")), date.max)

    assert (answer.outcome, answer.earliest_dispute_on) == ("wait", date.max)
    assert outcome_on(date.max, "9999-12-21") == "eligible"
    assert outcome_on(date.max, "9999-12-22") == "wait"
