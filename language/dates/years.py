"""Years beside a date ("2024", "'24", "last year"), and the day meant where the year is left out."""

from __future__ import annotations

from language.dates.calendar_days import day_number, exists, year_month_day
from language.dates.number_words import Counted, written_year
from language.dates.quantities import quantity
from language.dates.scan import Scan

_EARLIEST = 1900
_LATEST = 2199
#: A leap day comes back after eight years at the latest, where a century's leap year is left out.
_YEARS_BETWEEN_LEAP_DAYS = 8
_YEARS_AHEAD_IN_TWO_DIGITS = 20


def full_year(scan: Scan, at: int) -> Counted | None:
    """A year that can be nothing else: four digits, or words."""
    if scan.kind(at) == "number":
        number = scan.number(at, 4) if len(scan.raw(at)) == 4 else None
        return (number, at + 1) if number and _EARLIEST <= number <= _LATEST else None
    return written_year(scan.tokens, at) if scan.text(at) in ("nineteen", "twenty", "two") else None


def short_year(scan: Scan, at: int) -> Counted | None:
    """A year in two digits: the one up to twenty years ahead of today, or nearest behind."""
    number = scan.number(at, 2)
    if number is None or len(scan.raw(at)) != 2:
        return None
    this_year = year_month_day(scan.on)[0]
    century = (this_year + _YEARS_AHEAD_IN_TWO_DIGITS) // 100 * 100
    year = century + number
    return (year if year <= this_year + _YEARS_AHEAD_IN_TWO_DIGITS else year - 100), at + 1


def year_beside(scan: Scan, at: int) -> Counted | None:
    """The year that follows a day and a month: "2024", ", 2024", "of '24", "/24", "last year"."""
    relative = _relative_year(scan, scan.skip(at, "of", "in", ","))
    if relative:
        return relative
    start = scan.skip(at, ",", "/", "-", ".", "of", "in")
    found = full_year(scan, start)
    if found:
        return found
    if scan.text(start) == "'" and scan.glued(start + 1):
        return short_year(scan, start + 1)
    short = short_year(scan, start)
    if short and not _goes_on(scan, start, short[1]):
        return short
    return None


def _relative_year(scan: Scan, at: int) -> Counted | None:
    at = scan.skip(at, "the")
    years = quantity(scan, at)
    if years and scan.text(years.end) in ("year", "years") and scan.text(years.end + 1) == "ago":
        return year_month_day(scan.on)[0] - years.likely, years.end + 2
    steps = {"last": -1, "previous": -1, "past": -1, "prior": -1, "this": 0, "next": 1}.get(scan.text(at))
    if steps is None or scan.text(at + 1) != "year":
        return None
    return year_month_day(scan.on)[0] + steps, at + 2


def _goes_on(scan: Scan, start: int, end: int) -> bool:
    """Whether two digits after a date are more than a year: a time, an amount, a number of things."""
    if scan.text(start - 1) in ("/", "-", ".") and scan.glued(start):
        return scan.glued(end) and scan.kind(end) != "mark"
    following = scan.text(end)
    return (
        scan.kind(end) in ("word", "number")
        or following in ("$", "€", "£")
        or (scan.glued(end) and following in (":", "%", "/", "-"))
        or (following == "." and scan.glued(end) and scan.glued(end + 1) and scan.kind(end + 1) == "number")
    )


def days_of(scan: Scan, month: int, day: int, year: int | None) -> tuple[int, ...]:
    """The day of that month and year; without a year the last one that existed, or the next where the scan looks ahead.

    Nothing where there is no such day.
    """
    if year is not None:
        return (day_number(year, month, day),) if exists(year, month, day) else ()
    if not exists(2000, month, day):
        return ()
    this_year = year_month_day(scan.on)[0]
    step = 1 if scan.ahead else -1
    for distance in range(_YEARS_BETWEEN_LEAP_DAYS + 2):
        candidate_year = this_year + step * distance
        if exists(candidate_year, month, day):
            found = day_number(candidate_year, month, day)
            if (found >= scan.on) if scan.ahead else (found <= scan.on):
                return (found,)
    return ()
