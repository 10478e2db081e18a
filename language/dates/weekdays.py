"""Weekdays: "Friday", "last Friday", "this past Friday", "Friday week", "Friday the 12th", "Friday of last week"."""

from __future__ import annotations

from language.dates.calendar_days import Days, on_or_after, on_or_before, only, week_of, weekday_of, weekdays_in
from language.dates.calendar_words import WEEKDAYS
from language.dates.context import is_alone, is_introduced, is_shy, names_a_thing
from language.dates.day_numbers import bare_day, nearest
from language.dates.months import month_date
from language.dates.numeric import numeric_date, weekday_numeric
from language.dates.periods import period
from language.dates.scan import Meaning, Scan
from language.dates.settling import settled
from language.dates.times import after_time

_WEEK = 7
#: Words that make a weekday the name of a day in the year: "Black Friday deal" is no Friday.
_NAMES = (
    "black", "cyber", "good", "easter", "ash", "whit", "giving", "palm", "shrove", "maundy", "super", "bowl",
    "remembrance", "trinity", "advent", "clean", "green", "rose", "holy", "pentecost", "mothering", "casual",
    "spy", "stir",
)  # fmt: skip
_LEANINGS = ("last", "this", "past", "previous", "prior", "next", "coming", "upcoming", "following")


def weekday_date(scan: Scan, at: int) -> Meaning | None:
    """A weekday, and the day that the words around it make of it."""
    place, leaning = _leaning(scan, at)
    weekday = WEEKDAYS.get(scan.text(place))
    if weekday is None or scan.text(place - 1) in _NAMES:
        return None
    named = Meaning(place + 1, _days(scan, weekday, leaning), "weekday", weekday, floats=not leaning)
    after = after_time(scan, place + 1)
    told = _told_nearer(scan, named, after)
    if told:
        return told
    said = leaning or after > place + 1 or is_introduced(scan, place, place + 1) or _beside_another(scan, place)
    if is_shy(scan, place) and not said:
        return None
    return named if scan.text(at - 1) not in ("every", "each") else None


def _beside_another(scan: Scan, at: int) -> bool:
    """Such as "mon-wed" and "sat/sun": no words but weekdays."""
    return any(scan.text(at + step) in ("-", "/", "&") and scan.text(at + 2 * step) in WEEKDAYS for step in (-1, 1))


def _leaning(scan: Scan, at: int) -> tuple[int, str]:
    """The place of the weekday and the word that says which one."""
    start = scan.skip(at, "the")
    leaning = scan.text(start)
    if leaning not in _LEANINGS:
        return at, ""
    second = scan.text(start + 1)
    if leaning == second == "last":
        return start + 2, "last last"
    if leaning in ("this", "last") and second in ("past", "last", "coming", "next"):
        return start + 2, {"coming": "coming", "next": "coming"}.get(second, "past")
    return start + 1, leaning


def _days(scan: Scan, weekday: int, leaning: str) -> tuple[Days, ...]:
    """The days that may be meant: "last Friday" can be the latest one and the one of last week."""
    latest, soonest = on_or_before(scan.on - 1, weekday), on_or_after(scan.on + 1, weekday)
    this_week = week_of(scan.on).first + weekday
    is_today = weekday_of(scan.on) == weekday
    if leaning in ("last", "previous", "prior"):
        days = [latest, this_week - _WEEK]
    elif leaning == "last last":
        days = [latest - _WEEK, this_week - 2 * _WEEK]
    elif leaning == "past":
        days = [latest]
    elif leaning == "this":
        days = [this_week] if this_week <= scan.on else [latest, this_week]
    elif leaning == "next":
        days = [soonest, this_week + _WEEK]
    elif leaning:
        days = [soonest]
    elif scan.ahead:
        days = [scan.on, soonest] if is_today else [soonest]
    else:
        days = [scan.on, latest] if is_today else [latest]
    return tuple(map(only, dict.fromkeys(days)))


def _told_nearer(scan: Scan, named: Meaning, at: int) -> Meaning | None:
    """The weekday with what follows: another word for which one, a date, a week or month."""
    weekday, text = named.value, scan.text(at)
    for phrase, shift in (("before last", -_WEEK), ("after next", _WEEK)):
        end = scan.after(at, phrase)
        if end:
            days = _days(scan, weekday, phrase.split()[1])
            return Meaning(end, tuple(only(day.first + shift) for day in days), "relative")
    if text in ("week", "fortnight") and named.floats and not names_a_thing(scan, at + 1):
        weeks = 1 if text == "week" else 2
        return Meaning(at + 1, (only(on_or_after(scan.on + 1, weekday) + weeks * _WEEK),), "relative")
    if text in ("last", "gone", "past") and named.floats and not names_a_thing(scan, at + 1):
        return Meaning(at + 1, _days(scan, weekday, "last" if text == "last" else "past"), "weekday", weekday)
    return _with_date(scan, named, at) or _in_period(scan, named, at)


def _with_date(scan: Scan, named: Meaning, at: int) -> Meaning | None:
    start = scan.skip(scan.skip(at, ",", "-"), "on")
    dated = numeric_date(scan, start) or weekday_numeric(scan, start) or month_date(scan, start)
    if dated is None or dated.kind == "month":
        dated = bare_day(scan, start) or _plain_day(scan, named, start)
    if dated is None or (dated.kind == "day_of_month" and names_a_thing(scan, dated.end)):
        return None
    return dated if dated.kind == "relative" else settled(scan, named, dated)


def _plain_day(scan: Scan, named: Meaning, at: int) -> Meaning | None:
    """Such as "Friday 12": the day of a month that was a Friday; where the latest 12th was none, a question."""
    number = scan.number(at, 2)
    if (
        number is None
        or scan.kind(at + 1) in ("word", "number")
        or (scan.glued(at + 1) and scan.text(at + 1) in (":", "%", "/", "-"))
    ):
        return None
    spans = nearest(scan, number)
    if any(weekday_of(span.first) == named.value for span in spans):
        return Meaning(at + 1, spans, "day_of_month", number, floats=True)
    spans = (*settled(scan, named, Meaning(at + 1, spans, "day_of_month", number)).spans, *named.spans)
    return Meaning(at + 1, spans, "relative") if spans[1:] and is_alone(scan, at - 1, at + 1) else None


def _in_period(scan: Scan, named: Meaning, at: int) -> Meaning | None:
    start = scan.skip(at, ",")
    start = scan.skip(start, "of", "in", "from", "during")
    run = period(scan, start)
    if run is None or (start == at and run.kind == "month"):
        return None
    spans = tuple(only(day) for span in run.spans for day in weekdays_in(span, named.value))
    return Meaning(run.end, spans, "relative") if spans and len(spans) <= 10 else None
