"""Weeks and weekends by a day in them: "the week of 5 March", "week commencing 11 May", "w/c 11 May"."""

from __future__ import annotations

from language.dates.calendar_days import Days, week_of, weekend_of
from language.dates.context import names_a_thing
from language.dates.day_numbers import bare_day
from language.dates.scan import Meaning, Scan

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
    return Meaning(day.end, tuple(_run(span, how) for span in day.spans), "period", floats=day.floats)


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
