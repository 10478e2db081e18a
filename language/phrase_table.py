"""A table's phrases, and where they stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from language.needs import BEGINNING
from language.phrases import Phrase, phrase

#: The value of phrases that say nothing and keep a shorter or like one inside them from being read.
NOTHING: Final = "nothing"


class PhraseTable:
    """Phrases in their order, each looked for only where a word stands that it needs.

    A table has hundreds of phrases; looking for each in each message would take longer than all the rest of reading it.
    """

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        """Remember the phrases by the words that they need."""
        self._phrases = tuple(phrases)
        self._always: list[int] = []
        self._by_word: dict[str, list[int]] = {}
        self._by_beginning: dict[str, list[int]] = {}
        for number, entry in enumerate(self._phrases):
            if entry.needs is None:
                self._always.append(number)
            for word in entry.needs or ():
                where, key = (self._by_beginning, word[:BEGINNING]) if word.endswith("*") else (self._by_word, word)
                where.setdefault(key, []).append(number)

    def __iter__(self) -> Iterator[Phrase]:
        """All phrases, in their order."""
        return iter(self._phrases)

    @cached_property
    def beside_others(self) -> PhraseTable:
        """The phrases that count where a message says something else as well."""
        return PhraseTable(entry for entry in self._phrases if not entry.alone)

    def wanted(self, tokens: Iterable[str]) -> list[Phrase]:
        """The phrases that can stand in a text of these words, in their order."""
        wanted = set(self._always)
        for token in tokens:
            wanted.update(self._by_word.get(token, ()))
            wanted.update(self._by_beginning.get(token[:BEGINNING], ()))
        return [self._phrases[number] for number in sorted(wanted)]


@dataclass(frozen=True)
class Match:
    """A phrase found in even text, from `start` to `end`; `words` is how many of its words the phrase names."""

    value: str
    start: int
    end: int
    words: int
    alone: bool
    found: re.Match[str]

    def holds(self, other: Match) -> bool:
        """Whether the other match stands inside this one and gives way: it is shorter, or this one says nothing."""
        is_inside = self.start <= other.start and other.end <= self.end
        return is_inside and (self.value == NOTHING or self.end - self.start > other.end - other.start)


def phrases(values: Mapping[str, Iterable[str]], sets: Mapping[str, str] | None = None) -> PhraseTable:
    """All phrases of a table of values, in its order."""
    return PhraseTable(phrase(text, value, sets) for value, texts in values.items() for text in texts)


def matches(table: PhraseTable, words: str, longest: bool = True) -> list[Match]:
    """Every place of even text where a phrase stands that says something.

    A match inside one that says nothing is left out, and with `longest` also one inside a longer one of another value.
    """
    found = list(_found(table, words))
    stronger = found if longest else [match for match in found if match.value == NOTHING]
    telling = (match for match in found if match.value != NOTHING)
    return [
        match for match in telling if not any(other.holds(match) and other.value != match.value for other in stronger)
    ]


def _found(table: PhraseTable, words: str) -> Iterator[Match]:
    for entry in table.wanted(words.split()):
        for found in entry.pattern.finditer(words):
            left_open = sum(len(gap.split()) for gap in found.groups(default=""))
            count = len(found.group().split()) - left_open
            yield Match(entry.value, found.start(), found.end(), count, entry.alone, found)
