"""Numbers in words: "twenty-two", "the thirty-first", "two thousand and sixteen".

Each reader looks at the tokens from a place on and returns the number and the place after it, or None.
"""

from __future__ import annotations

from collections.abc import Sequence

from language.dates.calendar_words import words
from language.dates.tokens import Token

_SMALL = {
    word: number
    for number, word in enumerate(
        words(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
            "sixteen seventeen eighteen nineteen"
        )
    )
}
_TENS = {
    word: number * 10
    for number, word in enumerate(words("twenty thirty forty fifty sixty seventy eighty ninety"), start=2)
} | {"fourty": 40}
_ORDINALS = {
    word: number
    for number, word in enumerate(
        words(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
            "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
        ),
        start=1,
    )
} | {"thirtieth": 30, "nineth": 9, "twelveth": 12, "fourtieth": 40, "fith": 5, "eigth": 8, "twentyfirst": 21}
_SUFFIXES = frozenset(("st", "nd", "rd", "th"))

#: A number and the place after it.
Counted = tuple[int, int]

#: Words that can begin a number.
NUMBER_WORDS = frozenset((*_SMALL, *_TENS, *_ORDINALS, "hundred"))


def cardinal(tokens: Sequence[Token], at: int) -> Counted | None:
    """A number of up to four digits, or a written one up to 999."""
    if at >= len(tokens):
        return None
    token = tokens[at]
    if token.kind == "number":
        return (int(token.text), at + 1) if len(token.text) <= 4 else None
    small = _below_hundred(tokens, at)
    if token.text in ("a", "hundred") or small:
        hundreds, after = small or (1, at + (token.text == "a"))
        if _word(tokens, after) == "hundred" and hundreds < 10:
            return _with_rest(tokens, hundreds * 100, after + 1)
    return small


def _with_rest(tokens: Sequence[Token], hundreds: int, at: int) -> Counted:
    rest = _below_hundred(tokens, at + (_word(tokens, at) == "and"))
    return (hundreds + rest[0], rest[1]) if rest else (hundreds, at)


def _below_hundred(tokens: Sequence[Token], at: int) -> Counted | None:
    word = _word(tokens, at)
    if word in _TENS:
        unit = _SMALL.get(_word(tokens, at + 1), 0)
        return (_TENS[word] + unit, at + 2) if 1 <= unit <= 9 else (_TENS[word], at + 1)
    return (_SMALL[word], at + 1) if word in _SMALL else None


def ordinal(tokens: Sequence[Token], at: int) -> Counted | None:
    """Such as "3rd", "third", "twenty-first": a place in a row, in digits up to 99 or in words."""
    if at >= len(tokens):
        return None
    token = tokens[at]
    if token.kind == "number":
        suffixed = at + 1 < len(tokens) and tokens[at + 1].raw in _SUFFIXES and tokens[at + 1].start == token.end
        return (int(token.text), at + 2) if suffixed and len(token.text) <= 2 else None
    if token.text in _ORDINALS:
        return _ORDINALS[token.text], at + 1
    unit = _ORDINALS.get(_word(tokens, at + 1), 0) if token.text in _TENS else 0
    return (_TENS[token.text] + unit, at + 2) if 1 <= unit <= 9 else None


def written_year(tokens: Sequence[Token], at: int) -> Counted | None:
    """Such as "twenty sixteen", "nineteen ninety-nine", "two thousand (and) eight": a year in words."""
    century = {"nineteen": 1900, "twenty": 2000}.get(_word(tokens, at))
    if century:
        zero = _word(tokens, at + 1) in ("oh", "o")
        rest = _below_hundred(tokens, at + 1 + zero)
        return (century + rest[0], rest[1]) if rest and (rest[0] >= 10) != zero else None
    if (_word(tokens, at), _word(tokens, at + 1)) == ("two", "thousand"):
        return _with_rest(tokens, 2000, at + 2)
    return None


def _word(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].text if 0 <= at < len(tokens) else ""
