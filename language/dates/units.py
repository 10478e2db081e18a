"""Weeks, weekends, months, quarters and years by their distance: "last week", "this month", "the past ten days"."""

from __future__ import annotations

from language.dates.calendar_days import Days
from language.dates.calendar_words import UNITS
from language.dates.context import is_alone
from language.dates.distances import back, run_by_distance
from language.dates.scan import Meaning, Scan
from language.dates.several import several

_STEPS = {
    "last": -1, "previous": -1, "prior": -1, "past": -1, "preceding": -1, "this": 0, "current": 0,
    "all": 0, "whole": 0, "entire": 0,
    "next": 1, "coming": 1, "upcoming": 1,
}  # fmt: skip
#: Beside these a unit is how long something took, unless nothing else is said.
_THROUGHOUT = ("all", "whole", "entire")


def unit_run(scan: Scan, at: int) -> Meaning | None:
    """A whole unit of time, or a number of them up to today or from today on."""
    start = scan.skip(at, "the")
    for rule in (_before_last, _one, _just_gone, _to_date, several, _the_weekend):
        found = rule(scan, start)
        if found:
            return found
    return None


def _one(scan: Scan, at: int) -> Meaning | None:
    steps, unit = _STEPS.get(scan.text(at)), UNITS.get(scan.text(at + 1))
    if steps is None or unit not in ("week", "weekend", "fortnight", "month", "quarter", "year"):
        return None
    if scan.text(at) in _THROUGHOUT and not is_alone(scan, at, at + 2):
        return None
    run = run_by_distance(scan.on, unit, steps)
    spans: tuple[Days, ...] = (run,)
    if scan.text(at) == "past" and unit in ("week", "month", "year"):
        spans = (Days(back(scan.on, unit, 1), scan.on), run)
    elif unit == "weekend" and steps == 0 and run.first > scan.on:
        spans = (Days(run.first - 7, run.last - 7), run)
    return Meaning(at + 2, spans, "period")


def _before_last(scan: Scan, at: int) -> Meaning | None:
    unit = scan.text(at)
    if unit not in ("week", "weekend", "month", "quarter", "year"):
        return None
    for phrase, steps in (("before last", -2), ("after next", 2)):
        end = scan.after(at + 1, phrase)
        if end:
            return Meaning(end, (run_by_distance(scan.on, unit, steps),), "period")
    return None


def _just_gone(scan: Scan, at: int) -> Meaning | None:
    """Such as "the week just gone": up to today, or the calendar's last one."""
    unit = scan.text(at)
    end = scan.skip(at + 1, "just", "which", "that", "has")
    if unit not in ("week", "weekend", "month", "year") or scan.text(end) not in ("gone", "past", "ended", "passed"):
        return None
    run = run_by_distance(scan.on, unit, -1)
    return Meaning(end + 1, (Days(run.first, scan.on), run), "period")


def _to_date(scan: Scan, at: int) -> Meaning | None:
    """Such as "month to date": up to today."""
    unit = {"ytd": "year", "mtd": "month"}.get(scan.text(at))
    end = at + 1 if unit else scan.after(at + 1, "to date")
    unit = unit or UNITS.get(scan.text(at))
    if end is None or unit not in ("week", "month", "quarter", "year"):
        return None
    return Meaning(end, (Days(run_by_distance(scan.on, unit, 0).first, scan.on),), "period")


def _the_weekend(scan: Scan, at: int) -> Meaning | None:
    """Such as "the weekend", "over the weekend": the latest that has begun."""
    introduced = scan.text(at - 1) in ("the", "at", "over", "on", "during", "since")
    if scan.text(at) != "weekend" or not (introduced or is_alone(scan, at, at + 1)):
        return None
    this_week = run_by_distance(scan.on, "weekend", 0)
    if scan.ahead or scan.on >= this_week.first:
        return Meaning(at + 1, (this_week,), "period", floats=True)
    return Meaning(at + 1, (run_by_distance(scan.on, "weekend", -1),), "period", floats=True)
