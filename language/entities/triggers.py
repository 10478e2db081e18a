"""Tables of phrases with what each needs: a phrase is only looked for where one of its own words stands.

A table of hundreds of phrases would take longer than all the rest of understanding a message. Of each phrase the part
that cannot be left out and has the fewest wordings is remembered; a message without one of them is not searched.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from language.entities.needs import BEGINNING, needs
from language.phrases import NOTHING, Phrase
from language.wording import wording

#: So many phrases may say the same words.
_ALIKE: Final = 8


class Found(NamedTuple):
    """A phrase of a table in even text, from `start` to `end`."""

    start: int
    end: int
    value: str

    def holds(self, other: Found) -> bool:
        """Whether the other stands inside this one and gives way: it is shorter, or this one says nothing."""
        is_inside = self.start <= other.start and other.end <= self.end
        return is_inside and self.value != other.value and (self.value == NOTHING or self[:2] != other[:2])


@dataclass(frozen=True)
class Table:
    """Phrases by the words that they need; `always` are those that need none in particular."""

    by_word: Mapping[str, tuple[int, ...]]
    by_beginning: Mapping[str, tuple[int, ...]]
    always: tuple[int, ...]
    phrases: tuple[Phrase, ...]

    def found(self, words: str, tokens: Iterable[str]) -> list[Found]:
        """The phrases in even text that say something, by their places; `tokens` are the words of the text.

        As in `language.phrases.matches`, one inside a longer one of another value, or inside one that says nothing, is
        left out.
        """
        wanted = set(self.always)
        for token in tokens:
            wanted.update(self.by_word.get(token, ()))
            wanted.update(self.by_beginning.get(token[:BEGINNING], ()))
        every = [
            Found(match.start(), match.end(), self.phrases[number].value)
            for number in sorted(wanted)
            for match in self.phrases[number].pattern.finditer(words)
        ]
        return _telling(sorted(every, key=lambda found: (found.start, -found.end)))


def _telling(every: list[Found]) -> list[Found]:
    """What no other holds: of those that begin before or with it, only the ones that have not ended are looked at."""
    not_ended: list[Found] = []
    telling = []
    for place, found in enumerate(every):
        not_ended = [other for other in not_ended if other.end > found.start]
        same = [other for other in every[place + 1 : place + 1 + _ALIKE] if other[:2] == found[:2]]
        if found.value != NOTHING and not any(other.holds(found) for other in (*not_ended, *same)):
            telling.append(found)
        not_ended.append(found)
    return telling


def table(entries: Iterable[tuple[str, Phrase]], sets: Mapping[str, str]) -> Table:
    """A table of phrases, each with its text as it was written."""
    all_sets = {**wording().sets, **sets}
    by_word: dict[str, list[int]] = {}
    by_beginning: dict[str, list[int]] = {}
    always: list[int] = []
    found: list[Phrase] = []
    for number, (text, phrase) in enumerate(entries):
        found.append(phrase)
        needed = needs(text, all_sets)
        if needed is None:
            always.append(number)
            continue
        for word in needed:
            where, key = (by_beginning, word[:BEGINNING]) if word.endswith("*") else (by_word, word)
            where.setdefault(key, []).append(number)
    return Table(
        {word: tuple(numbers) for word, numbers in by_word.items()},
        {word: tuple(numbers) for word, numbers in by_beginning.items()},
        tuple(always),
        tuple(found),
    )
