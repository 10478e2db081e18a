"""Dates in what a buyer writes.

A closed grammar: what it does not know for sure it returns as several candidates, for the caller to ask.
It counts from the day it is given, looks at no clock, and raises for no text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from language.dates.calendar_days import Days, iso
from language.dates.context import begins_clean, ends_clean
from language.dates.day_numbers import following
from language.dates.expressions import expression, may_begin, point
from language.dates.roles import Role, is_denied, lies_ahead, role_of
from language.dates.scan import Meaning, Scan
from language.dates.tokens import tokenise
from language.dates.told_before import on_the_told

Order = Literal["DMY", "MDY"]

#: A period longer than a year and a month is not told day by day.
_MOST_CANDIDATES = 400
_ROUGHLY = ("about", "around", "roughly", "approximately", "circa", "~")
_DAYS_AROUND = 2
#: What stands further back in a message is not read.
_LONGEST = 5000


@dataclass(frozen=True)
class DateReading:
    """One date of a message."""

    text: str
    """The words of the date as they were written."""
    span: tuple[int, int]
    """Where they stand in the message: start and end."""
    candidates: tuple[str, ...]
    """ISO dates, best first. One: understood. More: to be asked. None: there is no such day."""
    role: Role | None
    """What it is the date of, where the words near it say so."""


def read(text: str, on: date, order: Order | None = None) -> list[DateReading]:
    """The dates in a text, in its order, as seen from the day `on`.

    What can lie in the past is read as past, unless the words say otherwise.
    A period stands for its days up to `on`, the latest first.
    `order` says how the buyer writes numbers, where both orders would give a day.
    """
    tokens = tokenise(text[:_LONGEST])
    scan = Scan(tokens, {at: token.text for at, token in enumerate(tokens)}, on.toordinal(), order, point)
    found = _meanings(scan)
    readings = []
    floor = 0
    told: int | None = None
    before: Meaning | None = None
    for place, (start, said) in enumerate(found):
        meaning = on_the_told(said, before)
        if meaning is None:
            continue
        resolved = following(scan, meaning, told)
        ceiling = found[place + 1][0] if place + 1 < len(found) else len(scan.tokens)
        if not is_denied(scan, start):
            role = role_of(scan, start, meaning.end, floor, ceiling)
            span = scan.tokens[start].start, scan.tokens[meaning.end - 1].end
            candidates = _candidates(scan, start, resolved, floor, role)
            readings.append(DateReading(text[slice(*span)], span, candidates, role))
        floor, told, before = meaning.end, _told_day(resolved) or told, resolved
    return readings


def _meanings(scan: Scan) -> list[tuple[int, Meaning]]:
    """Every date in the message with the place where it begins; none inside another."""
    found = []
    at = 0
    while at < len(scan.tokens):
        meaning = expression(scan, at) if may_begin(scan, at) and begins_clean(scan, at) else None
        if meaning and ends_clean(scan, meaning.end):
            found.append((at, meaning))
            at = meaning.end
        else:
            at += 1
    return found


def _told_day(meaning: Meaning) -> int | None:
    """The day of a date that a later "the 5th" may go on from."""
    return meaning.spans[0].first if meaning.kind in ("date", "day_of_month") and len(meaning.spans) == 1 else None


def _candidates(scan: Scan, start: int, meaning: Meaning, floor: int, role: Role | None) -> tuple[str, ...]:
    spans = (*meaning.spans, *_roughly(scan, start, meaning))
    until = scan.on
    if lies_ahead(scan, start, floor, role):
        until = max((span.last for span in spans), default=until)
        later = expression(scan.looking_ahead(), start) if meaning.floats else None
        if later and later.end == meaning.end:
            spans = tuple(sorted((*spans, *later.spans), key=lambda span: abs(span.last - scan.on)))
    days = [day for span in spans for day in _latest_first(span, until)]
    return tuple(dict.fromkeys(name for day in days if (name := iso(day))))[:_MOST_CANDIDATES]


def _roughly(scan: Scan, start: int, meaning: Meaning) -> tuple[Days, ...]:
    """The days around one that is told as "around the 3rd"."""
    before = scan.text(start - 2 if scan.text(start - 1) == "the" else start - 1)
    if before not in _ROUGHLY or meaning.kind in ("period", "month"):
        return ()
    return tuple(
        Days(span.first - _DAYS_AROUND, span.last + _DAYS_AROUND) for span in meaning.spans if span.first == span.last
    )


def _latest_first(run: Days, until: int) -> range:
    """The days of a run, from its last or from `until` back to its first; all of them where it lies ahead."""
    last = min(run.last, until) if run.first <= until else run.last
    return range(last, max(run.first, last - _MOST_CANDIDATES) - 1, -1)
