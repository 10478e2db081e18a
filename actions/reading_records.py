"""The record's own fields, told in the buyer's own words: cleaned, bounded, never judged."""

from __future__ import annotations

import re
import unicodedata

from actions.reading import Reading
from language.answers import is_plain_no, is_plain_yes, says_unknown
from language.insults import without_insults

#: Whole words only: the first 64 characters of a longer one are no order number.
_ORDER_NUMBER = re.compile(r"(?<![^\W_])[A-Za-z0-9][A-Za-z0-9-]{2,62}[A-Za-z0-9](?![^\W_])")
#: A blank inside a number, but not between two that are whole on their own.
_BLANK_INSIDE = re.compile(r"(?<=\d)[ _](?=\d)(?!(?<=\d{7}[ _])\d{7})")
#: A card number as cards show it, a telephone number, a day: never an order number.
_SOMETHING_ELSE = re.compile(r"\b\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{4}\b|\+\d|\b(19|20)\d\d-[01]\d-[0-3]\d\b")
_WHOLE_ORDER = re.compile(
    r"(?:it'?s |it is )?(?:all|everything|all of it|(?:the |my )?(?:whole|entire|complete|full) order)\W*",
    re.IGNORECASE,
)
#: What is asked, of the assistant or of a conversation, is no wish.
_ASKS_SOMETHING = re.compile(
    r"(?:and |so |but )?(?:what|when|why|how|where|who|which|did|do i|have i)\b.*", re.IGNORECASE
)
#: Letters of each field that are kept.
LONGEST = {"item": 200, "statement": 20_000, "wish": 2_000}


def read_record_field(field: str, text: str) -> Reading:
    """What a typed answer puts into `order_id`, `item`, `statement` or `wish`; empty where it cannot be used."""
    cleaned = clean(text)
    if field == "order_id":
        return _order_number(cleaned)
    plain = without_insults(cleaned)
    if says_unknown(plain) or is_plain_yes(plain) or is_plain_no(plain):
        return Reading()
    if not any(character.isalnum() for character in cleaned):
        return Reading()
    if field == "wish" and _ASKS_SOMETHING.fullmatch(cleaned):
        return Reading()
    if field == "item" and _WHOLE_ORDER.fullmatch(cleaned):
        return Reading(changes={"item": ""})
    return Reading(changes={field: cleaned[: LONGEST[field]]})


def clean(text: str) -> str:
    """The text without control characters and lone surrogates, composed, blanks folded."""
    kept = "".join(" " if character in "\n\r\t" else character for character in text)
    kept = "".join(character for character in kept if unicodedata.category(character) not in ("Cc", "Cs", "Cf"))
    return " ".join(unicodedata.normalize("NFC", kept).split())


def _order_number(text: str) -> Reading:
    """The one order number in a text; digits of any script and blanks or dashes inside it do not matter."""
    plain = unicodedata.normalize("NFKC", text.replace("№", "#"))
    plain = "".join(str(unicodedata.digit(character, character)) for character in plain)
    together = _BLANK_INSIDE.sub("", plain)
    if _SOMETHING_ELSE.search(plain):
        return Reading()
    found = {match for match in _ORDER_NUMBER.findall(together) if sum(c.isdigit() for c in match) >= 4}
    if len(found) != 1:
        return Reading()
    return Reading(changes={"order_id": found.pop().upper()})
