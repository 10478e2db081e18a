"""Days told by the day next to them: "the day before yesterday", "the Friday after 3 May", "before Easter"."""

from __future__ import annotations

from language.dates.amounts import amount
from language.dates.calendar_days import Days, on_or_after, on_or_before, only
from language.dates.calendar_words import WEEKDAYS
from language.dates.reach import reach
from language.dates.scan import Meaning, Scan

#: How many days "the week before" another day is.
_LENGTHS = {"day": 1, "night": 1, "evening": 1, "morning": 1, "afternoon": 1, "week": 7, "weekend": 2, "month": 30}
#: Words with which a neighbour can begin.
NEIGHBOURS = frozenset((*_LENGTHS, "eve"))
#: "before Easter" is taken to be not longer ago than this.
_NEXT_TO_IT = 14
_BEFORE = ("before", "prior", "preceding")
_AFTER = ("after", "following")
_SUNDAY = 6


def open_end(scan: Scan, at: int) -> Meaning | None:
    """Such as "before 3 May", "after Easter": not that day but one of those next to it."""
    if scan.text(at) not in ("before", "after", "prior"):
        return None
    limit = scan.inner(scan.skip(at + 1, "to"))
    if limit is None or not limit.spans:
        return None
    direction = _direction(scan, at)
    spans = tuple(_run_beside(span, _NEXT_TO_IT, direction) for span in limit.spans)
    return Meaning(limit.end, spans, "period", floats=limit.floats)


def neighbour(scan: Scan, at: int) -> Meaning | None:
    """Such as "the day before yesterday", "the week before Christmas", "the Friday after 3 May"."""
    start = scan.skip(at, "the", "a")
    unit = scan.text(start)
    if scan.after(start, "eve of"):
        day = scan.inner(start + 2)
        return day and day._replace(spans=tuple(only(span.first - 1) for span in day.spans))
    weekday = WEEKDAYS.get(unit)
    direction = _direction(scan, start + 1)
    if direction == 0 or (weekday is None and unit not in _LENGTHS):
        return None
    inside = scan.inner(scan.skip(start + 2, "to", "on"))
    if inside is None and unit in _LENGTHS and _LENGTHS[unit] == 1 and scan.after(start + 1, "before last"):
        return Meaning(start + 3, (only(scan.on - 2),), "relative")
    if inside is None:
        return None
    spans = tuple(_beside(span, unit, weekday, direction) for span in inside.spans)
    return Meaning(inside.end, spans, "relative", floats=inside.floats)


def days_beside(scan: Scan, at: int) -> Meaning | None:
    """Such as "the two weeks before Christmas": all of those days."""
    time = amount(scan, at + 1) if scan.text(at) == "the" else None
    direction = _direction(scan, time.end) if time else 0
    inside = scan.inner(time.end + 1) if time and direction else None
    if time is None or inside is None:
        return None
    far = [reach(span.first if direction < 0 else span.last, time, direction)[-1] for span in inside.spans]
    spans = [
        Days(end.first, span.first - 1) if direction < 0 else Days(span.last + 1, end.last)
        for span, end in zip(inside.spans, far, strict=True)
    ]
    return Meaning(inside.end, tuple(spans), "period", floats=inside.floats)


def _direction(scan: Scan, at: int) -> int:
    return -1 if scan.text(at) in _BEFORE else 1 if scan.text(at) in _AFTER else 0


def _run_beside(span: Days, length: int, direction: int) -> Days:
    return Days(span.first - length, span.first - 1) if direction < 0 else Days(span.last + 1, span.last + length)


def _beside(span: Days, unit: str, weekday: int | None, direction: int) -> Days:
    if weekday is not None:
        return only(on_or_before(span.first - 1, weekday) if direction < 0 else on_or_after(span.last + 1, weekday))
    if unit == "weekend":
        sunday = on_or_before(span.first - 1, _SUNDAY) if direction < 0 else on_or_after(span.last + 2, _SUNDAY)
        return Days(sunday - 1, sunday)
    return _run_beside(span, _LENGTHS[unit], direction)
