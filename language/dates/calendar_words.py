"""The words of the calendar, each brought to one spelling.

`canonical` turns what a buyer types ("sept", "febuary", "thurs", "wks", "yday") into the spelling the grammar knows.
Only a misspelling that can be nothing else is mended; what lies equally near to two names stays as it is.
"""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import OSA


def words(listed: str) -> tuple[str, ...]:
    """The words of a list that is easier to read in one line."""
    return tuple(listed.split())


MONTHS = {
    name: number
    for number, name in enumerate(
        words("january february march april may june july august september october november december"), start=1
    )
}

WEEKDAYS = {
    name: number
    for number, name in enumerate(words("monday tuesday wednesday thursday friday saturday sunday"), start=0)
}

#: Units of time; the value is what the grammar calls the unit.
UNITS = {
    unit + plural: unit
    for unit in ("minute", "hour", "day", "week", "fortnight", "weekend", "month", "quarter", "year", "decade")
    for plural in ("", "s")
} | {"second": "minute", "seconds": "minute", "moment": "minute", "moments": "minute", "night": "day", "nights": "day"}

#: One spelling for each group of short or sloppy ones.
_SPELLINGS = {
    spelling: name
    for name, spellings in {
        "january": "jan janury januray janaury jany",
        "february": "feb febr febuary feburary febrary",
        "march": "mar marhc mrach marh",
        "april": "apr apirl aprl aprill arpil",
        "june": "jun jne",
        "july": "jul jly jully",
        "august": "aug agust augst augest",
        "september": "sep sept setp setember",
        "october": "oct octo ocotber",
        "november": "nov nouvember",
        "december": "dec decem decmber",
        "monday": "mon mndy",
        "tuesday": "tue tues tuseday tusday teusday",
        "wednesday": "wed weds wedn wensday wendsday wednsday wendesday",
        "thursday": "thu thur thurs thrusday thursay thirsday",
        "friday": "fri frday",
        "saturday": "sat satday",
        "sunday": "sun",
        "today": "todays 2day tody todya",
        "yesterday": "yesterdays yday yest ystd yesturday",
        "before": "b4 befor bfore bef beofre befroe befre",
        "tonight": "tonite 2nite tonigt",
        "night": "nite",
        "tomorrow": "2moro 2morrow tomorrows tmrw tmr tmw tomorow tommorow tommorrow",
        "minute": "min minuite",
        "minutes": "mins",
        "hour": "hr",
        "hours": "hrs",
        "day": "dy",
        "days": "dys",
        "week": "wk",
        "weeks": "wks",
        "weekend": "wkend",
        "fortnight": "fornight fortnite",
        "month": "mth mnth",
        "months": "mths mnths moths mos",
        "year": "yr",
        "years": "yrs",
        "last": "lst",
        "ago": "agao",
        "previous": "prev previuos",
        "beginning": "begining beggining",
        "until": "til till",
        "through": "thru",
        "approximately": "approx aprox",
        "christmas": "xmas chrismas chritsmas cristmas christmass chistmas",
        "halloween": "haloween helloween hallowen",
        "thanksgiving": "thanksgivng thanksgivings",
        "afternoon": "arvo",
        "morning": "mornin mornig moring",
    }.items()
    for spelling in spellings.split()
}

#: Short names after which a full stop ends no sentence.
ABBREVIATIONS = frozenset(
    words(
        "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed weds thu thur thurs fri sat sun st "
        "approx prev jr"
    )
)

#: Two words that are often typed without the space between them.
RUN_TOGETHER = {
    one + other: (one, other)
    for one in ("last", "this", "next")
    for other in ("night", "week", "weekend", "month", "year", *WEEKDAYS)
}

#: Names that are ordinary words, or other people's names, as well: a date only where something else says so.
SHY = frozenset(words("may march mar jan jun april june august sun sat wed mon dec oct nov sep second spring fall"))

#: Right words that lie one letter from a name.
_NOT_MISSPELT = frozenset(
    words("sundry sundae mondays tuesdays wednesdays thursdays fridays saturdays sundays augusta")
)
_NAMES = tuple(name for name in (*MONTHS, *WEEKDAYS, "yesterday", "tomorrow") if len(name) >= 6)
_KNOWN = frozenset((*MONTHS, *WEEKDAYS, *UNITS, "today", "yesterday", "tomorrow")) | _NOT_MISSPELT


@lru_cache(maxsize=4096)  # most words of a message are words of all messages
def canonical(word: str) -> str:
    """The one spelling of a lower-case word of the calendar; any other word as it is."""
    if word in _KNOWN:
        return word
    if word in _SPELLINGS:
        return _SPELLINGS[word]
    if 5 <= len(word) <= 11:
        return _mended(word)
    return word


def _mended(word: str) -> str:
    """The name from which a word of at least six letters is one slip away, or two in a long one; else the word."""
    near: list[tuple[int, str]] = []
    for name in _NAMES:
        if name[0] == word[0]:
            slips = 2 if len(name) >= 8 else 1
            distance = OSA.distance(word, name, score_cutoff=slips)
            if distance <= slips:
                near.append((distance, name))
    near.sort()
    if not near or (len(near) > 1 and near[0][0] == near[1][0]):
        return word
    return near[0][1]
