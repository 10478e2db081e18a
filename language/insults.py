"""What a message tells apart from its insults and swearing: "not yet, you stupid bot" is "not yet".

The wordings are in `insults.yml`, a closed list. Consent is never read this way: a yes is plain or none.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from language.phrase_table import PhraseTable, matches, phrases
from language.wording import even, read_table

#: No insult of the table has more words.
_MOST_WORDS: Final = 10
#: Who writes more than this tells a story, and answers by more than its last words.
_LONGEST: Final = 60
_MARKS: Final = " ,.?"


def is_insulting(text: str) -> bool:
    """Whether a message holds an insult, or swears."""
    return bool(matches(_phrases(), even(text)))


def without_insults(text: str) -> str:
    """A message in its own words without its insults; the whole message where nothing else is left, or it has none."""
    words = text.split()
    if len(words) > _LONGEST or not is_insulting(text):
        return text
    left: list[str] = []
    at = 0
    while at < len(words):
        length = _insult_at(words, at)
        if not length:
            left.append(words[at])
        at += length or 1
    rest = " ".join(left).strip(" ,;:-")
    return rest if even(rest).strip(_MARKS) else text


def _insult_at(words: list[str], at: int) -> int:
    """How many words the longest insult has that begins at a place; nought where none does."""
    for length in range(min(_MOST_WORDS, len(words) - at), 0, -1):
        told = even(" ".join(words[at : at + length])).strip(_MARKS) + " "
        if any(entry.pattern.fullmatch(told) for entry in _phrases()):
            return length
    return 0


@lru_cache(maxsize=1)
def _phrases() -> PhraseTable:
    table = read_table("insults.yml")
    return phrases({"insult": table["insults"]}, table["sets"])
