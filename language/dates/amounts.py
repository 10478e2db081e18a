"""Amounts of time, and how far they reach: "1 month 21 days", "about three weeks", "a week or two", "half a year"."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from language.dates.calendar_days import Days, months_later, only, weekday_of, weekend_of
from language.dates.calendar_words import UNITS, WEEKDAYS, words
from language.dates.number_words import cardinal
from language.dates.quantities import VAGUE, Quantity, quantity
from language.dates.scan import Scan

_SATURDAY = 5
_HOURS_A_DAY = 24
#: A part of an amount is kept small enough to be walked day by day.
_MOST_WORKING_DAYS = 400

#: Days on either side that "about" leaves open.
_ROUGHLY = {"day": 1, "week": 3, "fortnight": 3, "month": 7, "quarter": 14, "year": 30, "decade": 90}
_ABOUT = frozenset(words("about around roughly approximately circa like maybe some ~ say probably perhaps"))
_HEDGES = {
    "more": "more than|over|at least|well over|just over|a little over|a bit over|longer than",
    "less": "less than|under|almost|nearly|not even|just under|at most|close to|up to|within",
}
_HEDGES_BY_WORD: dict[str, list[tuple[str, str]]] = {}
for _hedge_kind, _phrases in _HEDGES.items():
    for _phrase in _phrases.split("|"):
        _HEDGES_BY_WORD.setdefault(_phrase.split()[0], []).append((_phrase, _hedge_kind))

#: Words with which an amount can begin, numbers apart.
AMOUNT_WORDS = frozenset((*_ABOUT, *_HEDGES_BY_WORD, *VAGUE, "a", "an", "the", "half"))


class Amount(NamedTuple):
    """Some time: its parts, and by how many days it is vague on either side; `end` is the place after its words."""

    parts: tuple[tuple[Quantity, str], ...]
    end: int
    nearer: int = 0
    further: int = 0

    @property
    def unit(self) -> str:
        """The unit of its last part."""
        return self.parts[-1][1]


def amount(scan: Scan, at: int) -> Amount | None:
    """Read an amount of time; a bare number or a bare unit is none."""
    start, hedge = _hedge(scan, at)
    parts: list[tuple[Quantity, str]] = []
    end = start
    while len(parts) < 4:
        place = scan.skip(scan.skip(end, ","), "and", "n", "&", "plus", "+") if parts else end
        count = quantity(scan, place)
        unit, after = _unit(scan, count.end) if count else (None, place)
        if count is None or unit is None:
            break
        count, after = _more(scan, count, after)
        parts.append((count, unit))
        end = after
    if not parts:
        return None
    wide = _ROUGHLY.get(parts[-1][1], 1)
    end, ish = _or_so(scan, end)
    if hedge == "more":
        return Amount(tuple(parts), end, further=max(wide * 2, 2))
    if hedge == "less":
        return Amount(tuple(parts), end, nearer=wide)
    vague = wide if hedge or ish or any(count.half for count, _ in parts) else 0
    return Amount(tuple(parts), end, nearer=vague, further=vague)


def _hedge(scan: Scan, at: int) -> tuple[int, str]:
    for phrase, hedge in _HEDGES_BY_WORD.get(scan.text(at), ()):
        end = scan.after(at, phrase)
        if end:
            return end, hedge
    return (at + 1, "about") if scan.text(at) in _ABOUT else (at, "")


def _unit(scan: Scan, at: int) -> tuple[str | None, int]:
    word = scan.text(at)
    if word in ("working", "business", "work", "week") and UNITS.get(scan.text(at + 1)) == "day":
        return "working day", at + 2
    if word in ("calendar", "full", "whole", "long", "good", "solid") and scan.text(at + 1) in UNITS:
        return UNITS[scan.text(at + 1)], at + 2
    if word in UNITS:
        return UNITS[word], at + 1
    weekday = word[:-1] if word.endswith("s") else word
    if weekday in WEEKDAYS:
        return weekday, at + 1
    short = {"d": "day", "w": "week", "m": "month", "mo": "month", "y": "year"}.get(word) if scan.glued(at) else None
    return short, at + 1


def _more(scan: Scan, count: Quantity, at: int) -> tuple[Quantity, int]:
    """Such as "a week or two", "a year and a half"."""
    half = scan.after(at, "and a half")
    if half:
        return count._replace(half=True), half
    other = cardinal(scan.tokens, at + 1) if scan.text(at) == "or" and scan.kind(at + 1) == "word" else None
    if other and count.most < other[0] <= 99 and _unit(scan, other[1])[0] is None:
        return count._replace(most=other[0]), other[1]
    return count, at


def _or_so(scan: Scan, at: int) -> tuple[int, bool]:
    for phrase in ("or so", "ish", "or thereabouts"):
        end = scan.after(at, phrase)
        if end:
            return end, True
    return at, False


def reach(day: int, amount_: Amount, direction: int) -> tuple[Days, ...]:
    """The days so long before (-1) or after (1) a day: the likeliest first, then all that may be meant."""
    likely = _walk(day, amount_, direction, lambda count: count.likely)
    least = _walk(day, amount_, direction, lambda count: count.least).first - direction * amount_.nearer
    most = _walk(day, amount_, direction, lambda count: count.most).last + direction * amount_.further
    least = max(least, day) if direction > 0 else min(least, day)
    whole = Days(min(least, most, likely.first), max(least, most, likely.last))
    return (likely,) if whole == likely else (likely, whole)


def _walk(day: int, amount_: Amount, direction: int, number: Callable[[Quantity], int]) -> Days:
    run = only(day)
    for count, unit in amount_.parts:
        run = Days(*sorted(_step(end, unit, direction * number(count), direction if count.half else 0) for end in run))
        if unit == "weekend":
            run = weekend_of(run.first + 7 * direction * number(count))
        if unit == "hour":
            run = _hours(run, direction * number(count))
    return run


def _step(day: int, unit: str, count: int, half: int) -> int:
    """The day so many units later (or earlier), and half a unit more in the direction of `half`."""
    if unit in WEEKDAYS:
        return _nth_weekday(day, WEEKDAYS[unit], count)
    if unit == "working day":
        return _working_days(day, count)
    if unit in ("week", "fortnight", "day"):
        length = {"day": 1, "week": 7, "fortnight": 14}[unit]
        return day + length * count + half * (length // 2)
    if unit in ("month", "quarter", "year", "decade"):
        months = {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit]
        return months_later(day, months * count + half * (months // 2)) + (half * 15 if unit == "month" else 0)
    return day


def _hours(run: Days, hours: int) -> Days:
    whole, rest = divmod(abs(hours), _HOURS_A_DAY)
    near, far = whole, whole + (1 if rest else 0)
    return Days(run.first - far, run.last - near) if hours < 0 else Days(run.first + near, run.last + far)


def _nth_weekday(day: int, weekday: int, count: int) -> int:
    if count < 0:
        return day - ((weekday_of(day) - weekday - 1) % 7 + 1) + 7 * (count + 1)
    return day + ((weekday - weekday_of(day) - 1) % 7 + 1) + 7 * (count - 1)


def _working_days(day: int, count: int) -> int:
    step = 1 if count > 0 else -1
    for _ in range(min(abs(count), _MOST_WORKING_DAYS)):
        day += step
        while weekday_of(day) >= _SATURDAY:
            day += step
    return day
