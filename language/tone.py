"""Whether a message is angry: by swearing, insults, set phrases, sarcasm among them, or because it shouts."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from language.insults import is_insulting
from language.phrase_table import NOTHING, PhraseTable, matches, phrases
from language.wording import even, read_table

_FEWEST_WORDS: Final = 3
_FEWEST_LETTERS: Final = 14
_MOSTLY: Final = 0.75


def is_angry(text: str) -> bool:
    """Whether a message shows anger, whatever else it tells."""
    return _shouts(text) or is_insulting(text) or bool(matches(_phrases(), even(text)))


def _shouts(text: str) -> bool:
    """Whether nearly all of a text of several words stands in capitals."""
    letters = [char for char in text if char.isalpha() and (char.isupper() or char.islower())]
    capitals = [word for word in text.split() if len(word) > 1 and word.isupper() and word.isalpha()]
    if len(letters) < _FEWEST_LETTERS or len(capitals) < _FEWEST_WORDS:
        return False
    return sum(char.isupper() for char in letters) >= _MOSTLY * len(letters)


@lru_cache(maxsize=1)
def _phrases() -> PhraseTable:
    table = read_table("tone.yml")
    return phrases({"angry": table["angry"], NOTHING: table["nothing"]})
