"""Amounts of time: "1 month 21 days", "about three weeks", "a week or two", "half a year", "weeks"."""

from __future__ import annotations

from typing import NamedTuple

from language.dates.calendar_words import UNITS, WEEKDAYS, words
from language.dates.number_words import cardinal
from language.dates.quantities import VAGUE, Quantity, quantity
from language.dates.scan import Scan

#: Days on either side that "about" leaves open.
_ROUGHLY = {"day": 1, "week": 3, "fortnight": 3, "month": 7, "quarter": 14, "year": 30, "decade": 90}
_ABOUT = frozenset(words("about around roughly approximately circa like maybe some ~ say probably perhaps"))
_HEDGES = {
    "more": "more than|over|at least|well over|just over|a little over|a bit over|longer than|not less than|"
    "no less than",
    "less": "less than|under|almost|nearly|not even|just under|at most|close to|up to|within|not more than|"
    "no more than|not longer than|no longer than",
}
_HEDGES_BY_WORD: dict[str, list[tuple[str, str]]] = {}
for _hedge_kind, _phrases in _HEDGES.items():
    for _phrase in _phrases.split("|"):
        _HEDGES_BY_WORD.setdefault(_phrase.split()[0], []).append((_phrase, _hedge_kind))

#: Units of one letter or two; "m" is a month or a minute.
_SHORT = {"s": "minute", "h": "hour", "d": "day", "w": "week", "m": "m", "mo": "month", "y": "year"}
_AGO = ("ago", "back")
#: From how many to how many "weeks ago" are.
_SOME = (2, 3, 8)
_HALF = ("\u00bd", "\u00bc", "\u00be", "half")

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
        unit, after = _unit(scan, count.end, parts[-1][1] if parts else "") if count else (None, place)
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


def unit_alone(scan: Scan, at: int) -> Amount | None:
    """Such as "week ago", "month and a half ago", "some weeks back": one, or some, where no number is said."""
    start = scan.skip(at, "some")
    unit, end = UNITS.get(scan.text(start)), start + 1
    half = scan.after(end, "and a half") or scan.after(end, "& a half") or scan.after(end, "and half")
    end = half or end
    if unit is None or scan.text(end) not in _AGO or scan.kind(start - 1) == "number" or scan.text(start - 1) in _HALF:
        return None
    some = scan.text(start) != unit and scan.raw(start) not in ("night", "second", "moment")
    count = Quantity(*_SOME, end) if some else Quantity(1, 1, 1, end, half=bool(half))
    vague = _ROUGHLY.get(unit, 1) if half else 0
    return Amount(((count, unit),), end, nearer=vague, further=vague)


def _unit(scan: Scan, at: int, before: str = "") -> tuple[str | None, int]:
    """The unit there; `before` is the unit of the part before it."""
    word = scan.text(at)
    if word in ("working", "business", "work", "week") and UNITS.get(scan.text(at + 1)) == "day":
        return "working day", at + 2
    if word in ("weekday", "weekdays", "workday", "workdays"):
        return "working day", at + 1
    if word in ("calendar", "full", "whole", "long", "good", "solid") and scan.text(at + 1) in UNITS:
        return UNITS[scan.text(at + 1)], at + 2
    if word in ("quarter", "quarters") and scan.text(at + 1) == "of" and scan.text(at + 3) in ("year", "hour"):
        return ("quarter" if scan.text(at + 3) == "year" else "minute"), at + 4
    if word in UNITS:
        return UNITS[word], at + 1
    weekday = word[:-1] if word.endswith("s") else word
    if weekday in WEEKDAYS:
        return weekday, at + 1
    is_short = scan.glued(at) or scan.text(at + 1) in _AGO or scan.kind(at + 1) == "number"
    short = _SHORT.get(word) if is_short else None
    return ("minute" if short == "m" and before == "hour" else short), at + 1


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
