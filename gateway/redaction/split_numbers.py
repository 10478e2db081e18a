"""A card's number that was sent in two messages: neither half is one, together they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from gateway.redaction.card_numbers import CARD_NUMBER, CARD_REMOVED, Known
from gateway.redaction.digit_chains import Group, chains, looks_like_one_number
from gateway.redaction.issuers import LONGEST, SHORTEST, is_card_number
from gateway.redaction.number_words import CARD, REACH_BEFORE, UNSAID, meaning
from gateway.redaction.seen_text import Removal, Seen

#: Words that may stand before the second half ("and the rest: "), and behind the first ("...").
_LEAD: Final = re.compile(r"[^0-9\0]{0,24}")
_TRAIL: Final = re.compile(r"[^\w\0]{0,12}$")
#: Digits of a first half; fewer end too many other messages.
_LEAST: Final = 4


@dataclass(frozen=True)
class Split:
    """`head` is to go from this message; `tail` is how the first half stands in the one before."""

    tail: str
    head: Removal


def split_number(text: str, before: str, known: Known) -> Split | None:
    """The number that begins at the end of the message before and ends at the beginning of this one, if any."""
    earlier, later = Seen(before[-4 * REACH_BEFORE :]), Seen(text[: 4 * REACH_BEFORE])
    tails = _last_groups(earlier.plain)
    heads = _first_groups(later.plain)
    for first in range(len(tails)):
        tail = tails[first:]
        if not _LEAST <= _size(tail) < LONGEST:
            continue
        for behind in range(len(heads), 0, -1):
            head = heads[:behind]
            if SHORTEST <= _size(tail) + _size(head) <= LONGEST and _is_cards(earlier, tail, later, head, known):
                removal = Removal(head[0].start, head[-1].end, CARD_NUMBER, CARD_REMOVED)
                return Split(earlier.written(tail[0].start, tail[-1].end), removal)
    return None


def _last_groups(plain: str) -> list[Group]:
    last = [*chains(plain), []][-2:][0]
    return last[-LONGEST:] if last and _TRAIL.match(plain, last[-1].end) else []


def _first_groups(plain: str) -> list[Group]:
    first = next(chains(plain), [])
    lead = _LEAD.match(plain)
    return first[:LONGEST] if first and lead and lead.end() == first[0].start else []


def _size(groups: list[Group]) -> int:
    return sum(len(group.digits) for group in groups)


def _is_cards(earlier: Seen, tail: list[Group], later: Seen, head: list[Group], known: Known) -> bool:
    digits = "".join(group.digits for group in (*tail, *head))
    if not is_card_number(digits, rare=True) or known.own(digits):
        return False
    said = meaning(earlier.plain[: tail[0].start], later.plain[head[-1].end :], is_asked_for=known.is_asked_for)
    if said != UNSAID:
        return said == CARD
    first, second = earlier.plain[tail[0].start : tail[-1].end], later.plain[head[0].start : head[-1].end]
    # The cut may be between two groups, or through one.
    wholes = (f"{first} {second}", f"{first}{second}")
    return is_card_number(digits) and any(looks_like_one_number(whole, next(chains(whole))) for whole in wholes)
