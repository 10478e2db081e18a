"""Misspelt words of the tables, put right before a table is looked up.

Only a word that neither the table nor `real_words.yml` knows is touched, and only towards a nearest word of the table:
one letter off from five letters on, two from eight on, with the same first letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from language.wording import read_table, wording

_ONE_LETTER_FROM: Final = 5
_TWO_LETTERS_FROM: Final = 8
#: What begins like a word of a table and goes on for longer is not that word.
_LONGEST_ENDING: Final = 4
#: More unknown words than this are not a misspelt answer, and looking at each would take long.
_AT_MOST: Final = 60


@lru_cache(maxsize=1)
def _real_words() -> frozenset[str]:
    return frozenset(read_table("real_words.yml")["words"].split())


class Speller:
    """Puts right the words of even text by the vocabulary that it is made from."""

    def __init__(self, phrases: Iterable[str], sets: Mapping[str, str] | None = None) -> None:
        """The vocabulary is the words of `phrases`, a table's texts as they are written, and of its word `sets`."""
        self._sets = {**wording().sets, **(sets or {})}
        self._known: set[str] = set()
        self._beginnings: tuple[str, ...] = ()
        for text in phrases:
            self._learn(text)
        shared = wording()
        self._left_alone = self._known | shared.filler | _real_words() | shared.negations | shared.unsure
        self._by_letter: dict[str, list[str]] = {}
        for word in sorted(self._known):
            if len(word) >= _ONE_LETTER_FROM:
                self._by_letter.setdefault(word[0], []).append(word)

    def _learn(self, text: str) -> None:
        for word in "".join(char if char.isalpha() or char in "@*<_" else " " for char in text.casefold()).split():
            if word.startswith(("@", "<")):
                self._known |= set(self._sets.get(word[1:], "").replace("|", " ").split())
            elif word.endswith("*"):
                self._beginnings += (word.rstrip("*"),)
            elif word.isalpha():
                self._known.add(word)

    def right(self, words: str) -> str:
        """Even text with the misspelt words of the vocabulary put right."""
        tokens = words.split()
        put_right: dict[str, str] = {}
        for token in tokens:
            if token not in put_right and len(put_right) < _AT_MOST and self._may_be_misspelt(token):
                put_right[token] = self._nearest(token)
        return "".join(f"{put_right.get(token, token)} " for token in tokens)

    def _may_be_misspelt(self, token: str) -> bool:
        if len(token) < _ONE_LETTER_FROM or len(token) > 24 or not token.isalpha() or token in self._left_alone:
            return False
        return not any(
            token.startswith(part) and len(token) <= len(part) + _LONGEST_ENDING for part in self._beginnings
        )

    def _nearest(self, token: str) -> str:
        allowed = 2 if len(token) >= _TWO_LETTERS_FROM else 1
        candidates = self._by_letter.get(token[0], ())
        found = process.extract(token, candidates, scorer=OSA.distance, score_cutoff=allowed, limit=2)
        if not found or (len(found) > 1 and found[0][1] == found[1][1] and not _are_forms(found[0][0], found[1][0])):
            return token
        return str(found[0][0])


def _are_forms(one: str, other: str) -> bool:
    """Whether two words differ in their ending only, like `rejects` and `rejected`."""
    return one[:_ONE_LETTER_FROM] == other[:_ONE_LETTER_FROM] and abs(len(one) - len(other)) <= 2
