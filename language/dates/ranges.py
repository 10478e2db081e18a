"""From one day to another: "from 28 April to 3 May", "Monday - Wednesday", "from March to now"."""

from __future__ import annotations

from language.dates.beside import side_by_side
from language.dates.calendar_days import Days, month_of, only
from language.dates.calendar_words import WEEKDAYS
from language.dates.day_numbers import within_month
from language.dates.scan import Meaning, Scan
from language.dates.times import after_time

_TO = ("to", "until", "through", "-", "and", "&")
_MOST_ALTERNATIVES = 6


def span_of_days(scan: Scan, start: int, first: Meaning, opening: str) -> Meaning | None:
    """Such as "from X to Y", "X - Y": all days from the first date, which begins at `start`, to the second."""
    place = after_time(scan, first.end)
    joint = scan.text(place)
    if first.kind == "period" and joint in ("between", "from"):
        return _weekdays_of_a_week(scan, first, place)
    if joint not in _TO or (joint in ("and", "&") and opening != "between"):
        return None
    second = scan.expression(scan, place + 1) or _now(scan, place + 1)
    if second is None:
        return None
    if second.kind == "day_of_month" and first.kind == "date" and first.spans:
        ends = [last for span in first.spans for last in within_month(month_of(span.first), second.value)]
        second = second._replace(spans=tuple(ends))
    pairs = _pairs(scan, start, first, second)
    if not pairs and first.spans and second.spans:
        return None
    return Meaning(second.end, tuple(dict.fromkeys(pairs)), "period")


def _now(scan: Scan, at: int) -> Meaning | None:
    """The end of "from March to now"."""
    return Meaning(at + 1, (only(scan.on),), "relative") if scan.text(at) in ("now", "present", "date") else None


def _pairs(scan: Scan, start: int, first: Meaning, second: Meaning) -> list[Days]:
    """Every beginning with every end that fits; of two dates that can each be read in two orders, order with order."""
    if len(first.spans) == len(second.spans):
        together = [_from_to(one, other) for one, other in zip(first.spans, second.spans, strict=True)]
        if len(together) > 1 and all(together):
            return [run for run in together if run]
    runs = []
    for other in second.spans[:_MOST_ALTERNATIVES]:
        again = side_by_side(scan.seen_from(other.last), start) if first.floats else first
        runs += [_from_to(one, other) for one in (again or first).spans[:_MOST_ALTERNATIVES]]
    return [run for run in runs if run]


def _from_to(one: Days, other: Days) -> Days | None:
    return Days(one.first, other.last) if one.first <= other.last else None


def _weekdays_of_a_week(scan: Scan, run: Meaning, at: int) -> Meaning | None:
    """Such as "this week between Monday and Thursday"."""
    first, last = WEEKDAYS.get(scan.text(at + 1)), WEEKDAYS.get(scan.text(at + 3))
    if first is None or last is None or scan.text(at + 2) not in _TO or first > last:
        return None
    spans = tuple(Days(span.first + first, span.first + last) for span in run.spans if span.last - span.first == 6)
    return Meaning(at + 4, spans, "period") if spans else None
