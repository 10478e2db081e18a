"""Holidays as dates: "Christmas", "last Easter", "Thanksgiving 2024", "Easter weekend"."""

from __future__ import annotations

from language.dates.calendar_days import Days, weekday_of, weekend_of, year_month_day
from language.dates.calendar_words import words
from language.dates.context import is_alone, names_a_thing
from language.dates.holiday_calendar import BY_FIRST_WORD
from language.dates.holiday_rules import Rule
from language.dates.scan import Meaning, Scan
from language.dates.years import full_year, year_beside

_LEANINGS = ("last", "past", "previous", "this", "next", "coming", "upcoming")
_LONGER = ("weekend", "week", "time", "season", "break", "holiday", "holidays", "period")
#: A leap day comes back after eight years at the latest.
_YEARS_TO_TRY = 9
_OCCASIONS = ("for", "happy", "merry", "a", "my", "our", "blessed")
#: "promised for Christmas Eve" is a day all the same.
_PROMISED = ("promised", "due", "expected", "scheduled", "planned", "announced", "guaranteed", "estimated")
#: "Ethiopian New Year", where the table does not know it: not the one that it knows.
_OF_ANOTHER_CALENDAR = frozenset(
    words(
        "orthodox eastern greek russian coptic julian islamic muslim hijri persian iranian jewish hebrew tamil telugu "
        "thai ethiopian hindu bengali nepali khmer tibetan parsi amazigh berber korean financial tax fiscal school"
    )
)
_MONDAY, _THURSDAY, _FRIDAY, _SATURDAY = 0, 3, 4, 5


def holiday(scan: Scan, at: int) -> Meaning | None:
    """The day of a holiday, or the days around it where a weekend or week is said."""
    start = scan.skip(at, "the")
    leaning = scan.text(start) if scan.text(start) in _LEANINGS else ""
    year = None if leaning else full_year(scan, start)
    place = start + 1 if leaning else year[1] if year else start
    named = _named(scan, place)
    if named is None or scan.text(place - 1) in _OF_ANOTHER_CALENDAR:
        return None
    rules, end = named
    end = scan.skip(end, "day")
    longer = scan.text(end) if scan.text(end) in _LONGER else ""
    end += bool(longer)
    following = None if year else year_beside(scan, end)
    if following:
        year, end = following, following[1]
    elif not longer and _is_no_date(scan, at, end):
        return None
    days = _days(scan, rules, leaning, year[0] if year else None)
    spans = tuple(dict.fromkeys(_around(day, longer) for day in days))
    lasts = longer or any(span.first < span.last for span in spans)
    return Meaning(end, spans, "period" if lasts else "date", floats=not (leaning or year))


def _named(scan: Scan, at: int) -> tuple[tuple[Rule, ...], int] | None:
    for name, rules in BY_FIRST_WORD.get(scan.text(at), ()):
        if all(scan.text(at + n) == word for n, word in enumerate(name)):
            return rules, at + len(name)
    return None


def _is_no_date(scan: Scan, at: int, end: int) -> bool:
    """Whether the holiday is an occasion for a thing ("a Christmas tree", "for Halloween") and no day."""
    is_for_a_thing = scan.text(at - 1) in _OCCASIONS and scan.text(at - 2) not in _PROMISED
    return not is_alone(scan, at, end) and (names_a_thing(scan, end) or is_for_a_thing)


def _days(scan: Scan, rules: tuple[Rule, ...], leaning: str, year: int | None) -> list[Days]:
    """The days meant, best first: of the year that is said, or the nearest in the direction that the words say."""
    if year is not None:
        return [run for rule in rules if (run := _run(rule, year))]
    this_year = year_month_day(scan.on)[0]
    later = scan.ahead or leaning in ("next", "coming", "upcoming")
    found: list[Days] = []
    for rule in rules:
        nearest = _nearest(rule, scan.on, later)
        found += nearest[:1]
        of_this_year = _run(rule, this_year) if leaning == "this" else None
        if of_this_year and of_this_year.first > scan.on:
            found.append(of_this_year)
        if leaning in ("last", "previous") and nearest[1:] and year_month_day(nearest[0].first)[0] == this_year:
            found.append(nearest[1])
    return found


def _nearest(rule: Rule, on: int, later: bool) -> list[Days]:
    """The two nearest that have begun by a day, or the two that are not over by then."""
    this_year = year_month_day(on)[0]
    found: list[Days] = []
    for step in range(-1, _YEARS_TO_TRY):
        run = _run(rule, this_year + (step if later else -step))
        if run and ((run.last >= on) if later else (run.first <= on)):
            found.append(run)
        if len(found) == 2:
            break
    return found


def _run(rule: Rule, year: int) -> Days | None:
    first = rule.in_year(year)
    return None if first is None else Days(first, first + rule.days - 1)


def _around(run: Days, longer: str) -> Days:
    """The weekend with which a holiday is spent, or the days around it."""
    day = run.first
    if not longer or run.last > day:
        return run
    if longer != "weekend":
        return Days(day - 6, day + 6)
    weekday = weekday_of(day)
    if weekday <= _THURSDAY - 1:
        return Days(weekend_of(day - 7).first, day)
    return Days(min(day, weekend_of(day).first), weekend_of(day).last)
