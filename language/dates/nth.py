"""Days by their place in a row: "the second Monday of August", "the last two days of May", "first week of June"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from language.dates.calendar_days import Days, only, week_of, weekdays_in, weekend_of
from language.dates.calendar_words import MONTHS, UNITS, WEEKDAYS
from language.dates.number_words import cardinal, ordinal
from language.dates.parts import period_inside
from language.dates.quantities import quantity
from language.dates.scan import Kind, Meaning, Scan
from language.dates.settling import lately

#: "the second last day", "next to last": not the last one.
_BUT_ONE = ("st", "nd", "rd", "th", "second", "third", "to")
#: Far enough for "the tenth Friday after": nobody counts further.
_A_YEAR = 400
_SATURDAY = 5
_LAST = 0
#: How many days "the last days of April" are taken to be.
_SOME = 5
_MOST_WEEKS = 53

Find = Callable[[Days], tuple[Days, ...]]


def nth(scan: Scan, at: int) -> Meaning | None:
    """A day, weekday, week or weekend by its number in a period, or after or before a day."""
    start = scan.skip(at, "the")
    is_last = scan.text(start) in ("last", "final") and scan.text(start - 1) not in _BUT_ONE
    number = (_LAST, start + 1) if is_last else ordinal(scan.tokens, start)
    if number is None:
        return _numbered_week(scan, start)
    count = quantity(scan, number[1])
    many, place = (count.most, count.end) if count else (1, number[1])
    many = _SOME if count is None and scan.text(place) == "days" else many
    unit = scan.text(place) if scan.text(place) in WEEKDAYS else UNITS.get(scan.text(place), "")
    if unit not in (*WEEKDAYS, "day", "week", "weekend"):
        return None
    kind: Kind = "date" if unit == "day" and many == 1 else "period"
    joint = scan.text(place + 1)
    if joint in ("after", "before"):
        find = _finder(unit, max(number[0], 1), many, joint == "before")
        return _beside(scan, place + 2, joint, find)
    if joint not in ("of", "in", *MONTHS):
        return None
    where = place + 1 + (joint not in MONTHS)
    run = period_inside(scan, where)
    find = _finder(unit, max(number[0], 1), many, number[0] == _LAST)
    return run and Meaning(run.end, lately(scan, where, run, find), kind)


def _numbered_week(scan: Scan, at: int) -> Meaning | None:
    """Such as "week 2 of April"."""
    number = cardinal(scan.tokens, at + 1) if scan.text(at) == "week" else None
    if number is None or not 1 <= number[0] <= _MOST_WEEKS or scan.text(number[1]) not in ("of", "in"):
        return None
    where = number[1] + 1
    run = period_inside(scan, where)
    return run and Meaning(run.end, lately(scan, where, run, _finder("week", number[0], 1, False)), "period")


def _beside(scan: Scan, at: int, joint: str, find: Find) -> Meaning | None:
    """What `find` finds after a day, or before it."""
    limit = scan.inner(at)
    if limit is None:
        return None
    runs = [
        Days(span.last + 1, span.last + _A_YEAR) if joint == "after" else Days(span.first - _A_YEAR, span.first - 1)
        for span in limit.spans
    ]
    return Meaning(limit.end, tuple(found for run in runs for found in find(run)), "date", floats=limit.floats)


def _finder(unit: str, number: int, many: int, from_behind: bool) -> Find:
    """How to find the number-th of these units in a run of days, counted from its end where so said."""

    def find(run: Days) -> tuple[Days, ...]:
        if unit == "week":
            return _weeks(run, number, many, from_behind)
        if unit == "day":
            return _days(run, number, many, from_behind)
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


def _weeks(run: Days, number: int, many: int, from_behind: bool) -> tuple[Days, ...]:
    """The number-th week of a run, as seven days of its own and as the calendar's week: people mean either."""
    if from_behind:
        return Days(run.last - 7 * many + 1, run.last), week_of(run.last)
    first = run.first + 7 * (number - 1)
    return (Days(first, first + 7 * many - 1), week_of(first)) if first <= run.last else ()
