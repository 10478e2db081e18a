"""A reference that people can say on the telephone: `C7KF-3M9P-K`.

The alphabet leaves out what is mistaken for something else: 0 O Q, 1 I L, 2 Z, 5 S, 8 B, U V by eye, N beside M by ear;
and the vowels, so that no reference spells a word.
Nineteen characters are left, a prime number, so one check character finds every single wrong character and every swap
of two: each place has a weight of its own, and the weighted sum must be divisible by nineteen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from secrets import choice
from typing import Final

ALPHABET: Final = "34679CDFGHJKMPRTWXY"
PRIME: Final = len(ALPHABET)
DRAWN: Final = 8

#: Longer than any message that we read; what is behind it is not looked at.
_LONGEST_TEXT = 20_000
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212._]+")
_GAP = r"[\s\-\u2010-\u2015\u2212._]{0,3}"
_IN_TEXT = re.compile(rf"(?<![A-Z0-9])[{ALPHABET}]{{4}}{_GAP}[{ALPHABET}]{{4}}{_GAP}[{ALPHABET}](?![A-Z0-9])")


def new_reference(draw: Callable[[str], str] = choice) -> str:
    """A new reference; `draw` picks one character of the alphabet, by default at random."""
    drawn = "".join(draw(ALPHABET) for _ in range(DRAWN))
    return _written(drawn + _check_character(drawn))


def read_reference(text: str) -> str | None:
    """The one reference that a text is or holds, as it is written; None where there is none, or more than one.

    Blanks, dashes, small and full-width letters do not matter.
    """
    plain = unicodedata.normalize("NFKC", text[:_LONGEST_TEXT]).upper()
    whole = _SEPARATORS.sub("", plain)
    if _is_valid(whole):
        return _written(whole)
    candidates = (_SEPARATORS.sub("", found) for found in _IN_TEXT.findall(plain))
    found = {candidate for candidate in candidates if _is_valid(candidate)}
    return _written(found.pop()) if len(found) == 1 else None


def _is_valid(characters: str) -> bool:
    if len(characters) != DRAWN + 1 or any(character not in ALPHABET for character in characters):
        return False
    return characters[-1] == _check_character(characters[:-1])


def _check_character(drawn: str) -> str:
    """The character, with weight 1, that makes the weighted sum divisible; the others weigh 2, 3, 4, ..."""
    total = sum(weight * ALPHABET.index(character) for weight, character in enumerate(drawn, start=2))
    return ALPHABET[-total % PRIME]


def _written(characters: str) -> str:
    return f"{characters[:4]}-{characters[4:8]}-{characters[8:]}"
