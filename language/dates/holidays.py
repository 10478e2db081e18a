"""Holidays as dates: "Christmas", "last Easter", "Thanksgiving 2024", "Easter weekend"."""

from __future__ import annotations

from language.dates.calendar_days import Days, only, weekday_of, weekend_of, year_month_day
from language.dates.context import is_alone, names_a_thing
from language.dates.holiday_calendar import BY_FIRST_WORD
from language.dates.holiday_rules import Rule
from language.dates.scan import Meaning, Scan
from language.dates.years import full_year, year_beside

_LEANINGS = ("last", "past", "previous", "this", "next", "coming", "upcoming")
_LONGER = ("weekend", "week", "time", "season", "break", "holiday", "holidays", "period")
_YEARS_TO_TRY = 3
_MONDAY, _THURSDAY, _FRIDAY, _SATURDAY = 0, 3, 4, 5


def holiday(scan: Scan, at: int) -> Meaning | None:
    """The day of a holiday, or the days around it where a weekend or week is said."""
    start = scan.skip(at, "the")
    eve = scan.after(start, "eve of")
    if eve:
        named_day = holiday(scan, eve)
        return named_day and named_day._replace(spans=tuple(only(span.first - 1) for span in named_day.spans))
    leaning = scan.text(start) if scan.text(start) in _LEANINGS else ""
    year = None if leaning else full_year(scan, start)
    place = start + 1 if leaning else year[1] if year else start
    named = _named(scan, place)
    if named is None:
        return None
    rules, end = named
    longer = scan.text(end) if scan.text(end) in _LONGER else ""
    end += bool(longer)
    following = None if year else year_beside(scan, end)
    if following:
        year, end = following, following[1]
    elif not longer and _is_no_date(scan, at, end):
        return None
    days = _days(scan, rules, leaning, year[0] if year else None)
    spans = tuple(dict.fromkeys(_around(day, longer) for day in days))
    return Meaning(end, spans, "period" if longer else "date", floats=not (leaning or year))


def _named(scan: Scan, at: int) -> tuple[tuple[Rule, ...], int] | None:
    for words, rules in BY_FIRST_WORD.get(scan.text(at), ()):
        if all(scan.text(at + n) == word for n, word in enumerate(words)):
            return rules, at + len(words)
    return None


def _is_no_date(scan: Scan, at: int, end: int) -> bool:
    """Whether the holiday is an occasion for a thing ("a Christmas tree", "for Halloween") and no day."""
    if is_alone(scan, at, end):
        return False
    return names_a_thing(scan, end) or scan.text(at - 1) in ("for", "happy", "merry", "a", "my", "our")


def _days(scan: Scan, rules: tuple[Rule, ...], leaning: str, year: int | None) -> list[int]:
    """The days meant, best first: of the year that is said, or the nearest in the direction that the words say."""
    this_year = year_month_day(scan.on)[0]
    if year is not None:
        return [day for rule in rules if (day := rule.in_year(year)) is not None]
    later = scan.ahead or leaning in ("next", "coming", "upcoming")
    days: list[int] = []
    for rule in rules:
        in_order = [rule.in_year(this_year + (step if later else -step)) for step in range(_YEARS_TO_TRY + 1)]
        past = [day for day in in_order if day is not None and ((day >= scan.on) if later else (day <= scan.on))]
        days += past[:1]
        if leaning == "this" and in_order[0] is not None and in_order[0] > scan.on:
            days.append(in_order[0])
        if leaning in ("last", "previous") and past[1:] and year_month_day(past[0])[0] == this_year:
            days.append(past[1])
    return days


def _around(day: int, longer: str) -> Days:
    """The weekend with which a holiday is spent, or the days around it."""
    if not longer:
        return only(day)
    if longer != "weekend":
        return Days(day - 6, day + 6)
    weekday = weekday_of(day)
    if weekday <= _THURSDAY - 1:
        return Days(weekend_of(day - 7).first, day)
    return Days(min(day, weekend_of(day).first), weekend_of(day).last)
