"""Days told by their distance: "two weeks ago", "3 days after Christmas", "in a week"."""

from __future__ import annotations

from language.dates.amounts import Amount, amount, unit_alone
from language.dates.calendar_days import Days, on_or_after, on_or_before, only, week_of
from language.dates.calendar_words import WEEKDAYS, words
from language.dates.context import is_alone, names_a_thing
from language.dates.named_days import NAMED_DAYS
from language.dates.reach import reach
from language.dates.scan import Meaning, Scan
from language.dates.units import unit_run

_BEFORE = ("before", "prior", "preceding")
_AFTER = ("after", "following", "from", "since")
#: Words that may follow "before 3 days" where nothing ended then.
_GOES_ON = ("and", "but", "i", "we", "when", "at", "so")
_WORDS_OF_THE_FUTURE = frozenset(
    words(
        "will ll be is are was were due should would going expect expected get gets come comes arrive arrives "
        "arriving ready here"
    )
)


def ago(scan: Scan, at: int) -> Meaning | None:
    """An amount of time and where it is counted from."""
    time = amount(scan, at) or unit_alone(scan, at)
    if time is None:
        return None
    end = time.end
    if scan.text(end) in ("ago", "back"):
        return _on_a_weekday(scan, time, end + 1) or _ago(scan, time, end + 1)
    if scan.text(end) in ("last", "past", "gone") and scan.text(end + 1) in WEEKDAYS:
        return _weekday_so_long_ago(scan, time, WEEKDAYS[scan.text(end + 1)], end + 2)
    if scan.text(end) == "on" and scan.text(end + 1) in WEEKDAYS and time.unit in ("week", "fortnight"):
        return _a_week_on(scan, time, WEEKDAYS[scan.text(end + 1)], end + 2)
    if scan.text(end) in ("before", "earlier", "prior", "previously") and is_alone(scan, at, end + 1):
        return Meaning(end + 1, reach(scan.on, time, -1), "relative")
    for phrase in ("before now", "before today", "in the past", "prior to today"):
        after = scan.after(end, phrase)
        if after:
            return Meaning(after, reach(scan.on, time, -1), "relative")
    if scan.text(end) == "hence":
        return Meaning(end + 1, reach(scan.on, time, 1), "relative")
    if scan.text(end) == "since" and scan.text(at - 1) in ("been", "is", "its", "now"):
        return Meaning(end, reach(scan.on, time, -1), "relative")
    if scan.text(at - 1) == "since" and not names_a_thing(scan, end) and scan.text(end) != "i":
        return Meaning(end, reach(scan.on, time, -1), "relative")
    return _from_a_day(scan, time, end)


def _ago(scan: Scan, time: Amount, at: int) -> Meaning:
    """Such as "a year ago", "a year ago yesterday", "a year ago last month"."""
    steps = NAMED_DAYS.get(scan.text(at))
    run = unit_run(scan, at) if scan.text(at) in ("last", "this") else None
    if run and run.spans:
        ends = [reach(day, time, -1)[0] for day in run.spans[0]]
        return Meaning(run.end, (Days(ends[0].first, ends[-1].last),), "period")
    return Meaning(at + (steps is not None), reach(scan.on + (steps or 0), time, -1), "relative")


def before_so_long(scan: Scan, at: int) -> Meaning | None:
    """Such as "it broke before 3 days", which is "3 days ago" in the English of many."""
    time = amount(scan, at + 1) if scan.text(at) == "before" else None
    if time is None or (scan.kind(time.end) == "word" and scan.text(time.end) not in _GOES_ON):
        return None
    return Meaning(time.end, reach(scan.on, time, -1), "relative")


def weekday_ago(scan: Scan, at: int) -> Meaning | None:
    """Such as "Tuesday two weeks ago"."""
    weekday = WEEKDAYS.get(scan.text(at))
    time = amount(scan, scan.skip(at + 1, ",")) if weekday is not None else None
    if weekday is None or time is None or scan.text(time.end) != "ago":
        return None
    return _weekday_so_long_ago(scan, time, weekday, time.end + 1)


def _on_a_weekday(scan: Scan, time: Amount, at: int) -> Meaning | None:
    """Such as "a week ago on Monday", "two weeks ago Friday", "a week ago last Friday"."""
    place = scan.skip(scan.skip(at, "on"), "last", "this", "past")
    weekday = WEEKDAYS.get(scan.text(place))
    return None if weekday is None else _weekday_so_long_ago(scan, time, weekday, place + 1)


def _weekday_so_long_ago(scan: Scan, time: Amount, weekday: int, end: int) -> Meaning | None:
    """That weekday of the week so long ago, and the one so long before the latest: both where they differ."""
    if time.unit not in ("week", "fortnight"):
        return None
    day = reach(scan.on, time, -1)[0].first
    of_that_week = week_of(day).first + weekday
    before_the_latest = on_or_before(scan.on - 1, weekday) - (scan.on - day)
    return Meaning(end, tuple(dict.fromkeys((only(before_the_latest), only(of_that_week)))), "relative")


def _a_week_on(scan: Scan, time: Amount, weekday: int, end: int) -> Meaning:
    """Such as "a week on Friday": so long after the Friday to come, or so long before the last one."""
    to_come = reach(on_or_after(scan.on + 1, weekday), time, 1)
    return Meaning(end, (*to_come, *reach(on_or_before(scan.on, weekday), time, -1)), "relative")


def _from_a_day(scan: Scan, time: Amount, at: int) -> Meaning | None:
    """Such as "two days before yesterday", "a week from Friday", "10 days after 3 May"."""
    direction = -1 if scan.text(at) in _BEFORE else 1 if scan.text(at) in _AFTER else 0
    if direction == 0 or scan.text(at) == "since":
        return None
    start = scan.skip(at + 1, "to", "on")
    if scan.text(start) == "now":
        return Meaning(start + 1, reach(scan.on, time, direction), "relative")
    to_come = scan.text(at) == "from" and scan.text(start) in WEEKDAYS
    from_day = (scan.looking_ahead() if to_come else scan).inner(start)
    if from_day is None or not from_day.spans:
        return from_day
    spans = [
        span for day in from_day.spans for span in reach(day.last if direction > 0 else day.first, time, direction)
    ]
    return Meaning(from_day.end, tuple(dict.fromkeys(spans)), "relative", floats=from_day.floats)


def ahead(scan: Scan, at: int) -> Meaning | None:
    """Such as "in 3 days": a day to come, unless it is how long something took."""
    if scan.text(at) != "in":
        return None
    time = amount(scan, at + 1)
    if time is None or scan.text(time.end) in ("ago", "back", "before", "after"):
        return None
    end = scan.skip(time.end, "time")
    before = [scan.text(place) for place in range(max(at - 6, 0), at)]
    if any(word in _WORDS_OF_THE_FUTURE for word in before) or is_alone(scan, at, end):
        return Meaning(end, reach(scan.on, time, 1), "relative")
    return None
