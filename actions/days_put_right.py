"""A day that is put in the place of a told one: where it names less than a day, the told one says the rest."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from language.dates import read

_DAY_OF_MONTH: Final = re.compile(r"(?:on )?(?:the )?(\d{1,2})(?:st|nd|rd|th)?[.!]?", re.IGNORECASE)
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = re.compile(rf"(?:in )?({'|'.join(_MONTHS)})(?:\w{{0,6}})[.!]?", re.IGNORECASE)
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY: Final = re.compile(rf"(?:on )?(?:the |a )?({'|'.join(_WEEKDAYS)})(?:\w{{0,6}})[.!]?", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?:in )?((?:19|20)\d\d)[.!]?")
_HALF_A_WEEK: Final = 3


class NoSuchDay(ValueError):
    """The words name a day that the month does not have."""


def beside(text: str, told: date) -> date | None:
    """The day that "the 13th", "February", "Tuesday" or "2023" means in the place of a told one; None for other words.

    Raises `NoSuchDay` for the 30th of a month that has none.
    """
    text = text.strip()
    if found := _DAY_OF_MONTH.fullmatch(text):
        return _replaced(told, day=int(found[1]))
    if found := _MONTH.fullmatch(text):
        return _replaced(told, month=_MONTHS.index(found[1].lower()) + 1)
    if found := _YEAR.fullmatch(text):
        return _replaced(told, year=int(found[1]))
    if found := _WEEKDAY.fullmatch(text):
        ahead = (_WEEKDAYS.index(found[1].lower()) - told.weekday()) % 7
        return told + timedelta(days=ahead if ahead <= _HALF_A_WEEK else ahead - 7)
    return None


def names_the_day(text: str, told: date, today: date) -> bool:
    """Whether words such as "the 3rd", "Monday" or "3 March" name a day that was told."""
    try:
        if beside(text, told) is not None:
            return beside(text, told) == told
    except NoSuchDay:
        return False
    return any(told.isoformat() in reading.candidates for reading in read(text, today))


def _replaced(told: date, **part: int) -> date:
    try:
        return told.replace(**part)
    except ValueError:
        raise NoSuchDay from None
