"""Days named by where they lie from today: "today", "last night", "this time last year", "the other day"."""

from __future__ import annotations

from language.dates.calendar_days import Days, months_later, only
from language.dates.context import is_alone
from language.dates.scan import Meaning, Scan
from language.dates.times import after_time, part_of_day

#: Days by their distance from today.
NAMED_DAYS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "ereyesterday": -2, "overmorrow": 2}
_THIS_TIME = ("this time", "this day", "same day", "same time")
_THE_OTHER_DAY = (7, 2)


def named_day(scan: Scan, at: int) -> Meaning | None:
    """A day that is named without any other."""
    text, following = scan.text(at), scan.text(at + 1)
    if text == "today" and following == "last":
        return _last(scan, at + 2)
    if text in NAMED_DAYS:
        return Meaning(after_time(scan, at + 1), (only(scan.on + NAMED_DAYS[text]),), "relative")
    if text == "last" and scan.text(at + 2) == "today":
        found = _last(scan, at + 1)
        return found and found.until(at + 3)
    if text in ("this", "earlier", "later") and (part_of_day(scan, at + 1) or following == "today"):
        return Meaning(at + 2, (only(scan.on),), "relative")
    if text == "last" and following in ("night", "evening", "afternoon"):
        return Meaning(at + 2, (only(scan.on - 1),), "relative")
    if text == "now" and (scan.text(at - 1) in ("just", "right") or is_alone(scan, at, at + 1)):
        return Meaning(at + 1, (only(scan.on),), "relative")
    if text in ("end", "eod", "close"):
        return _end_of_day(scan, at)
    if text in ("this", "same"):
        return _this_time(scan, at)
    the_other = scan.after(at, "the other")
    if the_other and (scan.text(the_other) == "day" or part_of_day(scan, the_other)):
        furthest, nearest = _THE_OTHER_DAY
        return Meaning(the_other + 1, (Days(scan.on - furthest, scan.on - nearest),), "period")
    return None


def _this_time(scan: Scan, at: int) -> Meaning | None:
    """Such as "this time last week", "same day last month"."""
    for this in _THIS_TIME:
        end = scan.after(at, f"{this} last")
        if end:
            return _last(scan, end)
    return None


def _last(scan: Scan, at: int) -> Meaning | None:
    """The same day of the last week, month or year; `at` is the place of that word."""
    days = {"week": scan.on - 7, "month": months_later(scan.on, -1), "year": months_later(scan.on, -12)}
    unit = scan.text(at)
    return Meaning(at + 1, (only(days[unit]),), "relative") if unit in days else None


def _end_of_day(scan: Scan, at: int) -> Meaning | None:
    """Such as "end of day": today's, where nothing else is said."""
    for phrase in ("eod", "end of day", "end of the day", "end of today", "end of business", "close of business"):
        end = scan.after(at, phrase)
        if end and is_alone(scan, at, end):
            return Meaning(end, (only(scan.on),), "relative")
    return None
