"""Two dates in digits as a run of days: "28/07-03/08", "20.-22.5.2017", "5/20-6/2/2017", "20170520-20170602".

What the first date leaves out, it has from the second. Both are read in the same order of day and month.
"""

from __future__ import annotations

from language.dates.calendar_days import Days, year_month_day
from language.dates.context import INTRODUCERS, ends_clean, is_alone
from language.dates.number_orders import compact_day, in_order
from language.dates.numeric import numeric_date
from language.dates.scan import Meaning, Scan
from language.dates.years import full_year, short_year

_SEPARATORS = ("/", ".")
_TO = ("-", "to", "until", "through")


def numeric_run(scan: Scan, at: int) -> Meaning | None:
    """The run that begins with the number there."""
    if scan.kind(at) != "number":
        return None
    return _compact(scan, at) or _day_and_month_twice(scan, at) or _days_of_a_month(scan, at)


def _compact(scan: Scan, at: int) -> Meaning | None:
    first = compact_day(scan, at) if scan.text(at + 1) in _TO else None
    last = compact_day(scan, at + 2) if first is not None else None
    return Meaning(at + 3, (Days(first, last),), "period") if first and last and first <= last else None


def _day_and_month_twice(scan: Scan, at: int) -> Meaning | None:
    """Such as "28/07-03/08", with the year behind the second or without one."""
    separator = scan.text(at + 1)
    one, other = scan.number(at, 2), scan.number(at + 2, 2)
    place = scan.skip(at + 3, ".") if separator == "." else at + 3
    if separator not in _SEPARATORS or one is None or other is None or scan.text(place) not in _TO:
        return None
    second = place + 1
    last, last_other, end = scan.number(second, 2), scan.number(second + 2, 2), second + 3
    if last is None or last_other is None or scan.text(second + 1) != separator:
        return None
    year = None
    if scan.text(end) == separator and scan.glued(end + 1):
        year = full_year(scan, end + 1) or short_year(scan, end + 1)
        end = year[1] if year else end + (separator == ".")
    wanted = year or scan.text(at - 1) in INTRODUCERS or is_alone(scan, at, end)
    if not wanted or not ends_clean(scan, end):
        return None
    return _run(scan, (one, other), (last, last_other), year[0] if year else None, end)


def _days_of_a_month(scan: Scan, at: int) -> Meaning | None:
    """Such as "20-22/5/2017", "20.-22.5.2017": two days of one month, which is told after the second."""
    first = scan.number(at, 2)
    place = scan.skip(at + 1, ".")
    if first is None or scan.text(place) not in _TO or scan.text(place + 2) not in _SEPARATORS:
        return None
    last, month = scan.number(place + 1, 2), scan.number(place + 3, 2)
    dated = numeric_date(scan, place + 1)
    if last is None or month is None or dated is None or dated.kind != "date" or dated.end <= place + 4:
        return None
    runs = []
    for span in dated.spans:
        _, of, day = year_month_day(span.first)
        if (day, of) == (last, month) and first < last:
            runs.append(Days(span.first - (last - first), span.first))
    return Meaning(dated.end, tuple(runs), "period") if runs else None


def _run(scan: Scan, one: tuple[int, int], other: tuple[int, int], year: int | None, end: int) -> Meaning | None:
    runs = []
    for order in ("DMY", "MDY"):
        last = in_order(scan, *other, year, order)
        if last:
            year_of_last = year_month_day(last[0].first)[0]
            first = in_order(scan, *one, year_of_last, order)
            if first and first[0] > last[0]:
                first = in_order(scan, *one, year_of_last - 1, order)
            if first:
                runs.append(Days(first[0].first, last[0].last))
    if scan.order and len(runs) == 2:
        runs = runs[:1] if scan.order == "DMY" else runs[1:]
    return Meaning(end, tuple(dict.fromkeys(runs)), "period", floats=year is None) if runs else None
