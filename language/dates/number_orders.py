"""In which order numbers are day, month and year: every one that gives a day, unless the buyer's own is known."""

from __future__ import annotations

from language.dates.calendar_days import Days, day_number, exists, only
from language.dates.scan import Meaning, Scan
from language.dates.years import days_of, short_year

_LATELY = 731
_COMPACT_LENGTH = 8
_EARLIEST_COMPACT_YEAR = 1990
_LATEST_COMPACT_YEAR = 2100


def both_orders(scan: Scan, first: int, second: int, year: int | None) -> tuple[Days, ...]:
    """Day first and month first; `order` decides where both give a day."""
    day_first = in_order(scan, first, second, year, "DMY")
    month_first = in_order(scan, first, second, year, "MDY")
    if day_first and month_first and scan.order:
        return day_first if scan.order == "DMY" else month_first
    return tuple(dict.fromkeys((*day_first, *month_first)))


def in_order(scan: Scan, first: int, second: int, year: int | None, order: str) -> tuple[Days, ...]:
    """The day that two numbers give in one order; nothing where there is none."""
    day, month = (first, second) if order == "DMY" else (second, first)
    return tuple(map(only, days_of(scan, month, day, year))) if 1 <= month <= 12 else ()


def year_in_front(scan: Scan, at: int, first: int, second: int) -> Meaning | None:
    """Such as "98-03-04": only where the first number can be no month, and if it can be a day, not one to come."""
    year, day = short_year(scan, at), scan.number(at + 4, 2)
    if year is None or first <= 12 or day is None:
        return None
    spans = in_order(scan, second, day, year[0], "MDY")
    fits = bool(spans) and (first > 31 or spans[0].first <= scan.on)
    return Meaning(at + 5, spans, "date") if fits else None


def is_likelier(scan: Scan, in_front: Meaning, spans: tuple[Days, ...]) -> bool:
    """Whether a date lies in the last two years with its year in front, and in no other order: "23-11-02" in 2024."""
    return scan.on - _LATELY <= in_front.spans[0].first <= scan.on and not any(
        abs(span.first - scan.on) <= _LATELY for span in spans
    )


def compact_day(scan: Scan, at: int) -> int | None:
    """The day of "20240301", whatever follows it."""
    digits = scan.raw(at)
    if len(digits) != _COMPACT_LENGTH or scan.kind(at) != "number":
        return None
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    known = _EARLIEST_COMPACT_YEAR <= year <= _LATEST_COMPACT_YEAR and exists(year, month, day)
    return day_number(year, month, day) if known else None
