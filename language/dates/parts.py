"""Parts of a period: "end of August", "early last week", "mid-June", "the first half of 2023"."""

from __future__ import annotations

from language.dates.calendar_days import Days
from language.dates.calendar_words import UNITS
from language.dates.distances import run_by_distance
from language.dates.scan import Meaning, Scan
from language.dates.settling import lately

_PARTS = {
    phrase: part
    for part, phrases in {
        "early": "early|beginning|start|first part|opening",
        "mid": "mid|middle|midway",
        "late": "late|end|ending|close|last part|very end|tail end",
        "earlier": "earlier",
        "later": "later",
        "first half": "first half|1 st half",
        "rest": "rest|remainder",
        "second half": "second half|2 nd half|last half",
    }.items()
    for phrase in phrases.split("|")
}
#: "eom" is the end of the month.
_SHORT = {"eow": "week", "eom": "month", "eoq": "quarter", "eoy": "year"}
_LONGEST_PHRASE = 3
#: Words with which a part of a period can begin, numbers apart.
PART_WORDS = frozenset(("the", "very", *_SHORT, *(phrase.split()[0] for phrase in _PARTS)))
_MIDDLE_OF_A_MONTH = (10, 20)
_OF = ("of", "in", "from", "during", "on")


def part(scan: Scan, at: int) -> Meaning | None:
    """The part of a period that stands at a place."""
    if scan.text(at) in _SHORT:
        runs = run_by_distance(scan.on, _SHORT[scan.text(at)], 0), run_by_distance(scan.on, _SHORT[scan.text(at)], -1)
        return Meaning(at + 1, tuple(_portion(run, "late", scan.on) for run in runs), "period")
    named = _named_part(scan, scan.skip(scan.skip(at, "the"), "very"))
    if named is None:
        return None
    which, end = named
    place = scan.skip(scan.skip(end, "or"), "-", *_OF)
    run = period_inside(scan, place)
    if run is None:
        return None
    found = lately(scan, place, run, lambda each: (_portion(each, which, scan.on),))
    return Meaning(run.end, found, "period", floats=run.floats)


def period_inside(scan: Scan, at: int) -> Meaning | None:
    """The period of which something is a part: also "the month", which is this one or the last."""
    found = scan.inner(at)
    if found and found.kind in ("period", "month"):
        return found
    start = scan.skip(at, "the")
    unit = UNITS.get(scan.text(start))
    if (start == at and scan.text(at - 1) not in _OF) or unit not in ("week", "month", "quarter", "year"):
        return None
    return Meaning(start + 1, (run_by_distance(scan.on, unit, 0), run_by_distance(scan.on, unit, -1)), "this_or_last")


def _named_part(scan: Scan, at: int) -> tuple[str, int] | None:
    """Which part of a period the words there name, and the place after them."""
    for length in range(_LONGEST_PHRASE, 0, -1):
        phrase = " ".join(scan.text(at + n) for n in range(length))
        if phrase in _PARTS:
            return _PARTS[phrase], at + length
    return None


def _portion(run: Days, which: str, on: int) -> Days:
    length = run.last - run.first + 1
    third, half = length // 3, length // 2
    if which == "earlier" and on in run:
        return Days(run.first, max(on - 1, run.first))
    if which == "later" and on in run:
        return Days(min(on + 1, run.last), run.last)
    if which == "rest":
        return Days(min(max(on, run.first), run.last), run.last)
    if which == "mid":
        first, last = _MIDDLE_OF_A_MONTH if 28 <= length <= 31 else (third + 1, length - third)
        return Days(run.first + first - 1, run.first + last - 1)
    if which in ("early", "earlier"):
        return Days(run.first, run.first + max(third, min(length, 3)) - 1)
    if which in ("late", "later"):
        return Days(run.last - max(third, min(length, 3)) + 1, run.last)
    return Days(run.first, run.first + half - 1) if which == "first half" else Days(run.first + half, run.last)
