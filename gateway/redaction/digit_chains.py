"""Rows of digits as people write one long number: in groups, with blanks, dashes, dots or line ends between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from gateway.redaction.issuers import LONGEST, PREFIX, SHORTEST, is_card_number, lengths

#: What may stand between two groups of one number; nothing that makes amounts, sums or addresses of them.
_BETWEEN: Final = r"(?:[^\w\0%+=@&#$€£¥₹]|_)"
_CHAIN: Final = re.compile(rf"[0-9](?:{_BETWEEN}{{0,8}}[0-9])*")
_GROUP: Final = re.compile(r"[0-9]+")
#: Sizes of groups that only cards have.
_PRINTED: Final = ((4, 6, 5), (4, 6, 4))
#: Groups of a number that was copied carelessly; two numbers beside each other can look the same.
_CARELESS: Final = ((8, 8), (4, 12), (12, 4), (6, 10), (4, 8, 4), (8, 4, 4), (4, 4, 8), (6, 6, 4))


@dataclass(frozen=True)
class Group:
    """Digits without anything between them, and where they stand in the text."""

    digits: str
    start: int
    end: int


def chains(text: str) -> Iterator[list[Group]]:
    """The groups of each row of digits, in their order; takes time in proportion to the text."""
    for chain in _CHAIN.finditer(text):
        at = chain.start()
        yield [Group(found[0], at + found.start(), at + found.end()) for found in _GROUP.finditer(chain[0])]


def candidates(groups: list[Group], first: int, known: frozenset[str]) -> Iterator[tuple[int, str]]:
    """What may be cards' numbers from the group `first` on: the group behind the last, and all the digits.

    First those of usual lengths, then the rare ones, the longest first; `known` digits count whatever they look like.
    """
    parts: list[str] = []
    ends: dict[int, int] = {}
    size = 0
    for at in range(first, len(groups)):
        parts.append(groups[at].digits)
        size += len(groups[at].digits)
        if size > LONGEST:
            break
        ends[size] = at + 1
    digits = "".join(parts)
    usual, all_lengths = (lengths(digits[:PREFIX], rare) for rare in (False, True))
    wanted = ends.keys() if known else ends.keys() & all_lengths
    for length in sorted(wanted, key=lambda length: (length in usual, length), reverse=True):
        number = digits[:length]
        if length >= SHORTEST and (number in known or is_card_number(number, rare=True)):
            yield ends[length], number


def looks_like_one_number(text: str, groups: list[Group]) -> bool:
    """Whether groups are cut as those of one number are, so that they are not a list of dates, sizes or phones.

    One group, groups as they are printed on cards, or groups of one size with the same separator throughout.
    """
    sizes = tuple(len(group.digits) for group in groups)
    if len(sizes) == 1 or sizes in _PRINTED:
        return True
    size, last = sizes[0], sizes[-1]
    if size == 4 and set(sizes[:-1]) == {4} and last <= 4:
        return True
    separators = {text[one.end : two.start].strip(" ") or " " for one, two in pairwise(groups)}
    if len(separators) > 1:
        return False
    if sizes in _CARELESS:
        return separators <= {" ", "-", "."}
    is_even = size < 4 and set(sizes[:-1]) == {size} and (last <= size or (size, last) == (3, 4))
    values = [int(group.digits) for group in groups]
    rising = {one < two if one != two else None for one, two in pairwise(values)}
    return is_even and rising not in ({True}, {False})
