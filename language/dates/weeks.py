"""Weeks by a day in them or by their number: "the week of 5 March", "w/c 11 May", "2024-W11", "week 11 of 2024"."""

from __future__ import annotations

from language.dates.calendar_days import (
    Days,
    day_number,
    on_or_after,
    on_or_before,
    only,
    week_of,
    weekend_of,
    year_month_day,
)
from language.dates.calendar_words import WEEKDAYS
from language.dates.context import ends_clean, is_alone, names_a_thing
from language.dates.day_numbers import bare_day
from language.dates.scan import Meaning, Scan
from language.dates.years import full_year

_WEEK = 7
_MOST_WEEKS = 53
_HOW = {
    "of": "around",
    "containing": "around",
    "commencing": "from",
    "beginning": "from",
    "starting": "from",
    "from": "from",
    "ending": "to",
}
_BEGINS = {"began": "from", "begins": "from", "started": "from", "starts": "from", "ended": "to", "ends": "to"}
_SHORT = {"c": "from", "b": "from", "e": "to"}


def week_by_a_day(scan: Scan, at: int) -> Meaning | None:
    """The seven days, or the weekend, that are told by one of their days."""
    found = _opening(scan, scan.skip(at, "the"))
    if found is None:
        return None
    how, start = found
    place = scan.skip(scan.skip(start, ":"), "on", "with")
    day = scan.inner(place) or bare_day(scan, place)
    if day is None or day.kind in ("period", "month") or (day.kind == "day_of_month" and names_a_thing(scan, day.end)):
        return None
    spans = tuple(_run(span, how) for span in day.spans)
    weekday = WEEKDAYS.get(scan.text(place)) if scan.text(place - 1) == "from" else None
    if weekday is not None and scan.text(at) != "the":
        spans = (only(on_or_after(scan.on + 1, weekday) + _WEEK), *spans)
    return Meaning(day.end, spans, "period", floats=day.floats)


def numbered_week(scan: Scan, at: int) -> Meaning | None:
    """Such as "2024-W11", "2024-W11-3", "W11 2024", "week 11": the calendar week (ISO 8601)."""
    year = full_year(scan, at)
    start = scan.skip(year[1], "-", ",") if year else at
    place = scan.skip(start, "calendar", "cal", "iso")
    if scan.text(place) not in ("week", "w", "cw", "kw") or (year and scan.kind(at) != "number"):
        return None
    number, end = scan.number(place + 1, 2), place + 2
    if number is None or not 1 <= number <= _MOST_WEEKS:
        return None
    following = None if year else full_year(scan, scan.skip(end, ",", "of", "in", "/", "-"))
    sure = bool(year or following or place > start or scan.text(place) in ("cw", "kw"))
    if not (sure or is_alone(scan, at, end)):
        return None
    if following:
        year, end = following, following[1]
    day = scan.number(end + 1, 1) if scan.text(end) == "-" and scan.glued(end + 1) else None
    if day is not None and 1 <= day <= _WEEK and ends_clean(scan, end + 2):
        monday = _monday(scan, number, year[0] if year else None)
        return Meaning(end + 2, (only(monday + day - 1),), "date", floats=not year)
    monday = _monday(scan, number, year[0] if year else None)
    return Meaning(end, (Days(monday, monday + _WEEK - 1),), "period", floats=not year)


def _monday(scan: Scan, number: int, year: int | None) -> int:
    """The first day of a week by its number; without a year the latest that has begun."""
    years = (year,) if year is not None else range(year_month_day(scan.on)[0] + 1, 0, -1)
    for of in years:
        monday = on_or_before(day_number(of, 1, 4), 0) + _WEEK * (number - 1)
        if year is not None or monday <= scan.on:
            return monday
    return scan.on


def _opening(scan: Scan, at: int) -> tuple[str, int] | None:
    """How the week lies to its day, and where the day stands."""
    text, following = scan.text(at), scan.text(at + 1)
    if text == "week" and following in _HOW:
        return _HOW[following], at + 2
    if text == "week" and following == "that" and scan.text(at + 2) in _BEGINS:
        return _BEGINS[scan.text(at + 2)], at + 3
    if text == "weekend" and following == "of":
        return "weekend", at + 2
    if text == "w" and following == "/" and scan.text(at + 2) in _SHORT:
        return _SHORT[scan.text(at + 2)], at + 3
    return ("from", at + 1) if text in ("wc", "wb") else None


def _run(day: Days, how: str) -> Days:
    if how == "weekend":
        return weekend_of(day.first)
    if how == "around":
        return week_of(day.first)
    return Days(day.last - 6, day.last) if how == "to" else Days(day.first, day.first + 6)
