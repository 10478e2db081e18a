"""Days with a month's name: "3 May", "May the 3rd, 2024", "13-15 July", "3rd or 4th of May", "2024 Oct 07"."""

from __future__ import annotations

from language.dates.calendar_days import Days, only, year_month_day
from language.dates.calendar_words import MONTHS, words
from language.dates.context import is_a_verb, is_introduced, is_shy, names_a_thing
from language.dates.number_words import Counted, cardinal, ordinal
from language.dates.scan import Meaning, Scan
from language.dates.times import after_time
from language.dates.years import days_of, full_year, year_beside

_RUNS = ("-", "to", "through", "until", "and", "&")
_JOINTS = (*_RUNS, "or", "/")
#: "the 3rd, 4th and 5th of May" is the most that anybody lists.
_MOST_DAYS = 4
#: Above this a number beside a month is no slip for one of its days.
_LARGEST_SLIP = 39
#: Words after a number that make it no day.
_COUNTED = frozenset(words("am pm oclock hours hour days weeks months year years times x %"))


def month_at(scan: Scan, at: int) -> int | None:
    """The month named at a place."""
    return MONTHS.get(scan.text(at))


def day_at(scan: Scan, at: int) -> Counted | None:
    """The day of a month at a place: "3", "3rd", "third"."""
    found = ordinal(scan.tokens, at)
    if found:
        return found
    number = scan.number(at, 2)
    return None if number is None else (number, at + 1)


def month_day(scan: Scan, at: int) -> Meaning | None:
    """A day, or some days, of a month that is named."""
    if scan.text(at) in MONTHS:
        return _month_day(scan, at)
    year = full_year(scan, at)
    if year is None or scan.kind(at) != "number":
        return _day_month(scan, at)
    start = scan.skip(year[1], ",", "-", "/", ".")
    return _after_a_year(scan, start, year) or _day_month(scan, start, year)


def _day_month(scan: Scan, at: int, year: Counted | None = None) -> Meaning | None:
    day = day_at(scan, scan.skip(at, "the"))
    if day is None or scan.text(at - 1) == "week":
        return None
    days, end, joint = [day[0]], day[1], ""
    while scan.text(end) in (*_JOINTS, ",") and len(days) < _MOST_DAYS:
        further = day_at(scan, scan.skip(end + 1, "the", "and", "or"))
        if further is None:
            break
        joint = scan.text(end)
        days, end = [*days, further[0]], further[1]
    in_words = scan.kind(end - 1) == "word"
    end = scan.skip(end, "day") if in_words else end
    end = scan.skip(end, "of", "-", "/", ".", *(("in", ",") if in_words else ()))
    end = scan.skip(end, "of") if scan.text(end - 1) == "." else end
    end = scan.skip(end, "the") if scan.text(end - 1) == "of" else end
    month = month_at(scan, end)
    if month is None or is_a_verb(scan, end, end + 1):
        return None
    return _dated(scan, month, days, joint, end + 1, year)


def _month_day(scan: Scan, at: int) -> Meaning | None:
    start = scan.skip(at + 1, ".", ",", "-", "/")
    start = scan.skip(scan.skip(start, "on"), "the")
    day = day_at(scan, start) or cardinal(scan.tokens, start)
    if day is None or _is_no_day(scan, at, start, day[1]):
        return None
    days, end, joint = [day[0]], day[1], ""
    second = day_at(scan, scan.skip(end + 1, "the")) if scan.text(end) in _JOINTS else None
    if second and not _is_a_time(scan, second[1] - 1, second[1]):
        begins_another = month_at(scan, scan.skip(second[1], "of", "-", "/", ".")) is not None
        if not begins_another:
            days, joint, end = [day[0], second[0]], scan.text(end), second[1]
    return _dated(scan, MONTHS[scan.text(at)], days, joint, end)


def _is_no_day(scan: Scan, at: int, start: int, end: int) -> bool:
    """Whether the number from start to end belongs to something else than the month before it."""
    bare = scan.kind(start) == "number" and end == start + 1
    if bare:
        counts = scan.text(start - 1) in (",", "the") and scan.kind(end) == "word"
        return counts or _is_a_time(scan, start, end) or _is_how_much(scan, at, start)
    said = is_introduced(scan, at, end) or full_year(scan, scan.skip(end, ",")) is not None
    return is_shy(scan, at) and scan.kind(start) == "word" and not said


def _is_how_much(scan: Scan, at: int, start: int) -> bool:
    """Such as "they may 2 or 3 times": a number that belongs to the verb."""
    return is_shy(scan, at) and start == at + 1 and is_a_verb(scan, at, at + 1) and names_a_thing(scan, start + 1)


def _after_a_year(scan: Scan, at: int, year: Counted) -> Meaning | None:
    """Such as "2024 Oct 07", from the month on."""
    month = month_at(scan, at)
    day = day_at(scan, scan.skip(at + 1, ",", "-", "/", ".", "the")) if month else None
    if month is None or day is None or day[0] > _LARGEST_SLIP or _is_a_time(scan, day[1] - 1, day[1]):
        return None
    return Meaning(day[1], tuple(map(only, days_of(scan, month, day[0], year[0]))), "date")


def _year_after_a_time(scan: Scan, at: int) -> Counted | None:
    """Such as "May 5 at 4 pm 2016"."""
    place = after_time(scan, at)
    return full_year(scan, place) if place > at and scan.kind(place) == "number" else None


def _dated(
    scan: Scan, month: int, days: list[int], joint: str, end: int, year: Counted | None = None
) -> Meaning | None:
    """One day, either of two, or a run of days of a month, with the year that may follow."""
    if max(days) > _LARGEST_SLIP:
        return None
    year = year or year_beside(scan, end) or _year_after_a_time(scan, end)
    found = [number for day in days for number in days_of(scan, month, day, year[0] if year else None)]
    spans = tuple(map(only, found))
    if joint in _RUNS and len(found) == 2:
        first = days_of(scan, month, days[0], year_month_day(found[1])[0])
        spans = (Days(first[0], found[1]),) if first and first[0] <= found[1] else ()
    return Meaning(
        max(end, year[1]) if year else end, spans if len(found) == len(days) else (), "date", floats=year is None
    )


def _is_a_time(scan: Scan, at: int, end: int) -> bool:
    """Whether the number there is an hour, an amount or a size and not a day: "8:30", "8 pm", "8.5", "8%"."""
    if scan.kind(at) != "number" or end != at + 1:
        return False
    following = scan.text(end)
    if following in _COUNTED:
        return True
    decimal = following in (":", ".") and scan.glued(end) and scan.glued(end + 1) and scan.kind(end + 1) == "number"
    return decimal and (following == ":" or len(scan.raw(end + 1)) < 4)
