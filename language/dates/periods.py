"""Longer periods: quarters, halves, seasons and years by name, and the one door to all kinds of periods."""

from __future__ import annotations

from language.dates.calendar_days import Days, month_run, year_month_day, year_run
from language.dates.context import is_alone, names_a_thing
from language.dates.months import month_date
from language.dates.nth import nth
from language.dates.number_words import cardinal, ordinal
from language.dates.parts import part
from language.dates.scan import Meaning, Scan
from language.dates.units import unit_run
from language.dates.weeks import week_by_a_day
from language.dates.years import full_year, year_beside

#: First and last month of a season in the north, where most buyers live, and the last day of the last month.
SEASONS = {
    "spring": (3, 6, 20),
    "summer": (6, 9, 22),
    "autumn": (9, 12, 20),
    "fall": (9, 12, 20),
    "winter": (12, 15, 20),
}
_IN_A_SEASON = ("in", "during", "since", "over", "of", "early", "late", "mid", "until", "before", "back")
_LEANINGS = {"last": -1, "past": -1, "previous": -1, "this": 0, "next": 1, "coming": 1}


def period(scan: Scan, at: int) -> Meaning | None:
    """The period that stands at a place, months included."""
    for rule in (part, week_by_a_day, nth, long_period, unit_run, month_date):
        found = rule(scan, at)
        if found and found.kind in ("period", "month"):
            return found
    return None


def long_period(scan: Scan, at: int) -> Meaning | None:
    """A quarter, half year, season or year."""
    start = scan.skip(at, "the")
    return _quarter(scan, start) or _season(scan, start) or _year(scan, start)


def _quarter(scan: Scan, at: int) -> Meaning | None:
    """Such as "Q3 2018", "2018 Q4", "third quarter of 2018", "H1 2016"."""
    year = full_year(scan, at)
    start = scan.skip(year[1], "-", "/", ",") if year else at
    named = ordinal(scan.tokens, start)
    if scan.text(start) in ("q", "h") and scan.glued(start + 1) and scan.number(start + 1, 1):
        number, end, months = scan.number(start + 1, 1) or 0, start + 2, 3 if scan.text(start) == "q" else 6
    elif scan.text(start) == "quarter" and cardinal(scan.tokens, start + 1):
        number, end = cardinal(scan.tokens, start + 1) or (0, start)
        months = 3
    elif named and scan.text(named[1]) == "quarter":
        number, end, months = named[0], named[1] + 1, 3
    elif scan.text(start) in ("last", "final") and scan.text(start + 1) == "quarter" and year_beside(scan, start + 2):
        number, end, months = 4, start + 2, 3
    else:
        return None
    if not 1 <= number <= 12 // months:
        return None
    year = year or year_beside(scan, end)
    return _months(
        scan, (number - 1) * months + 1, number * months, year[0] if year else None, max(end, year[1] if year else 0)
    )


def _months(scan: Scan, first: int, last: int, year: int | None, end: int) -> Meaning:
    """From one month to another of a year, of the latest year where none is said."""

    def run(of: int) -> Days:
        return Days(month_run(of, first).first, month_run(of, last).last)

    this_year = year_month_day(scan.on)[0]
    if year is None:
        latest = this_year if (run(this_year).first <= scan.on or scan.ahead) else this_year - 1
        return Meaning(end, (run(latest),), "period", floats=True)
    return Meaning(end, (run(year),), "period")


def _season(scan: Scan, at: int) -> Meaning | None:
    leaning = scan.text(at) if scan.text(at) in _LEANINGS else ""
    year = full_year(scan, at)
    place = at + 1 if leaning else year[1] if year else at
    if scan.text(place) not in SEASONS:
        return None
    following = year_beside(scan, place + 1)
    end = following_end = following[1] if following else place + 1
    year = year or following
    said = scan.text(place - 2 if scan.text(place - 1) == "the" else place - 1) in _IN_A_SEASON
    if not (leaning or year or said or is_alone(scan, place, end)):
        return None
    name = scan.text(place)
    this_year = year_month_day(scan.on)[0]
    if year:
        end = max(end, _next_year(scan, end, year[0]))
        runs = [_season_run(year[0], name), *([_season_run(year[0] - 1, name)] if name == "winter" else ())]
        return Meaning(end, tuple(runs[: 1 if end > following_end else 2]), "period")
    runs = [_season_run(this_year + step, name) for step in (1, 0, -1, -2)]
    if leaning in ("next", "coming"):
        return Meaning(end, (min(run for run in runs if run.first > scan.on),), "period")
    if leaning == "this":
        of_this_year = _season_run(this_year, name)
        return Meaning(
            end, tuple(dict.fromkeys((max(run for run in runs if run.first <= scan.on), of_this_year))), "period"
        )
    begun = [run for run in runs if run.first <= scan.on]
    if leaning in ("last", "past", "previous"):
        over = [run for run in begun if run.last < scan.on]
        return Meaning(end, tuple(over[:2]) if over[0] in runs[:2] else (over[0],), "period")
    return Meaning(end, (begun[0],), "period", floats=True)


def _next_year(scan: Scan, at: int, year: int) -> int:
    """The place after the second year of "winter 2018/19"."""
    if scan.text(at) not in ("/", "-") or scan.number(at + 1, 4) not in (year + 1, (year + 1) % 100):
        return at
    return at + 2


def _season_run(year: int, name: str) -> Days:
    first, last, last_day = SEASONS[name]
    end = month_run(year + (last > 12), (last - 1) % 12 + 1)
    return Days(month_run(year, first).first, end.first + last_day - 1)


def _year(scan: Scan, at: int) -> Meaning | None:
    named = scan.text(at) == "year"
    start = scan.skip(at + 1, "of") if named else at
    year = full_year(scan, start)
    if year is None or names_a_thing(scan, year[1]):
        return None
    before = scan.text(at - 2 if scan.text(at - 1) == "-" else at - 1)
    introduced = named or before in ("in", "of", "since", "during", "early", "mid", "late", "until", "year")
    return Meaning(year[1], (year_run(year[0]),), "period") if introduced or is_alone(scan, at, year[1]) else None
