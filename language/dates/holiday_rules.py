"""How the days of a holiday are found in a year: the same each year, a weekday of a month, or by the library."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from holidays.countries import Brunei, Canada, China, Germany, Greece, HongKong, India, Israel, Singapore, UnitedStates
from holidays.holiday_base import HolidayBase

from language.dates.calendar_days import day_number, exists, on_or_after, on_or_before

_YEARS_OF_THE_LIBRARY = range(1, 10_000)
#: What the library adds to days that depend on when the new moon is seen.
_ESTIMATED = " (estimated)"
#: Where the library warns that it knows only some years.
_KNOWN_YEARS = {"IN": range(2001, 2036)}


class Fixed(NamedTuple):
    """The same day each year."""

    month: int
    day: int
    days: int = 1
    """How many days it lasts."""

    def in_year(self, year: int) -> int | None:
        """The first day in a year; None where there is none, as of a leap day."""
        return day_number(year, self.month, self.day) if exists(year, self.month, self.day) else None


class Nth(NamedTuple):
    """The n-th such weekday of a month, 0 for the last, and so many days later."""

    n: int
    weekday: int
    month: int
    later: int = 0
    days: int = 1

    def in_year(self, year: int) -> int | None:
        """The first day in a year."""
        if self.n:
            return on_or_after(day_number(year, self.month, 1), self.weekday) + 7 * (self.n - 1) + self.later
        return on_or_before(day_number(year, self.month % 12 + 1, 1) - 1, self.weekday) + self.later


class Public(NamedTuple):
    """A public holiday of a country by its name in the library, and so many days later."""

    country: str
    name: str
    later: int = 0
    days: int = 1

    def in_year(self, year: int) -> int | None:
        """The first such day of a year; None where the library knows none."""
        known = year in _KNOWN_YEARS.get(self.country, _YEARS_OF_THE_LIBRARY)
        day = _public_holidays(self.country, year).get(self.name) if known else None
        return None if day is None else day + self.later


_COUNTRIES: dict[str, type[HolidayBase]] = {
    "BN": Brunei,
    "CA": Canada,
    "CN": China,
    "DE": Germany,
    "GR": Greece,
    "HK": HongKong,
    "IL": Israel,
    "IN": India,
    "SG": Singapore,
    "US": UnitedStates,
}
_REGIONS = {"CA": "ON"}
_KINDS = {
    "US": ("public", "unofficial"),
    "IN": ("public", "optional"),
    "CA": ("public", "optional"),
    "HK": ("public", "optional"),
    "IL": ("public", "optional", "school"),
}


@lru_cache(maxsize=256)
def _public_holidays(country: str, year: int) -> dict[str, int]:
    """Name to first day, of a country in a year, substitute days left out."""
    calendar = _COUNTRIES[country](
        subdiv=_REGIONS.get(country),
        years=year,
        expand=False,
        observed=False,
        language="en_US",
        categories=_KINDS.get(country, ("public",)),
    )
    days: dict[str, int] = {}
    for day in sorted(calendar):
        for name in calendar[day].split("; "):
            days.setdefault(name.removesuffix(_ESTIMATED), day.toordinal())
    return days


Rule = Fixed | Nth | Public
