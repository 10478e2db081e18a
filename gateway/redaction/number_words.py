"""What the words around a number say that it is: a card's number, or that of an order, a parcel or a thing."""

from __future__ import annotations

import re
from typing import Final

#: Characters before and after a number in which words about it are looked for.
REACH_BEFORE: Final = 64
REACH_AFTER: Final = 40

CARD: Final = "card"
OTHER: Final = "other"
UNSAID: Final = "unsaid"

#: The code on a card, by its many names; also used to find the code itself.
CODE_ON_CARD: Final = (
    r"(?:cvv2?|cvc2?|cvn2?|csc|cid code|card (?:security |verification )?code|card verification (?:value|number)"
    r"|(?:3|three|4|four)[ -]?digits? (?:code )?(?:(?:is|are) )?on the back)"
)
EXPIRES: Final = r"(?:exp(?:iry|ires|ire|iring|iration|\.)?(?: date)?|valid (?:thru|through|until|till|to)|good thru)"

_CARD_WORDS: Final = (
    r"card(?!board|igan|inal)|(?:\b|(?<=_))(?:visa|mastercard|maestro|amex|american express|discover|diners|jcb"
    r"|unionpay|rupay|mir|debit|credit|cc|mc|pan)(?![a-z])"
)
_CARD: Final = re.compile(rf"{_CARD_WORDS}|\b(?:{CODE_ON_CARD}|{EXPIRES})(?![a-z])", re.IGNORECASE)
#: "my card number is: " and the number follows, or "4111... is my card".
_CARD_NAMED_BEFORE: Final = re.compile(
    rf"(?:{_CARD_WORDS})(?:[^\w\0]+(?:no|number|num|nr|id|details|is|was|it|its|it's|s|this|the|my|called))*[^\w\0]*$",
    re.IGNORECASE,
)
_CARD_NAMED_AFTER: Final = re.compile(
    rf"^[^\w\0]*(?:(?:is|was|=|for|as)[^\w\0]*)?(?:(?:my|the|our|a|this|credit|debit|bank)[^\w\0]*){{0,3}}(?:{_CARD_WORDS})",
    re.IGNORECASE,
)
#: Right behind a number: said of nothing but cards.
_CODE_FOLLOWS: Final = re.compile(rf"{CODE_ON_CARD}(?![a-z])", re.IGNORECASE)

_THING: Final = (
    r"(?:order|purchase|transaction|track(?:ing)?|trace|parcel|package|shipment|shipping|waybill|consignment|awb|invoice"
    r"|receipt|reference|ref|ticket|case|claim|dispute|item|product|article|listing|sku|imei|serial|ean|barcode|phone"
    r"|mobile|telephone|tel|whatsapp)"
)
_JOINTS: Final = (
    r"(?:no|number|num|nr|id|ids|code|ref|reference|details|is|was|it|its|it's|s|this|the|my|one|called|of|for|called)"
)
#: "my order number is: " and the number follows.
_NAMED_BEFORE: Final = re.compile(
    rf"(?<![a-z]){_THING}(?:[^\w\0]+{_JOINTS}|_(?:no|number|id))*[^\w\0]*$", re.IGNORECASE
)
#: "orders 8012..., 8013... and "; several are only meant where the word says so.
_NAMED_IN_LIST: Final = re.compile(
    rf"(?<![a-z]){_THING}(?:s|[^\w\0]+(?:numbers|nos|ids))(?:[^\w\0]+(?:are|numbers|nos|ids|and|or|[0-9]+))*[^\w\0]*$",
    re.IGNORECASE,
)
#: "8012... is my order number", "8012... (order)".
_NAMED_AFTER: Final = re.compile(
    rf"^[^\w\0]*(?:(?:is|was|=|for|as)[^\w\0]*)?(?:(?:my|the|our|an?|this)[^\w\0]*)?{_THING}(?![a-z])", re.IGNORECASE
)
#: Letters of a carrier or shop that are glued to its numbers: "YT2412345678901234", "RB123456789CN".
_GLUED_BEFORE: Final = re.compile(r"(?<![A-Za-z])[A-Z]{2,4}$")
_GLUED_AFTER: Final = re.compile(r"^[A-Z]{2}(?![A-Za-z])")
_PLUS: Final = re.compile(r"\+[^\w\0]{0,2}$")


def meaning(before: str, after: str, *, is_asked_for: bool = False) -> str:
    """`CARD`, `OTHER` or `UNSAID`, by the text before and after a number.

    What stands right at the number wins over what stands near it. `is_asked_for`: an order's number was asked for, and
    this is the answer; "paid by card" near it then says nothing.
    """
    before, after = before[-REACH_BEFORE:], after[:REACH_AFTER]
    if _CODE_FOLLOWS.search(after):
        return CARD
    if _NAMED_BEFORE.search(before) or _NAMED_IN_LIST.search(before):
        return OTHER
    if _NAMED_AFTER.search(after) and not _CARD.search(after):
        return OTHER
    if _CARD_NAMED_BEFORE.search(before) or _CARD_NAMED_AFTER.search(after):
        return CARD
    if is_asked_for:
        return OTHER
    if _CARD.search(before) or _CARD.search(after):
        return CARD
    if _PLUS.search(before) or _GLUED_BEFORE.search(before) or _GLUED_AFTER.search(after):
        return OTHER
    return UNSAID
