"""How far an amount of time reaches from a day: months of unequal length, working days, "two Fridays"."""

from __future__ import annotations

from collections.abc import Callable

from language.dates.amounts import Amount
from language.dates.calendar_days import Days, months_later, only, weekday_of, weekend_of
from language.dates.calendar_words import WEEKDAYS
from language.dates.quantities import Quantity

_SATURDAY = 5
_HOURS_A_DAY = 24
#: A part of an amount is kept small enough to be walked day by day.
_MOST_WORKING_DAYS = 400
#: What the one letter of "5m ago" can stand for.
_M = ("month", "minute")


def reach(day: int, amount_: Amount, direction: int) -> tuple[Days, ...]:
    """The days so long before (-1) or after (1) a day: the likeliest first, then all that may be meant."""
    if amount_.unit == "m":
        either = [amount_._replace(parts=(*amount_.parts[:-1], (amount_.parts[-1][0], unit))) for unit in _M]
        return tuple(span for each in either for span in reach(day, each, direction))
    likely = _walk(day, amount_, direction, lambda count: count.likely)
    least = _walk(day, amount_, direction, lambda count: count.least).first - direction * amount_.nearer
    most = _walk(day, amount_, direction, lambda count: count.most).last + direction * amount_.further
    least = max(least, day) if direction > 0 else min(least, day)
    whole = Days(min(least, most, likely.first), max(least, most, likely.last))
    return (likely,) if whole == likely else (likely, whole)


def _walk(day: int, amount_: Amount, direction: int, number: Callable[[Quantity], int]) -> Days:
    run = only(day)
    for count, unit in amount_.parts:
        run = Days(*sorted(_step(end, unit, direction * number(count), direction if count.half else 0) for end in run))
        if unit == "weekend":
            run = weekend_of(run.first + 7 * direction * number(count))
        if unit == "hour":
            run = _hours(run, direction * number(count))
    return run


def _step(day: int, unit: str, count: int, half: int) -> int:
    """The day so many units later (or earlier), and half a unit more in the direction of `half`."""
    if unit in WEEKDAYS:
        return _nth_weekday(day, WEEKDAYS[unit], count)
    if unit == "working day":
        return _working_days(day, count)
    if unit in ("week", "fortnight", "day"):
        length = {"day": 1, "week": 7, "fortnight": 14}[unit]
        return day + length * count + half * (length // 2)
    if unit in ("month", "quarter", "year", "decade"):
        months = {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit]
        return months_later(day, months * count + half * (months // 2)) + (half * 15 if unit == "month" else 0)
    return day


def _hours(run: Days, hours: int) -> Days:
    whole, rest = divmod(abs(hours), _HOURS_A_DAY)
    near, far = whole, whole + (1 if rest else 0)
    return Days(run.first - far, run.last - near) if hours < 0 else Days(run.first + near, run.last + far)


def _nth_weekday(day: int, weekday: int, count: int) -> int:
    if count < 0:
        return day - ((weekday_of(day) - weekday - 1) % 7 + 1) + 7 * (count + 1)
    return day + ((weekday - weekday_of(day) - 1) % 7 + 1) + 7 * (count - 1)


def _working_days(day: int, count: int) -> int:
    step = 1 if count > 0 else -1
    for _ in range(min(abs(count), _MOST_WORKING_DAYS)):
        day += step
        while weekday_of(day) >= _SATURDAY:
            day += step
    return day
