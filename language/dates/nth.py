"""Days by their place in a row: "the second Monday of August", "the last two days of May", "first week of June"."""

from __future__ import annotations

from language.dates.calendar_days import Days
from language.dates.calendar_words import MONTHS, UNITS, WEEKDAYS
from language.dates.number_words import Counted, cardinal, ordinal
from language.dates.parts import period_inside
from language.dates.picking import Find, finder
from language.dates.quantities import quantity
from language.dates.scan import Kind, Meaning, Scan
from language.dates.settling import lately

#: "the second last day", "next to last": not the last one.
_BUT_ONE = ("st", "nd", "rd", "th", "second", "third", "to")
#: Far enough for "the tenth Friday after": nobody counts further.
_A_YEAR = 400
#: How many days "the last days of April" are taken to be.
_SOME = 5
_MOST_WEEKS = 53


def nth(scan: Scan, at: int) -> Meaning | None:
    """A day, weekday, week or weekend by its number in a period, or after or before a day."""
    start = scan.skip(at, "the")
    number, from_behind = _number(scan, start)
    if number is None:
        return _numbered_week(scan, start)
    count = quantity(scan, number[1])
    many, place = (count.most, count.end) if count else (1, number[1])
    many = _SOME if count is None and scan.text(place) == "days" else many
    unit, place = _unit(scan, place)
    if unit not in (*WEEKDAYS, "day", "working day", "week", "weekend", "month", "quarter"):
        return None
    kind: Kind = "date" if unit == "day" and many == 1 else "period"
    joint = scan.text(place + 1)
    if joint in ("after", "before"):
        find = finder(unit, max(number[0], 1), many, joint == "before")
        return _beside(scan, place + 2, joint, find)
    if joint not in ("of", "in", *MONTHS):
        return None
    where = place + 1 + (joint not in MONTHS)
    run = period_inside(scan, where)
    find = finder(unit, max(number[0], 1), many, from_behind)
    return run and Meaning(run.end, lately(scan, where, run, find), kind)


def _number(scan: Scan, at: int) -> tuple[Counted | None, bool]:
    """Which one, and whether it is counted from the end: "third", "last", "second to last", "next to last"."""
    if scan.text(at) in ("last", "final") and scan.text(at - 1) not in _BUT_ONE:
        return (1, at + 1), True
    found = ordinal(scan.tokens, at) or ((2, at + 1) if scan.text(at) == "next" else None)
    end = scan.skip(found[1], "to") if found else at
    if found and scan.text(end) == "last":
        return (found[0], end + 1), True
    return (None if scan.text(at) == "next" else found), False


def _unit(scan: Scan, at: int) -> tuple[str, int]:
    """What is counted, and the place of its last word."""
    if scan.text(at) in ("working", "business", "work") and UNITS.get(scan.text(at + 1)) == "day":
        return "working day", at + 1
    if scan.text(at) in ("weekday", "weekdays", "workday", "workdays"):
        return "working day", at
    return (scan.text(at) if scan.text(at) in WEEKDAYS else UNITS.get(scan.text(at), "")), at


def _numbered_week(scan: Scan, at: int) -> Meaning | None:
    """Such as "week 2 of April"."""
    number = cardinal(scan.tokens, at + 1) if scan.text(at) == "week" else None
    if number is None or not 1 <= number[0] <= _MOST_WEEKS or scan.text(number[1]) not in ("of", "in"):
        return None
    where = number[1] + 1
    run = period_inside(scan, where)
    return run and Meaning(run.end, lately(scan, where, run, finder("week", number[0], 1, False)), "period")


def _beside(scan: Scan, at: int, joint: str, find: Find) -> Meaning | None:
    """What `find` finds after a day, or before it."""
    limit = scan.inner(at)
    if limit is None:
        return None
    runs = [
        Days(span.last + 1, span.last + _A_YEAR) if joint == "after" else Days(span.first - _A_YEAR, span.first - 1)
        for span in limit.spans
    ]
    return Meaning(limit.end, tuple(found for run in runs for found in find(run)), "date", floats=limit.floats)
