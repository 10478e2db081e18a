"""How the third Monday, the last two days or the second week of a run of days is found."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from language.dates.calendar_days import (
    Days,
    month_of,
    months_later,
    only,
    quarter_of,
    week_of,
    weekday_of,
    weekdays_in,
    weekend_of,
)
from language.dates.calendar_words import WEEKDAYS

_SATURDAY = 5

Find = Callable[[Days], tuple[Days, ...]]


def finder(unit: str, number: int, many: int, from_behind: bool) -> Find:
    """How to find the number-th of these units in a run of days, counted from its end where so said."""

    def find(run: Days) -> tuple[Days, ...]:
        if unit == "week":
            return _weeks(run, number, many, from_behind)
        if unit == "day":
            return _days(run, number, many, from_behind)
        if unit == "working day":
            days = [only(day) for day in range(run.first, run.last + 1) if weekday_of(day) < _SATURDAY]
            return _pick(days, number, from_behind)
        if unit in ("month", "quarter"):
            return _months(run, number, many, unit, from_behind)
        if unit == "weekend":
            return _pick([weekend_of(day) for day in weekdays_in(run, _SATURDAY)], number, from_behind)
        return _pick([only(day) for day in weekdays_in(run, WEEKDAYS[unit])], number, from_behind)

    return find


def _pick(runs: Sequence[Days], number: int, from_behind: bool) -> tuple[Days, ...]:
    if number > len(runs):
        return ()
    return (runs[-number] if from_behind else runs[number - 1],)


def _days(run: Days, number: int, many: int, from_behind: bool) -> tuple[Days, ...]:
    first = run.last - number - many + 2 if from_behind else run.first + number - 1
    inside = run.first <= first and first + many - 1 <= run.last
    return (Days(first, first + many - 1),) if inside else ()


def _months(run: Days, number: int, many: int, unit: str, from_behind: bool) -> tuple[Days, ...]:
    """The number-th month or quarter of a year, or of another run of months, and those after it."""
    length, whole = {"month": (1, month_of), "quarter": (3, quarter_of)}[unit]
    end = run.last if from_behind else run.first
    first, last = (-(number + many - 2), 1 - number) if from_behind else (number - 1, number + many - 2)
    found = Days(whole(months_later(end, length * first)).first, whole(months_later(end, length * last)).last)
    return (found,) if run.first <= found.first and found.last <= run.last else ()


def _weeks(run: Days, number: int, many: int, from_behind: bool) -> tuple[Days, ...]:
    """The number-th week of a run, as seven days of its own and as the calendar's week: people mean either."""
    if from_behind:
        last = run.last - 7 * (number - 1)
        return (Days(last - 7 * many + 1, last), week_of(last)) if last >= run.first else ()
    first = run.first + 7 * (number - 1)
    return (Days(first, first + 7 * many - 1), week_of(first)) if first <= run.last else ()
