"""Several units of time on end: "the last 3 days", "past couple of weeks", "the last two Fridays"."""

from __future__ import annotations

from language.dates.calendar_days import Days, on_or_before, only
from language.dates.calendar_words import UNITS, WEEKDAYS
from language.dates.distances import DAYS, MONTHS, back, run_by_distance
from language.dates.quantities import Quantity, quantity
from language.dates.scan import Meaning, Scan

#: Days in the half of a unit.
_HALVES = {"week": 4, "fortnight": 7, "month": 16, "quarter": 46, "year": 184, "decade": 1827}
_HOURS_A_DAY = 24
_MOST_WEEKDAYS = 10


def several(scan: Scan, at: int) -> Meaning | None:
    """Such as "the last 3 days", "past couple of weeks", "next two months", "the last two Fridays"."""
    leaning = scan.text(at)
    if leaning not in ("last", "past", "previous", "next", "coming"):
        return None
    count = quantity(scan, at + 1)
    unit = UNITS.get(scan.text(count.end)) if count else None
    if count and scan.text(count.end) in ("working", "business") and UNITS.get(scan.text(count.end + 1)) == "day":
        count, unit = count._replace(most=count.most * 2 + 2, end=count.end + 1), "day"
    if count and leaning in ("last", "past", "previous") and count.most <= _MOST_WEEKDAYS:
        found = _weekends(scan, count) or _weekdays(scan, count)
        if found:
            return found
    if count and unit == "hour":
        count, unit = count._replace(most=-(-count.most // _HOURS_A_DAY)), "day"
    if count is None or unit not in (*DAYS, *MONTHS):
        return None
    if count.half and count.most == 0:
        half = Days(scan.on - _HALVES.get(unit, 1), scan.on)
        return Meaning(count.end + 1, (half,), "period") if leaning in ("last", "past", "previous") else None
    if leaning in ("next", "coming"):
        return Meaning(count.end + 1, (Days(scan.on + 1, back(scan.on, unit, -count.most)),), "period")
    return Meaning(count.end + 1, (Days(back(scan.on, unit, count.most), scan.on),), "period")


def _weekends(scan: Scan, count: Quantity) -> Meaning | None:
    if UNITS.get(scan.text(count.end)) != "weekend":
        return None
    first = 0 if scan.on in run_by_distance(scan.on, "weekend", 0) else 1
    runs = [run_by_distance(scan.on, "weekend", -step) for step in range(first, first + count.most)]
    return Meaning(count.end + 1, tuple(runs), "period")


def _weekdays(scan: Scan, count: Quantity) -> Meaning | None:
    weekday = WEEKDAYS.get(scan.text(count.end).removesuffix("s"))
    if weekday is None:
        return None
    latest = on_or_before(scan.on - 1, weekday)
    return Meaning(count.end + 1, tuple(only(latest - 7 * step) for step in range(count.most)), "period")
