"""Years together: "2020-2022", "from 2020 to 2022", "the 1990s", "the nineties", "last decade"."""

from __future__ import annotations

from language.dates.calendar_days import Days, months_later, only, year_month_day, year_run
from language.dates.calendar_words import words
from language.dates.context import is_alone, names_a_thing
from language.dates.scan import Meaning, Scan
from language.dates.years import full_year

_TO = ("-", "to", "until", "through", "and")
_OPENINGS = ("from", "between", "in", "during", "years")
_DECADES = {
    name: tens
    for tens, name in enumerate(words("twenties thirties forties fifties sixties seventies eighties nineties"), start=2)
}
_TEN = 10
_CENTURY = 100


def years(scan: Scan, at: int) -> Meaning | None:
    """The years or the decade that stand there."""
    return _from_to(scan, at) or _decade(scan, scan.skip(at, "the")) or _last_decade(scan, at)


def _from_to(scan: Scan, at: int) -> Meaning | None:
    first = full_year(scan, at)
    if first is None or scan.text(first[1]) not in _TO:
        return None
    last = full_year(scan, first[1] + 1)
    if last is None or last[0] < first[0] or names_a_thing(scan, last[1]):
        return None
    if scan.text(at - 1) not in _OPENINGS and not is_alone(scan, at, last[1]):
        return None
    return Meaning(last[1], (Days(year_run(first[0]).first, year_run(last[0]).last),), "period")


def _decade(scan: Scan, at: int) -> Meaning | None:
    in_letters = _DECADES.get(scan.text(at))
    place = scan.skip(at, "'")
    number = scan.number(place, 4)
    if in_letters and scan.text(at - 1) == "the":
        tens, end = in_letters * _TEN, at + 1
    elif number is not None and number % _TEN == 0 and scan.text(place + 1) == "s" and scan.glued(place + 1):
        tens, end = number, place + 2
        if number < _CENTURY and scan.text(at - 1) != "the":
            return None
    else:
        return None
    if tens < _CENTURY and not is_alone(scan, at, end):
        return None
    if tens < _CENTURY:
        century = year_month_day(scan.on)[0] // _CENTURY * _CENTURY
        tens += century if century + tens <= year_month_day(scan.on)[0] else century - _CENTURY
    return Meaning(end, (Days(year_run(tens).first, year_run(tens + _TEN - 1).last),), "period")


def _last_decade(scan: Scan, at: int) -> Meaning | None:
    """The one before this, or the day ten years ago: people mean either."""
    start = scan.skip(at, "the")
    if scan.text(start) not in ("last", "previous", "past") or scan.text(start + 1) != "decade":
        return None
    first = year_month_day(scan.on)[0] // _TEN * _TEN - _TEN
    ten_years_ago = only(months_later(scan.on, -12 * _TEN))
    return Meaning(start + 2, (ten_years_ago, Days(year_run(first).first, year_run(first + _TEN - 1).last)), "period")
