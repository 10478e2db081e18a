"""What stands around a date: whether it is introduced as one, stands alone, or belongs to something else."""

from __future__ import annotations

from language.dates.calendar_words import SHY, WEEKDAYS, words
from language.dates.scan import Scan

#: Words after which a day or a month is expected.
INTRODUCERS = frozenset(
    words(
        "on since until by before after from to between in during throughout around about circa of for last this next "
        "past previous late early mid end middle beginning start dated date back till than and or was is "
        "every of"
    )
)
_DAY_INTRODUCERS = frozenset(
    words(
        "on since until by before after from to between around about circa dated date not than or and was is "
        "either maybe perhaps"
    )
)

#: Words that say nothing beside a date: a message of these and a date is an answer to "when?".
_FILLERS = frozenset(
    words(
        "on the it its was is i i'd id ive im think guess believe maybe perhaps probably in at about around "
        "roughly approximately yes yeah yep no ok okay um umm uh er hm hmm well so sorry please that this "
        "date day dated of for since from by until to and or sometime some time just only exactly like say "
        "lets my answer am pm morning afternoon evening night noon midnight clock oclock early late"
    )
)

#: Words that may follow "the 5th" without making it the fifth of something.
_FOLLOWERS = frozenset(
    words(
        "and but or so because when while if as that then since until to from by at with without in after "
        "before around about i im ive id it its he she they we you my the this no not nothing still is was "
        "were has have had did do does will would should could can however though although which who where "
        "what last never ago already only just yet now today they them their his her our your there here "
        "please thanks thank per via is for seller supplier shop store "
        "asking requesting demanding wanting telling saying writing complaining explaining apparently supposedly"
    )
)

_MOST_WEEKDAYS_IN_A_MONTH = 5
_PRONOUNS = frozenset(
    words(
        "i you we they he she it this that these those there who which what one some someone seller supplier "
        "package parcel item and or not"
    )
)
_AFTER_THE_VERB = frozenset(
    words(
        "be have not take need get come contain ask require want also never well as help cause result vary differ look"
    )
)


def begins_clean(scan: Scan, at: int) -> bool:
    """Whether a date may begin here: not in the middle of an order number, a price, an address."""
    if not scan.glued(at):
        return True
    before, kind = scan.text(at - 1), scan.kind(at - 1)
    if kind in ("word", "number"):
        return False
    if before in ("/", "-", ".", ":"):
        return scan.kind(at) != "number" or not scan.glued(at - 1) or (before != "/" and scan.kind(at - 2) == "word")
    return before not in ("$", "€", "£", "¥", "#", "_", "@", "+", "&", "=", "\\")


def ends_clean(scan: Scan, end: int) -> bool:
    """Whether a date may end before this place: nothing is glued to it that makes it part of something longer."""
    if not scan.glued(end):
        return True
    following, kind = scan.text(end), scan.kind(end)
    if kind == "word":
        return following in ("t", "ish", "st", "nd", "rd", "th") and scan.kind(end - 1) == "number"
    if kind == "number":
        return False
    if following in ("-", "/", ".", ":") and scan.glued(end + 1):
        return scan.kind(end + 1) == "word" and following in ("-", ".", ":")
    return following not in ("%", "_", "@", "$", "€", "£", "¥", "\\", "#")


def is_alone(scan: Scan, start: int, end: int) -> bool:
    """Whether the message says nothing but this."""
    for at, token in enumerate(scan.tokens):
        if (at < start or at >= end) and token.kind != "mark" and token.text not in _FILLERS and not _is_time(scan, at):
            return False
    return True


def _is_time(scan: Scan, at: int) -> bool:
    return scan.kind(at) == "number" and (
        scan.text(at + 1) in (":", "am", "pm") or scan.text(at - 1) in (":", "at", "around", "about")
    )


def is_introduced(scan: Scan, start: int, end: int) -> bool:
    """Whether the words before a month or weekday announce it, or it stands alone."""
    before = scan.text(start - 1)
    if before == "the":
        before = scan.text(start - 2)
    return before in INTRODUCERS or is_alone(scan, start, end)


def is_a_day(scan: Scan, start: int, end: int) -> bool:
    """Whether "the 5th" from start to end is a day of the month and not the fifth of something."""
    if is_alone(scan, start, end):
        return True
    following = scan.text(end)
    if _is_beside_a_weekday(scan, end):
        return True
    closed = scan.kind(end) != "word" and scan.kind(end) != "number"
    if not closed and following not in _FOLLOWERS:
        return False
    before = scan.text(start - 1)
    if before in _DAY_INTRODUCERS:
        return closed or before not in ("is", "was")
    return closed and scan.text(start) == "the" and (scan.number(start + 1, 2) or 0) >= 10


def _is_beside_a_weekday(scan: Scan, end: int) -> bool:
    """Such as "6th Sunday", "6th, Sunday"; "the 2nd Sunday" is the second one."""
    weekday = scan.text(end + 1) if scan.text(end) == "," else scan.text(end)
    return weekday in WEEKDAYS and (scan.number(end - 2, 2) or 0) > _MOST_WEEKDAYS_IN_A_MONTH


def names_a_thing(scan: Scan, at: int) -> bool:
    """Whether the word there may be the thing that a number before it counts."""
    return scan.kind(at) == "word" and scan.text(at) not in _FOLLOWERS and scan.text(at) not in WEEKDAYS


def is_a_verb(scan: Scan, at: int, end: int) -> bool:
    """Whether "may" or "march" at a place is no month: somebody may do something."""
    if scan.raw(at) not in ("may", "march"):
        return False
    return scan.text(end) in _AFTER_THE_VERB or (end == at + 1 and scan.text(at - 1) in _PRONOUNS)


def is_shy(scan: Scan, at: int) -> bool:
    """Whether the word there is an ordinary word as well."""
    return scan.raw(at) in SHY
