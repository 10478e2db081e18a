"""A table's phrases, and where they stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from language.needs import beginning
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
        for number, entry in enumerate(self._phrases):
            if entry.needs.words is None:
                self._always.append(number)
            for word in entry.needs.words or ():
                self._by_word.setdefault(word, []).append(number)

    def __iter__(self) -> Iterator[Phrase]:
        """All phrases, in their order."""
        return iter(self._phrases)

    @cached_property
    def beside_others(self) -> PhraseTable:
        """The phrases that count where a message says something else as well."""
        return PhraseTable(entry for entry in self._phrases if not entry.alone)

    def found_in(self, words: str) -> Iterator[tuple[Phrase, re.Match[str]]]:
        """Each phrase that stands in even text, in their order, wherever it does."""
        places = _places(words)
        wanted = set(self._always)
        for word in self._by_word.keys() & places.keys():
            wanted.update(self._by_word[word])
        for number in sorted(wanted):
            for found in self._phrases[number].found_in(words, places):
                yield self._phrases[number], found


@lru_cache(maxsize=8)  # one text is asked for by each table in turn
def _places(words: str) -> Mapping[str, Sequence[int]]:
    """Where the words of even text begin, each under itself and under its own beginning."""
    places: dict[str, list[int]] = {}
    at = 0
    for word in words.split(" ")[:-1]:
        places.setdefault(word, []).append(at)
        places.setdefault(beginning(word), []).append(at)
        at += len(word) + 1
    return places


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
    for entry, found in table.found_in(words):
        left_open = sum(len(gap.split()) for gap in found.groups(default=""))
        count = len(found.group().split()) - left_open
        yield Match(entry.value, found.start(), found.end(), count, entry.alone, found)
