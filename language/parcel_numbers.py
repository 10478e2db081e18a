"""Order and tracking numbers that a message clearly names as such."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from language.tracking_numbers import read as carriers_numbers
from language.wording import LONGEST

_NAMED: Final = r"(?:\s*(?:no\.?|number|num\.?|nr\.?|id|code|ref\.?|reference|#|№)){1,2}\s*(?:is|was|=|:)?\s*#?\s*"
_NUMBER: Final = r"(?P<number>[a-z]{2}\s?\d{9}\s?[a-z]{2}|[a-z0-9](?:[a-z0-9-]{2,38}[a-z0-9]))(?![\w/-]|\.\d)"
_ORDER: Final = re.compile(rf"\border{_NAMED}{_NUMBER}", re.IGNORECASE)
#: Without "number" only a long row of figures is one: "order 8012345678", "order, 8012345678,".
_BARE_ORDER: Final = re.compile(r"\border[:,]?\s+(?P<number>\d{8,20})(?![\w/-]|\.\d)", re.IGNORECASE)
_TRACKING: Final = re.compile(rf"\btrack(?:ing)?{_NAMED}{_NUMBER}", re.IGNORECASE)
_BARE_TRACKING: Final = re.compile(
    r"\btracking:?\s+(?P<number>[a-z]{2}\d{9}[a-z]{2}|\d{10,30})(?![\w/-]|\.\d)", re.IGNORECASE
)
_FOUR_BY_FOUR: Final = r"\d{4}(?: \d{4}){3}\b"
_FIGURES: Final = r"\d{4,6}(?: \d{4,6})+(?: \d{2,3})?|\d{3}(?: \d{3}){2,4}"
#: Figures in groups, as an order page may show them; four times four is a card.
_IN_GROUPS: Final = re.compile(
    rf"(?<=order)(?P<before>{_NAMED}|:?\s+)(?!{_FOUR_BY_FOUR})(?P<number>{_FIGURES})(?![\w/.-]| \d)", re.IGNORECASE
)
_LEAST_FIGURES: Final = 4


def order_ids(text: str) -> set[str]:
    """The order numbers named in a message, as typed, figures folded to 0-9 and their groups put together."""
    together = _IN_GROUPS.sub(lambda found: found["before"] + found["number"].replace(" ", ""), _visible(text))
    return _named(together, _ORDER, _BARE_ORDER)


def tracking_numbers(text: str) -> set[str]:
    """The tracking numbers of a message, in capitals without blanks: named as such, or known by a carrier's shape."""
    named = {number.replace(" ", "").upper() for number in _named(text, _TRACKING, _BARE_TRACKING)}
    return named | ({found.number for found in carriers_numbers(_visible(text))} - order_ids(text))


def _named(text: str, *patterns: re.Pattern[str]) -> set[str]:
    plain = _visible(text)
    numbers = {found["number"] for pattern in patterns for found in pattern.finditer(plain)}
    return {number for number in numbers if sum(char.isdigit() for char in number) >= _LEAST_FIGURES}


def _visible(text: str) -> str:
    """Text in one form of each letter and digit, without invisible characters, its capitals kept."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST])[:LONGEST]
    seen = (char for char in plain if unicodedata.category(char) not in ("Cf", "Cs") and char != "\0")
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in seen)
