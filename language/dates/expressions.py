"""The grammar of dates: which rules there are, in which order they are tried, and how two dates make a range."""

from __future__ import annotations

from collections.abc import Iterable

from language.dates.amounts import AMOUNT_WORDS
from language.dates.calendar_days import Days, month_of
from language.dates.calendar_words import MONTHS, UNITS, WEEKDAYS, words
from language.dates.context import names_a_thing
from language.dates.day_numbers import bare_day, day_of_month, within_month
from language.dates.holiday_calendar import BY_FIRST_WORD
from language.dates.holidays import holiday
from language.dates.months import month_date
from language.dates.named_days import named_day
from language.dates.neighbours import days_beside, neighbour, open_end
from language.dates.nth import nth
from language.dates.number_words import NUMBER_WORDS
from language.dates.numeric import numeric_date
from language.dates.offsets import ago, ahead, weekday_ago
from language.dates.parts import PART_WORDS, part
from language.dates.periods import SEASONS, long_period
from language.dates.scan import Meaning, Rule, Scan
from language.dates.settling import agreed
from language.dates.times import after_time
from language.dates.units import unit_run
from language.dates.weekdays import weekday_date
from language.dates.weeks import week_by_a_day

_DIGITS = "0"
_LEANINGS = frozenset(words("last past previous prior this current next coming upcoming following"))
_ORDINAL = frozenset((_DIGITS, "the", *NUMBER_WORDS))

#: All rules, each with the words with which it can begin (`_DIGITS`: any number).
#: The rule that takes in most words wins, of equals the first.
_RULES: tuple[tuple[Rule, Iterable[str]], ...] = (
    (named_day, words("today tonight yesterday tomorrow same this earlier later last now the")),
    (neighbour, ("the", "a", *UNITS, *WEEKDAYS)),
    (days_beside, ("the",)),
    (weekday_ago, WEEKDAYS),
    (ago, (*AMOUNT_WORDS, *NUMBER_WORDS, _DIGITS)),
    (ahead, ("in",)),
    (open_end, ("before", "after")),
    (holiday, ("the", "eve", _DIGITS, *_LEANINGS, *BY_FIRST_WORD)),
    (part, (*PART_WORDS, *_ORDINAL)),
    (week_by_a_day, ("the", "week", "weekend", "w", "wc", "wb")),
    (nth, ("last", "final", "week", *_ORDINAL)),
    (month_date, (*_LEANINGS, *MONTHS, *_ORDINAL)),
    (numeric_date, (_DIGITS,)),
    (weekday_date, ("the", *_LEANINGS, *WEEKDAYS)),
    (unit_run, ("the", *_LEANINGS, *UNITS)),
    (long_period, ("q", "h", "year", "in", *_LEANINGS, *SEASONS, *_ORDINAL)),
    (day_of_month, _ORDINAL),
)
_TO = ("to", "until", "through", "-", "and", "&")
_MOST_ALTERNATIVES = 6


_RULES_BY_WORD: dict[str, list[Rule]] = {}
for _rule, _words in _RULES:
    for _word in sorted(set(_words)):
        _RULES_BY_WORD.setdefault(_word, []).append(_rule)


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
    opening = scan.text(at) if scan.text(at) in ("from", "between") else ""
    start = at + bool(opening)
    first = side_by_side(scan, start)
    if first is None:
        return None
    run = span_of_days(scan, start, first, opening)
    if run or opening:
        return run
    return either(scan, first) or first


def side_by_side(scan: Scan, at: int) -> Meaning | None:
    """Two words for one day: "yesterday, 3 May", "this Friday (3 May)", "last week on Monday"."""
    one = point(scan, at)
    if one is None:
        return None
    place = after_time(scan, one.end)
    start = scan.skip(place, ",", "(", "-")
    other = point(scan, scan.skip(scan.skip(start, "on"), "a"))
    if other is None and one.kind in ("period", "month"):
        numbered = bare_day(scan, start)
        other = numbered if numbered and not names_a_thing(scan, numbered.end) else None
    unmarked_aside = start == place and one.kind == "date" and other is not None and other.kind == "relative"
    both = agreed(scan, one, other) if other and not unmarked_aside else None
    if both is None:
        return one
    bracketed = start > place and scan.text(start - 1) == "("
    return both.until(scan.skip(both.end, ")")) if bracketed else both


def either(scan: Scan, first: Meaning) -> Meaning | None:
    """Such as "Monday or Tuesday": one day, not known which."""
    if scan.text(first.end) not in ("or", "/"):
        return None
    second = point(scan, scan.skip(first.end + 1, "maybe", "on", "perhaps"))
    if second is None or not first.spans or not second.spans or second.kind in ("period", "month"):
        return None
    return Meaning(second.end, tuple(dict.fromkeys((*first.spans, *second.spans))), "date")


def span_of_days(scan: Scan, start: int, first: Meaning, opening: str) -> Meaning | None:
    """Such as "from X to Y", "X - Y": all days from the first date, which begins at `start`, to the second."""
    place = after_time(scan, first.end)
    joint = scan.text(place)
    if first.kind == "period" and joint in ("between", "from"):
        return _weekdays_of_a_week(scan, first, place)
    if joint not in _TO or (joint in ("and", "&") and opening != "between"):
        return None
    second = point(scan, place + 1)
    if second is None:
        return None
    if second.kind == "day_of_month" and first.kind == "date" and first.spans:
        ends = [last for span in first.spans for last in within_month(month_of(span.first), second.value)]
        second = second._replace(spans=tuple(ends))
    pairs = _pairs(scan, start, first, second)
    if not pairs and first.spans and second.spans:
        return None
    return Meaning(second.end, tuple(dict.fromkeys(pairs)), "period")


def _pairs(scan: Scan, start: int, first: Meaning, second: Meaning) -> list[Days]:
    """Every beginning with every end that fits; of two dates that can each be read in two orders, order with order."""
    if len(first.spans) == len(second.spans):
        together = [_from_to(one, other) for one, other in zip(first.spans, second.spans, strict=True)]
        if len(together) > 1 and all(together):
            return [run for run in together if run]
    runs = []
    for other in second.spans[:_MOST_ALTERNATIVES]:
        again = side_by_side(scan.seen_from(other.last), start) if first.floats else first
        runs += [_from_to(one, other) for one in (again or first).spans[:_MOST_ALTERNATIVES]]
    return [run for run in runs if run]


def _from_to(one: Days, other: Days) -> Days | None:
    return Days(one.first, other.last) if one.first <= other.last else None


def _weekdays_of_a_week(scan: Scan, run: Meaning, at: int) -> Meaning | None:
    """Such as "this week between Monday and Thursday"."""
    first, last = WEEKDAYS.get(scan.text(at + 1)), WEEKDAYS.get(scan.text(at + 3))
    if first is None or last is None or scan.text(at + 2) not in _TO or first > last:
        return None
    spans = tuple(Days(span.first + first, span.first + last) for span in run.spans if span.last - span.first == 6)
    return Meaning(at + 4, spans, "period") if spans else None
