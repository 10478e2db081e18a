"""Months: "June", "May 2023", "2023 June", "last May", "this past January"; and a day in them, where one is said."""

from __future__ import annotations

from language.dates.calendar_days import Days, day_number, exists, month_run, only, year_month_day
from language.dates.calendar_words import MONTHS
from language.dates.context import is_a_verb, is_introduced, is_shy
from language.dates.month_days import month_at, month_day
from language.dates.scan import Meaning, Scan
from language.dates.years import full_year, year_beside

_LEANINGS = ("last", "this", "past", "previous", "next", "coming", "upcoming")
_TO_COME = ("next", "coming", "upcoming")
_TO_ANOTHER = ("-", "to", "through", "until", "and", "&", "or", "/")


def month_date(scan: Scan, at: int) -> Meaning | None:
    """A day with its month, or a month."""
    if scan.text(at) in _LEANINGS:
        return _leaning_month(scan, at)
    dated = month_day(scan, at)
    if dated or scan.text(at) not in MONTHS:
        return dated or _year_month(scan, at)
    return _month(scan, at)


def _year_month(scan: Scan, at: int) -> Meaning | None:
    year = full_year(scan, at) if scan.kind(at) == "number" else None
    place = scan.skip(at + 1, ",", "-", "/", ".")
    month = month_at(scan, place)
    return Meaning(place + 1, (month_run(year[0], month),), "month", month) if year and month else None


def _month(scan: Scan, at: int) -> Meaning | None:
    month = MONTHS[scan.text(at)]
    year = year_beside(scan, at + 1)
    if year and (year[1] - 1 != at + 1 or len(scan.raw(at + 1)) == 4):
        return Meaning(year[1], (month_run(year[0], month),), "month", month)
    beside_another = (scan.text(at + 1) in _TO_ANOTHER and month_at(scan, at + 2)) or (
        scan.text(at - 1) == "/" and month_at(scan, at - 2)
    )
    if (is_shy(scan, at) or is_a_verb(scan, at, at + 1)) and not (beside_another or is_introduced(scan, at, at + 1)):
        return None
    return Meaning(at + 1, (_nearest_month(scan, month),), "month", month, floats=True)


def _nearest_month(scan: Scan, month: int) -> Days:
    this_year, this_month, _ = year_month_day(scan.on)
    if scan.ahead:
        return month_run(this_year + (month < this_month), month)
    return month_run(this_year - (month > this_month), month)


def _leaning_month(scan: Scan, at: int) -> Meaning | None:
    """Such as "last May", "this June", "next March", and the same with a day."""
    place = scan.skip(at + 1, "past", "coming")
    month = month_at(scan, place)
    if month is None:
        return None
    leaning = "next" if scan.text(at) in _TO_COME or scan.text(place - 1) == "coming" else scan.text(place - 1)
    this_year, this_month, _ = year_month_day(scan.on)
    dated = month_day(scan.looking_ahead() if leaning == "next" else scan, place)
    if dated:
        return _and_a_year_before(dated, this_year) if leaning in ("last", "previous") else dated
    if leaning == "next":
        years = [this_year + (month <= this_month)]
    elif leaning == "this":
        years = [this_year] if month <= this_month else [this_year - 1, this_year]
    else:
        years = [this_year, this_year - 1] if month < this_month else [this_year - 1]
    return Meaning(place + 1, tuple(month_run(year, month) for year in years), "month", month)


def _and_a_year_before(dated: Meaning, this_year: int) -> Meaning:
    """ "last May 3rd" can be this year's and last year's."""
    spans = list(dated.spans)
    for span in dated.spans:
        year, month, day = year_month_day(span.first)
        if dated.floats and year == this_year and span.first == span.last and exists(year - 1, month, day):
            spans.append(only(day_number(year - 1, month, day)))
    return dated._replace(spans=tuple(spans))
