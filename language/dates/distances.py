"""Units of time by how far they lie from a day."""

from __future__ import annotations

from language.dates.calendar_days import Days, month_of, months_later, quarter_of, week_of, weekend_of, year_of

#: Units that are so many days, and those that are so many months.
DAYS = {"day": 1, "week": 7, "fortnight": 14}
MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120}


def run_by_distance(on: int, unit: str, steps: int) -> Days:
    """The unit that lies so many steps from the one of the day; a fortnight is counted from the day itself."""
    if unit == "week":
        return week_of(on + 7 * steps)
    if unit == "weekend":
        return weekend_of(on + 7 * steps)
    if unit == "fortnight":
        return Days(on - 14, on) if steps < 0 else Days(on, on + 14)
    first = months_later(month_of(on).first, MONTHS[unit] * steps)
    return {"month": month_of, "quarter": quarter_of, "year": year_of}[unit](first)


def back(on: int, unit: str, count: int) -> int:
    """The day so many days, weeks, months or years before a day."""
    return on - DAYS[unit] * count if unit in DAYS else months_later(on, -MONTHS[unit] * count)
