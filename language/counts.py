"""How many: the numbers of pieces that a message names, in figures or words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from language.phrase_table import PhraseTable, phrases
from language.statements import said
from language.wording import read_table, wording

#: The slots that a number answers.
COUNTED: Final = ("quantity_ordered", "quantity_received")

#: A number above this is an order number or a telephone, not pieces.
MOST: Final = 100_000

_SMALL: Final = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_UNITS: Final = {word: number for number, word in enumerate(_SMALL)}
_TENS: Final = {
    word: 10 * number
    for number, word in enumerate(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 2)
}
_TIMES: Final = {"hundred": 100, "thousand": 1000}
_NUMBER_WORD: Final = rf"(?:{'|'.join([*_UNITS, *_TENS])})"
WRITTEN: Final = re.compile(
    rf"(?<![^ ])(?:a )?(?:half a dozen|(?:{_NUMBER_WORD} )?dozen|(?:{_NUMBER_WORD}|hundred|thousand)"
    rf"(?: (?:and )?(?:{_NUMBER_WORD}|hundred|thousand))*)(?= )"
)
NOT_A_COUNT: Final = re.compile(
    r"(?<![^ ])(?:already|also) (?:bought|ordered|have|has|got) one(?= )"
    r"|(?<![^ ])(?:no|any|some|every|each|the|this|that|which|another|last|wrong|other) one(?: of)? "
)

#: A number that is a size, beside which another one may be as well.
_SIZE: Final = re.compile(
    r"(?<![^ ])(?:sizes?|sized|eu|uk|waist) \d{1,3}(?= )|(?<![^ ])\d{1,3} (?:eu|uk) (?!seller|shop)"
)

_MINUS: Final = re.compile(r"(?<![\w.,:/)])[-\u2212\u2013\u2014]\d")


def has_minus(text: str) -> bool:
    """Whether a number in a message, as typed, is below nothing: `-3`."""
    return _MINUS.search(text) is not None


def with_figures(words: str) -> str:
    """Even text with its written numbers in figures, where they count something: `twenty` is 20, `a dozen` 12."""
    return WRITTEN.sub(lambda found: str(number(found.group())), NOT_A_COUNT.sub("some ", words))


def number(written: str) -> int:
    """The number that a match of `WRITTEN` names."""
    parts = [part for part in written.split() if part not in ("a", "and")]
    if parts == ["half", "dozen"]:
        return 6
    total, current = 0, 0
    for part in parts:
        if part == "dozen":
            current = 12 * (current or 1)
        elif part in _TIMES:
            current = _TIMES[part] * (current or 1)
            if part == "thousand":
                total, current = total + current, 0
        else:
            current += _UNITS.get(part, _TENS.get(part, 0))
    return total + current


def quantities(words: str) -> dict[str, int]:
    """The quantities that even text names with their part in the story: `ordered 20, got 5`.

    Nothing for a slot of which two different numbers are said.
    """
    figures = with_figures(words)
    if _SIZE.search(figures):
        return {}  # "they sent a size 38, I ordered 42"
    told: dict[str, set[int]] = {}
    for match in said(_table(), figures):
        for slot, figure in match.found.groupdict().items():
            if figure and int(figure) <= MOST:
                told.setdefault(f"quantity_{slot}", set()).add(int(figure))
    return {slot: numbers.pop() for slot, numbers in told.items() if len(numbers) == 1}


def told_phrases() -> list[str]:
    """The phrases in which quantities are told, as they are written in the table."""
    return _counts()["told"]


def count(slot: str, words: str) -> tuple[int, bool] | None:
    """The answer to "how many?" in even text and whether it says nothing else; None where it is not one number."""
    told = quantities(words)
    if slot in told:
        return told[slot], False
    if told:
        return None
    figures = with_figures(words)
    tokens = [token for token in figures.split() if token not in (",", ".")]
    if slot == "quantity_received" and _is_none(tokens):
        return 0, True
    numbers = {token for token in tokens if any(char.isdigit() for char in token)}
    if len(numbers) != 1 or not (number := numbers.pop()).isdecimal() or int(number) > MOST:
        return None
    others = [token for token in tokens if token != number]
    whole = all(token in _around() or token in wording().filler for token in others)
    return (int(number), True) if whole else None


def _is_none(tokens: list[str]) -> bool:
    """Whether the words say that nothing came, and nothing else."""
    said_none = [token for token in tokens if token in _nothing()]
    others = [token for token in tokens if token not in _nothing()]
    return bool(said_none) and all(token in _around() or token in wording().filler for token in others)


@lru_cache(maxsize=1)
def _counts() -> dict[str, list[str]]:
    return read_table("counts.yml")


@lru_cache(maxsize=1)
def _table() -> PhraseTable:
    return phrases({"": told_phrases()})


@lru_cache(maxsize=1)
def _around() -> frozenset[str]:
    return frozenset(_counts()["around"])


@lru_cache(maxsize=1)
def _nothing() -> frozenset[str]:
    return frozenset(_counts()["nothing"])
