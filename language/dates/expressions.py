"""The grammar of dates: which rules there are, with which words they begin, and what they can be put together to."""

from __future__ import annotations

from collections.abc import Iterable

from language.dates.amounts import AMOUNT_WORDS
from language.dates.beside import either, side_by_side
from language.dates.calendar_words import MONTHS, UNITS, WEEKDAYS, words
from language.dates.day_numbers import day_of_month
from language.dates.holiday_calendar import BY_FIRST_WORD
from language.dates.holidays import holiday
from language.dates.long_years import years
from language.dates.months import month_date
from language.dates.named_days import NAMED_DAYS, named_day
from language.dates.neighbours import NEIGHBOURS, days_beside, neighbour, open_end
from language.dates.nth import nth
from language.dates.number_words import NUMBER_WORDS
from language.dates.numeric import numeric_date
from language.dates.numeric_runs import numeric_run
from language.dates.offsets import ago, ahead, before_so_long, weekday_ago
from language.dates.parts import PART_WORDS, part
from language.dates.periods import SEASONS, long_period
from language.dates.ranges import span_of_days
from language.dates.scan import Meaning, Rule, Scan
from language.dates.told_before import FIRST_WORDS, beside_the_told
from language.dates.units import unit_run
from language.dates.weekdays import weekday_date
from language.dates.weeks import numbered_week, week_by_a_day

_DIGITS = "0"
_LEANINGS = frozenset(words("last past previous prior preceding this current next coming upcoming following"))
_ORDINAL = frozenset((_DIGITS, "the", *NUMBER_WORDS))

#: All rules, each with the words with which it can begin (`_DIGITS`: any number).
#: The rule that takes in most words wins, of equals the first.
_RULES: tuple[tuple[Rule, Iterable[str]], ...] = (
    (named_day, ("same", "this", "earlier", "later", "last", "now", "the", "end", "eod", "close", *NAMED_DAYS)),
    (neighbour, ("the", "a", *NEIGHBOURS, *WEEKDAYS)),
    (days_beside, ("the",)),
    (weekday_ago, WEEKDAYS),
    (ago, (*AMOUNT_WORDS, *NUMBER_WORDS, *UNITS, _DIGITS)),
    (ahead, ("in",)),
    (before_so_long, ("before",)),
    (open_end, ("before", "after", "prior")),
    (holiday, ("the", _DIGITS, *_LEANINGS, *BY_FIRST_WORD)),
    (part, (*PART_WORDS, *_ORDINAL)),
    (week_by_a_day, ("the", "week", "weekend", "w", "wc", "wb")),
    (numbered_week, ("week", "w", "cw", "kw", "calendar", _DIGITS)),
    (nth, ("last", "final", "next", "week", *_ORDINAL)),
    (month_date, (*_LEANINGS, *MONTHS, *_ORDINAL)),
    (numeric_date, (_DIGITS,)),
    (numeric_run, (_DIGITS,)),
    (years, ("the", "'", *_LEANINGS, *NUMBER_WORDS, _DIGITS)),
    (weekday_date, ("the", *_LEANINGS, *WEEKDAYS)),
    (unit_run, ("the", "all", "whole", "entire", "ytd", "mtd", *_LEANINGS, *UNITS)),
    (long_period, ("q", "h", "year", "quarter", "in", *_LEANINGS, *SEASONS, *_ORDINAL)),
    (day_of_month, _ORDINAL),
    (beside_the_told, (*FIRST_WORDS, *AMOUNT_WORDS, *NUMBER_WORDS, _DIGITS)),
)

_RULES_BY_WORD: dict[str, list[Rule]] = {}
for _rule, _words in _RULES:
    for _word in sorted(set(_words)):
        _RULES_BY_WORD.setdefault(_word, []).append(_rule)
_OPENINGS = ("from", "between")
_FIRST_WORDS = frozenset((*_RULES_BY_WORD, *_OPENINGS))


def may_begin(scan: Scan, at: int) -> bool:
    """Whether any rule begins with the word at a place; most words of a message begin none."""
    return scan.kind(at) == "number" or scan.text(at) in _FIRST_WORDS


def point(scan: Scan, at: int) -> Meaning | None:
    """One date or period: the longest that a rule finds."""
    best: Meaning | None = None
    first = _DIGITS if scan.kind(at) == "number" else scan.text(at)
    for rule in _RULES_BY_WORD.get(first, ()):
        found = rule(scan, at)
        if found and (best is None or found.end > best.end):
            best = found
    return best


def expression(scan: Scan, at: int) -> Meaning | None:
    """A date, a period, a range, or one of several dates."""
    opening = scan.text(at) if scan.text(at) in _OPENINGS else ""
    start = at + bool(opening)
    first = side_by_side(scan, start)
    if first is None:
        return None
    run = span_of_days(scan, start, first, opening)
    if run or opening:
        return run
    return either(scan, first) or first
