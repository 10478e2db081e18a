"""Two things said of one day, made one: "Friday the 12th", "yesterday (3 May)", "last week, on Monday".

Where they contradict each other neither is believed: both readings are kept, so that the buyer is asked.
"""

from __future__ import annotations

from collections.abc import Callable

from language.dates.calendar_days import (
    Days,
    day_number,
    exists,
    months_later,
    only,
    weekday_of,
    weekdays_in,
    year_month_day,
)
from language.dates.day_numbers import within_month
from language.dates.scan import Meaning, Scan

#: How far back a Friday the 13th is looked for.
_MONTHS_BACK = 14
_WEEK = 7

Spans = tuple[Days, ...]


def settled(scan: Scan, named: Meaning, dated: Meaning) -> Meaning:
    """A weekday and a date: the days of the date on which it is that weekday."""
    fitting = tuple(span for span in dated.spans if _is_on(named.value, span))
    if fitting or not dated.spans:
        return Meaning(dated.end, fitting, "date")
    if dated.kind == "day_of_month":
        return Meaning(dated.end, (*_friday_the_13th(scan, named.value, dated.value), *dated.spans), "date")
    others = _in_other_years(scan, named.value, dated) if dated.floats else ()
    others = others or tuple(_nearest(span, named.value) for span in dated.spans)
    return Meaning(dated.end, tuple(dict.fromkeys((*others, *dated.spans))), "date")


def _is_on(weekday: int, span: Days) -> bool:
    return span.first == span.last and weekday_of(span.first) == weekday


def _friday_the_13th(scan: Scan, weekday: int, day: int) -> Spans:
    """The latest month in which that day was that weekday."""
    first = scan.on - year_month_day(scan.on)[2] + 1
    for back in range(_MONTHS_BACK):
        year, month, _ = year_month_day(months_later(first, -back))
        if exists(year, month, day):
            found = day_number(year, month, day)
            if found <= scan.on and weekday_of(found) == weekday:
                return (only(found),)
    return ()


def _in_other_years(scan: Scan, weekday: int, dated: Meaning) -> Spans:
    """The same day and month a year later or earlier, where it is that weekday then."""
    found = []
    for span in dated.spans:
        year, month, day = year_month_day(span.first)
        for other in (year + 1, year - 1):
            if span.first == span.last and exists(other, month, day):
                found.append(only(day_number(other, month, day)))
    return tuple(span for span in found if _is_on(weekday, span))


def _nearest(span: Days, weekday: int) -> Days:
    days = weekdays_in(Days(span.first - _WEEK // 2, span.first + _WEEK // 2), weekday)
    return only(next(days, span.first))


def agreed(scan: Scan, one: Meaning, other: Meaning) -> Meaning | None:
    """Two meanings side by side, as one; None where they are two dates and not two words for one."""
    kinds = {one.kind, other.kind}
    if not one.spans or not other.spans:
        return None
    if len(kinds) == 1:
        shared = tuple(span for span in one.spans if span in other.spans) if kinds == {"date"} else ()
        return Meaning(other.end, shared, "date") if shared else None
    if "weekday" in kinds:
        named, dated = (one, other) if one.kind == "weekday" else (other, one)
        if dated.kind in ("period", "month"):
            return _inside(dated, lambda run: tuple(map(only, weekdays_in(run, named.value))), other.end)
        return settled(scan, named, dated).until(other.end)
    if "day_of_month" in kinds:
        numbered, run = (one, other) if one.kind == "day_of_month" else (other, one)
        if run.kind in ("period", "month"):
            return _inside(run, lambda span: within_month(span, numbered.value), other.end)
    common = tuple(span for span in one.spans if any(span.first in run and span.last in run for run in other.spans))
    common = common or tuple(
        span for span in other.spans if any(span.first in run and span.last in run for run in one.spans)
    )
    return Meaning(other.end, common or (*one.spans, *other.spans), "date")


def _inside(run: Meaning, find: Callable[[Days], Spans], end: int) -> Meaning | None:
    spans = tuple(span for each in run.spans for span in find(each))
    return Meaning(end, spans, "relative") if 0 < len(spans) <= 10 else None


def lately(scan: Scan, at: int, run: Meaning, find: Callable[[Days], Spans]) -> Spans:
    """What `find` finds in a run; where that has not come yet and the year was left out, also in the run before it."""
    if run.kind == "this_or_last":
        this, last = find(run.spans[0]), find(run.spans[1])
        return this if this and (this[0].first <= scan.on or scan.ahead) else (*last, *this)
    found = tuple(span for each in run.spans for span in find(each))
    if scan.ahead or not run.floats or not found or any(span.first <= scan.on for span in found):
        return found
    earlier = scan.seen_from(run.spans[0].first - 1).inner(at)
    return (*(span for each in (earlier.spans if earlier else ()) for span in find(each)), *found)
