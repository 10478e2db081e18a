"""Weeks, weekends, months, quarters and years by their distance: "last week", "this month", "the past ten days"."""

from __future__ import annotations

from language.dates.calendar_days import Days, month_of, months_later, quarter_of, week_of, weekend_of, year_of
from language.dates.calendar_words import UNITS
from language.dates.quantities import quantity
from language.dates.scan import Meaning, Scan

_STEPS = {
    "last": -1, "previous": -1, "prior": -1, "past": -1, "this": 0, "current": 0, "next": 1, "coming": 1, "upcoming": 1,
}  # fmt: skip
_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
_HOURS_A_DAY = 24


def unit_run(scan: Scan, at: int) -> Meaning | None:
    """A whole unit of time, or a number of them up to today or from today on."""
    start = scan.skip(at, "the")
    for rule in (_before_last, _one, _several, _the_weekend):
        found = rule(scan, start)
        if found:
            return found
    return None


def run_by_distance(on: int, unit: str, steps: int) -> Days:
    """The unit that lies so many steps from the one of the day; a fortnight is counted from the day itself."""
    if unit == "week":
        return week_of(on + 7 * steps)
    if unit == "weekend":
        return weekend_of(on + 7 * steps)
    if unit == "fortnight":
        return Days(on - 14, on) if steps < 0 else Days(on, on + 14)
    first = months_later(month_of(on).first, _MONTHS[unit] * steps)
    return {"month": month_of, "quarter": quarter_of, "year": year_of}[unit](first)


def _one(scan: Scan, at: int) -> Meaning | None:
    steps, unit = _STEPS.get(scan.text(at)), UNITS.get(scan.text(at + 1))
    if steps is None or unit not in ("week", "weekend", "fortnight", "month", "quarter", "year"):
        return None
    run = run_by_distance(scan.on, unit, steps)
    spans: tuple[Days, ...] = (run,)
    if scan.text(at) == "past" and unit in ("week", "month", "year"):
        spans = (Days(_back(scan.on, unit, 1), scan.on), run)
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


def _several(scan: Scan, at: int) -> Meaning | None:
    """Such as "the last 3 days", "past couple of weeks", "next two months"."""
    leaning = scan.text(at)
    if leaning not in ("last", "past", "previous", "next", "coming"):
        return None
    count = quantity(scan, at + 1)
    unit = UNITS.get(scan.text(count.end)) if count else None
    if count and unit == "hour":
        count, unit = count._replace(most=-(-count.most // _HOURS_A_DAY)), "day"
    if count is None or unit not in (*_DAYS, *_MONTHS):
        return None
    if leaning in ("next", "coming"):
        return Meaning(count.end + 1, (Days(scan.on + 1, _back(scan.on, unit, -count.most)),), "period")
    return Meaning(count.end + 1, (Days(_back(scan.on, unit, count.most), scan.on),), "period")


def _back(on: int, unit: str, count: int) -> int:
    return on - _DAYS[unit] * count if unit in _DAYS else months_later(on, -_MONTHS[unit] * count)


def _the_weekend(scan: Scan, at: int) -> Meaning | None:
    """Such as "the weekend", "over the weekend": the latest that has begun."""
    introduced = scan.text(at - 1) in ("the", "at", "over", "on", "during", "since")
    if scan.text(at) != "weekend" or not introduced:
        return None
    this_week = run_by_distance(scan.on, "weekend", 0)
    if scan.ahead or scan.on >= this_week.first:
        return Meaning(at + 1, (this_week,), "period", floats=True)
    return Meaning(at + 1, (run_by_distance(scan.on, "weekend", -1),), "period", floats=True)
