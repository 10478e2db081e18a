"""A day of the month without the month: "the 5th", "the 21st of last month"."""

from __future__ import annotations

from language.dates.calendar_days import Days, day_number, exists, month_of, months_later, only, year_month_day
from language.dates.calendar_words import words
from language.dates.context import is_a_day, is_alone
from language.dates.number_words import ordinal
from language.dates.scan import Meaning, Scan

_LARGEST_SLIP = 39
#: Every number up to 31 is a day of one of two neighbouring months; a margin costs nothing.
_MONTHS_TO_TRY = 3
_OF_A_MONTH = frozenset(words("of in last previous this next"))
_STEPS = {"last": -1, "previous": -1, "past": -1, "prior": -1, "this": 0, "current": 0, "the": 0, "next": 1}


def day_of_month(scan: Scan, at: int) -> Meaning | None:
    """Such as "the 5th", "the 27", "third of this month": only where it is said as a day."""
    found = bare_day(scan, at)
    if found is None:
        return None
    inside = _in_month(scan, found)
    if inside:
        return inside
    in_a_row = scan.kind(at) == "word" and found.value <= 3 and scan.text(at) != "the" and scan.text(at - 1) != "on"
    return found if not in_a_row and is_a_day(scan, at, found.end) else None


def bare_day(scan: Scan, at: int) -> Meaning | None:
    """The same, whatever stands around; for rules that know that a day must come."""
    start = scan.skip(at, "the")
    day = ordinal(scan.tokens, start)
    plain = scan.number(start, 2)
    if (
        day is None
        and plain is not None
        and (
            start > at
            or (scan.text(at - 1) == "on" and is_alone(scan, at, at + 1))
            or _OF_A_MONTH.issuperset((scan.text(start + 1), scan.text(start + 2)))
        )
    ):
        day = plain, start + 1
    if day is None or day[0] > _LARGEST_SLIP:
        return None
    return Meaning(day[1], nearest(scan, day[0]), "day_of_month", day[0], floats=True)


def nearest(scan: Scan, day: int) -> tuple[Days, ...]:
    """The last such day of a month (or the next, looking ahead). Where that is today, another one is as likely."""
    this_month = month_of(scan.on).first
    step = 1 if scan.ahead else -1
    found: list[Days] = []
    for distance in range(_MONTHS_TO_TRY):
        year, month, _ = year_month_day(months_later(this_month, step * distance))
        if exists(year, month, day):
            candidate = day_number(year, month, day)
            if (candidate >= scan.on) if scan.ahead else (candidate <= scan.on):
                found.append(only(candidate))
                if candidate != scan.on:
                    break
    return tuple(found)


def following(scan: Scan, found: Meaning, told: int | None) -> Meaning:
    """Such as "On 3 April ... on the 12th": the day after the date told before it is as likely as the latest one."""
    if found.kind != "day_of_month" or told is None:
        return found
    for distance in range(_MONTHS_TO_TRY):
        year, month, _ = year_month_day(months_later(month_of(told).first, distance))
        if exists(year, month, found.value) and told <= day_number(year, month, found.value) <= scan.on:
            first = only(day_number(year, month, found.value))
            return found._replace(spans=tuple(dict.fromkeys((first, *found.spans))))
    return found


def within_month(run: Days, day: int) -> tuple[Days, ...]:
    """That day of a month; nothing where the month is too short."""
    return (only(run.first + day - 1),) if run.first <= run.first + day - 1 <= run.last else ()


def _in_month(scan: Scan, found: Meaning) -> Meaning | None:
    """Such as "... of last month": the same day, of the month that is named by its distance."""
    joined = scan.text(found.end) in ("of", "in", "day")
    at = scan.skip(scan.skip(found.end, "day"), "of", "in")
    article = joined and scan.text(at) == "the" and scan.text(at + 1) != "month"
    at += article
    steps = _STEPS.get(scan.text(at))
    if steps is None or scan.text(at + 1) != "month" or (scan.text(at) == "the" and not joined):
        return None
    run = month_of(months_later(month_of(scan.on).first, steps))
    spans = within_month(run, found.value)
    if scan.text(at) == "the" and spans and spans[0].first > scan.on and not scan.ahead:
        spans = (*spans, *nearest(scan, found.value))
    end = at + 2
    if scan.text(at) == "the" and scan.after(end, "before last"):
        run = month_of(months_later(month_of(scan.on).first, -2))
        end, spans = end + 2, within_month(run, found.value)
    return Meaning(end, spans, "date")
