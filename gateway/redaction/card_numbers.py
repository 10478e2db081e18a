"""Numbers of payment cards in what a buyer wrote, with the expiry and the code that stand beside them.

A number counts as a card's when its check digit, issuer and length say so and nothing says that it is another's: it is
not one of the buyer's own orders, not named as an order's or parcel's, not the answer to the question for the order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from gateway.redaction.digit_chains import Group, candidates, chains, looks_like_one_number
from gateway.redaction.issuers import LONGEST, SHORTEST, is_card_number
from gateway.redaction.number_words import CARD, EXPIRES, OTHER, REACH_AFTER, REACH_BEFORE, meaning
from gateway.redaction.seen_text import GONE, Removal

CARD_NUMBER: Final = "card_number"
SECURITY_CODE: Final = "security_code"
CARD_REMOVED: Final = "[card number removed]"
EXPIRY_REMOVED: Final = "[expiry removed]"
CODE_REMOVED: Final = "[security code removed]"

#: Digits that may be glued to a card's number: its code, its expiry, or both.
_GLUED: Final = frozenset({3, 4, 6, 7, 8, 10})
#: Shorter numbers of orders are part of too many others to protect.
_LEAST_OWN: Final = 6

_GAP: Final = r"[\s,;:/|.()\-]{0,6}"
#: Month and year; with more behind it, it is a day.
_EXPIRY: Final = r"(?<!\d)(?:0?[1-9]|1[0-2])\s?[/\-. ]\s?(?:20)?\d\d(?![/\-.]?\d)"
_BESIDE: Final = re.compile(
    rf"{_GAP}(?:{EXPIRES}\W{{0,3}})?(?P<expiry>{_EXPIRY}|(?:0[1-9]|1[0-2])[2-4]\d(?=\W{{1,3}}\d\d\d(?!\d)))"
    rf"(?:{_GAP}(?P<code>\d{{3,4}})(?![\w]))?",
    re.IGNORECASE,
)
_BARE_CODE: Final = re.compile(r"[ ,;:/|\-]{1,4}(?P<code>\d{3})(?=\s*(?:$|[.,;)\n]))")
_NAMED_EXPIRY: Final = re.compile(
    rf"(?<![a-z]){EXPIRES}(?:\W{{0,3}}(?:is|on))?\W{{0,3}}(?P<expiry>{_EXPIRY})", re.IGNORECASE
)
#: All that a message after the one with the card's number says.
_REST: Final = re.compile(
    rf"^{_GAP}(?:(?P<expires>{EXPIRES})\W{{0,3}})?(?P<expiry>{_EXPIRY})(?:{_GAP}(?P<code>\d{{3}}))?\W*$", re.IGNORECASE
)
#: The end of a message after which a number is to come.
_ANNOUNCES: Final = re.compile(r"(?:\b(?:number|numbers|no|nr|id|ids|is|are)|[#:])[^\w\0]{0,12}$", re.IGNORECASE)
#: Characters between a card's number and an expiry that is its own.
_NEAR: Final = 80


@dataclass(frozen=True)
class Known:
    """What else is known: the buyer's own orders (digits), whether an order was asked for, what was said before.

    `follows_card`: that ended with a card's number. `cards` are digits that turned out to be a card's elsewhere in the
    same text.
    """

    orders: frozenset[str] = frozenset()
    is_asked_for: bool = False
    before: str = ""
    follows_card: bool = False
    cards: frozenset[str] = field(default=frozenset())

    def own(self, digits: str) -> bool:
        """Whether digits are, or belong to, the number of one of the buyer's orders."""
        return any(digits in order or (len(order) >= SHORTEST and order in digits) for order in self.orders)


def orders_known(own_orders: Iterator[str]) -> frozenset[str]:
    """The digits of order numbers (folded) that are long enough to be told from others."""
    found = ("".join(char for char in order if char.isdigit()) for order in own_orders)
    return frozenset(digits for digits in found if len(digits) >= _LEAST_OWN)


def card_numbers(text: str, known: Known) -> Iterator[tuple[Removal, str]]:
    """Each card's number in the seen text, with its digits, from left to right."""
    for groups in chains(text):
        first = 0
        while first < len(groups):
            found = _number_at(text, groups, first, known)
            if found is None:
                first += 1
                continue
            behind, digits = found
            yield Removal(groups[first].start, groups[behind - 1].end, CARD_NUMBER, CARD_REMOVED), digits
            first = behind


def beside_cards(text: str, cards: list[Removal]) -> Iterator[Removal]:
    """The expiry and the code that stand beside cards' numbers, without a name, or (the expiry) named near them."""
    taken: set[int] = set()  # what stands beside a card may also be named
    for card in cards:
        found = _BESIDE.match(text, card.end) or _BARE_CODE.match(text, card.end)
        if found is None:
            continue
        taken.add(found.start("expiry") if "expiry" in found.groupdict() else -1)
        for name, kind, placeholder in (
            ("expiry", CARD_NUMBER, EXPIRY_REMOVED),
            ("code", SECURITY_CODE, CODE_REMOVED),
        ):
            if found.groupdict().get(name):
                yield Removal(found.start(name), found.end(name), kind, placeholder)
    edges = [edge for card in cards for edge in (card.start, card.end)]
    for found in _NAMED_EXPIRY.finditer(text) if cards else ():
        start, end = found.span("expiry")
        if start not in taken and any(-_NEAR <= start - edge <= _NEAR for edge in edges):
            yield Removal(start, end, CARD_NUMBER, EXPIRY_REMOVED)


def after_card_message(text: str) -> Iterator[Removal]:
    """The expiry and the code, where they are all that a message says and the one before it ended with the number."""
    found = _REST.match(text)
    if found and (found["expires"] or found["code"]):
        yield Removal(*found.span("expiry"), CARD_NUMBER, EXPIRY_REMOVED)
        if found["code"]:
            yield Removal(*found.span("code"), SECURITY_CODE, CODE_REMOVED)


def _number_at(text: str, groups: list[Group], first: int, known: Known) -> tuple[int, str] | None:
    for behind, digits in candidates(groups, first, known.cards):
        if not known.own(digits) and _is_cards(text, groups[first:behind], digits, known):
            return behind, digits
    return _glued(text, groups, first, known)


def _glued(text: str, groups: list[Group], first: int, known: Known) -> tuple[int, str] | None:
    """A number with its expiry or code right behind it, in one group that is said to be a card's."""
    whole = groups[first].digits
    if not SHORTEST < len(whole) <= LONGEST + max(_GLUED) or known.own(whole):
        return None
    for more in sorted(_GLUED):
        digits = whole[:-more]
        if is_card_number(digits) and _said(text, groups[first : first + 1], known) == CARD:
            return first + 1, digits
    return None


def _is_cards(text: str, parts: list[Group], digits: str, known: Known) -> bool:
    if digits in known.cards:
        return True
    said = _said(text, parts, known)
    if said == OTHER:
        return False
    return said == CARD or (is_card_number(digits) and looks_like_one_number(text, parts))


def _said(text: str, parts: list[Group], known: Known) -> str:
    start, end = parts[0].start, parts[-1].end
    before = text[max(0, start - REACH_BEFORE) : start]
    if start < REACH_BEFORE and not known.is_asked_for:
        # "my order number is:" goes on in the next message; "about my order" says nothing of the number in it.
        joint = "\n" if _ANNOUNCES.search(known.before) else GONE
        before = f"{known.before[-REACH_BEFORE:]}{joint}{before}"
    return meaning(before, text[end : end + REACH_AFTER], is_asked_for=known.is_asked_for)
