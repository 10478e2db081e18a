"""Days as plain numbers, and runs of days.

A day is its number in the calendar: 1 is Monday, 1 January of the year 1, as in `date.toordinal`.
Numbers may lie outside the years that `date` knows, so that no arithmetic overflows; only `iso` looks at the limits.
Weekdays count from Monday, 0, to Sunday, 6.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

_YEARS_IN_A_CYCLE = 400
_DAYS_IN_A_CYCLE = 146_097
_LAST_DAY = date.max.toordinal()


class Days(NamedTuple):
    """A run of days, both ends in it; a single day is a run of one."""

    first: int
    last: int

    def __contains__(self, day: object) -> bool:
        return isinstance(day, int) and self.first <= day <= self.last


def only(day: int) -> Days:
    """The run of this one day."""
    return Days(day, day)


def day_number(year: int, month: int, day: int) -> int:
    """The number of a day; month and day must exist, the year may be any whole number."""
    cycles, year_in_cycle = divmod(year, _YEARS_IN_A_CYCLE)
    return date(year_in_cycle + _YEARS_IN_A_CYCLE, month, day).toordinal() + (cycles - 1) * _DAYS_IN_A_CYCLE


def year_month_day(day: int) -> tuple[int, int, int]:
    """The inverse of `day_number`."""
    cycles, day_in_cycle = divmod(day - 1, _DAYS_IN_A_CYCLE)
    found = date.fromordinal(day_in_cycle + 1)
    return found.year + cycles * _YEARS_IN_A_CYCLE, found.month, found.day


def month_length(year: int, month: int) -> int:
    """How many days a month has."""
    return 29 if month == 2 and calendar.isleap(year) else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def exists(year: int, month: int, day: int) -> bool:
    """Whether there is such a day: 30 February is none."""
    return 1 <= month <= 12 and 1 <= day <= month_length(year, month)


def weekday_of(day: int) -> int:
    """The weekday of a day."""
    return (day - 1) % 7


def on_or_before(day: int, weekday: int) -> int:
    """The nearest such weekday that is not after the day."""
    return day - (weekday_of(day) - weekday) % 7


def on_or_after(day: int, weekday: int) -> int:
    """The nearest such weekday that is not before the day."""
    return day + (weekday - weekday_of(day)) % 7


def months_later(day: int, months: int) -> int:
    """The same day of the month so many months later (below 0: earlier); the last one where the month is shorter."""
    year, month, day_of_month = year_month_day(day)
    years, month_index = divmod(month - 1 + months, 12)
    length = month_length(year + years, month_index + 1)
    return day_number(year + years, month_index + 1, min(day_of_month, length))


def week_of(day: int) -> Days:
    """The week of a day, Monday to Sunday."""
    monday = on_or_before(day, 0)
    return Days(monday, monday + 6)


def weekend_of(day: int) -> Days:
    """Saturday and Sunday of the week of a day."""
    monday = on_or_before(day, 0)
    return Days(monday + 5, monday + 6)


def month_run(year: int, month: int) -> Days:
    """All days of a month."""
    first = day_number(year, month, 1)
    return Days(first, first + month_length(year, month) - 1)


def month_of(day: int) -> Days:
    """The month of a day."""
    year, month, _ = year_month_day(day)
    return month_run(year, month)


def quarter_of(day: int) -> Days:
    """The quarter of a year in which a day lies."""
    year, month, _ = year_month_day(day)
    first_month = month - (month - 1) % 3
    return Days(month_run(year, first_month).first, month_run(year, first_month + 2).last)


def year_run(year: int) -> Days:
    """All days of a year."""
    return Days(day_number(year, 1, 1), day_number(year, 12, 31))


def year_of(day: int) -> Days:
    """The year of a day."""
    return year_run(year_month_day(day)[0])


def weekdays_in(run: Days, weekday: int) -> Iterator[int]:
    """Every such weekday of a run, in order."""
    return iter(range(on_or_after(run.first, weekday), run.last + 1, 7))


def iso(day: int) -> str | None:
    """The day as an ISO date; None outside the years that ISO dates know."""
    return date.fromordinal(day).isoformat() if 1 <= day <= _LAST_DAY else None
