"""Dates in digits: "2024-03-01", "3/4/24", "12.5.2024", "20240301", "3/2024", "2/25".

Where day and month can be told apart neither by the number, nor by `order`, both readings are returned.
"""

from __future__ import annotations

from language.dates.calendar_days import month_run, only
from language.dates.calendar_words import words
from language.dates.context import INTRODUCERS, ends_clean, is_alone, names_a_thing
from language.dates.number_orders import both_orders, compact_day, in_order, is_likelier, year_in_front
from language.dates.scan import Meaning, Scan
from language.dates.years import full_year, short_year

_SEPARATORS = ("/", "-", ".")
_COMPACT_LENGTH = 8

#: Words beside two numbers that make them a share, a mark or a size.
_BESIDE_A_SHARE = frozenset(
    words(
        "of star stars items item pieces pcs pieces pairs parts inch inches cup price cups full size scale "
        "points rating rated score scored gave give only hours days a an th share"
    )
)
_FRACTIONS = frozenset(
    ((1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (1, 5), (2, 5), (3, 5), (4, 5), (5, 5), (1, 10), (24, 7))
)


def numeric_date(scan: Scan, at: int) -> Meaning | None:
    """A date in digits, or a month and a year; every reading that it can have."""
    if scan.kind(at) != "number":
        return None
    if len(scan.raw(at)) == _COMPACT_LENGTH:
        return _compact(scan, at)
    separator = scan.text(at + 1)
    if scan.kind(at + 1) == "number":
        return _apart(scan, at)
    if separator not in _SEPARATORS or scan.kind(at + 2) != "number":
        return None
    if len(scan.raw(at)) == 4:
        return _year_first(scan, at, separator)
    return _three_numbers(scan, at, separator) or _two_numbers(scan, at, separator)


def _apart(scan: Scan, at: int) -> Meaning | None:
    """Such as "3 5 2024", "2024 5 3", "13 5 24": only where a date is expected, and no other number follows."""
    if scan.kind(at + 2) != "number" or scan.kind(at + 3) == "number":
        return None
    alone = is_alone(scan, at, at + 3)
    if not alone and scan.text(at - 1) not in ("on", "since", "dated"):
        return None
    first, second, third = scan.number(at, 2), scan.number(at + 1, 2), scan.number(at + 2, 2)
    if len(scan.raw(at)) == 4:
        year = full_year(scan, at)
        spans = in_order(scan, second or 0, third or 0, year[0], "MDY") if year else ()
    else:
        year = full_year(scan, at + 2) or (short_year(scan, at + 2) if alone else None)
        spans = both_orders(scan, first or 0, second or 0, year[0]) if year else ()
    return Meaning(at + 3, spans, "date") if spans else None


def _compact(scan: Scan, at: int) -> Meaning | None:
    day = compact_day(scan, at)
    return Meaning(at + 1, (only(day),), "date") if day is not None and ends_clean(scan, at + 1) else None


def _year_first(scan: Scan, at: int, separator: str) -> Meaning | None:
    year, month = full_year(scan, at), scan.number(at + 2, 2)
    if year is None or month is None:
        return None
    day = scan.number(at + 4, 2)
    if scan.text(at + 3) == separator and day is not None:
        return Meaning(at + 5, in_order(scan, month, day, year[0], "MDY"), "date")
    if not 1 <= month <= 12 or not scan.glued(at + 1) or not scan.glued(at + 2) or not ends_clean(scan, at + 3):
        return None
    return Meaning(at + 3, (month_run(year[0], month),), "month", month)


def _three_numbers(scan: Scan, at: int, separator: str) -> Meaning | None:
    """Day, month and year, in any order that ends or begins with the year."""
    first, second = scan.number(at, 2), scan.number(at + 2, 2)
    if first is None or second is None:
        return None
    joint = scan.text(at + 3)
    year = full_year(scan, at + 4) or short_year(scan, at + 4)
    if joint != separator and not (joint == "," and separator != "." and scan.glued(at + 3) and scan.glued(at + 4)):
        return _year_apart(scan, at, first, second, separator)
    if year is None:
        return None
    written_out = len(scan.raw(at + 4)) == 4
    if not written_out and (separator == "." or joint == ",") and not ends_clean(scan, at + 5):
        return None
    spans = both_orders(scan, first, second, year[0])
    in_front = None if written_out else year_in_front(scan, at, first, second)
    if not spans and not written_out:
        return _in_no_order(scan, at, in_front) if separator != "." else None
    if in_front and is_likelier(scan, in_front, spans):
        spans = (*in_front.spans, *spans)
    return Meaning(at + 5, spans, "date")


def _in_no_order(scan: Scan, at: int, in_front: Meaning | None) -> Meaning | None:
    """Three pairs of digits with the year in front; else, where a date is expected, one that does not exist."""
    expected = scan.text(at + 1) == "/" and (
        is_alone(scan, at, at + 5) or scan.text(at - 1) in ("on", "since", "dated")
    )
    return in_front or (Meaning(at + 5, (), "date") if expected else None)


def _year_apart(scan: Scan, at: int, first: int, second: int, separator: str) -> Meaning | None:
    """Such as "2/25 2024" and "2/25 '24"."""
    place = at + 3
    if separator == "." or not scan.glued(at + 2):
        return None
    apostrophe = scan.text(place) == "'" and scan.glued(place + 1)
    year = short_year(scan, place + 1) if apostrophe else full_year(scan, place)
    spans = both_orders(scan, first, second, year[0]) if year else ()
    return Meaning(year[1], spans, "date") if year and spans else None


def _two_numbers(scan: Scan, at: int, separator: str) -> Meaning | None:
    """Month and year, or day and month without a year: the latter only where nothing speaks for a share or a price."""
    first, second, end = scan.number(at, 2), scan.number(at + 2, 2), at + 3
    if first is None or not scan.glued(at + 1) or not scan.glued(at + 2) or not ends_clean(scan, end):
        return None
    year = full_year(scan, at + 2)
    if year:
        return Meaning(end, (month_run(year[0], first),), "month", first) if 1 <= first <= 12 else None
    if second is None or scan.text(end) in _BESIDE_A_SHARE or scan.text(at - 1) in _BESIDE_A_SHARE:
        return None
    spans = both_orders(scan, first, second, None)
    wanted = scan.text(at - 1) in INTRODUCERS or is_alone(scan, at, end)
    if not wanted and names_a_thing(scan, end):
        return None
    if separator != "/" or not spans or (first, second) in _FRACTIONS:
        wanted = wanted and (
            separator == "/" or is_alone(scan, at, end) or scan.text(at - 1) in ("on", "since", "dated")
        )
        if not wanted or (not spans and max(first, second) > 31):
            return None
    return Meaning(end, spans, "date", floats=True)


def weekday_numeric(scan: Scan, at: int) -> Meaning | None:
    """Two numbers after a weekday, "Friday 9.2": a date whatever the separator is."""
    first, second = scan.number(at, 2), scan.number(at + 2, 2)
    if first is None or second is None or scan.text(at + 1) not in _SEPARATORS or not ends_clean(scan, at + 3):
        return None
    spans = both_orders(scan, first, second, None)
    return Meaning(at + 3, spans, "date", floats=True) if spans else None
