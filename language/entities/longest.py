"""Where the phrases of a table stand in a message: of those inside one another the longest."""

from __future__ import annotations

from typing import Final, NamedTuple

from language.phrase_table import NOTHING, PhraseTable

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


def longest_of(table: PhraseTable, words: str) -> list[Found]:
    """The phrases in even text that say something, by their places.

    As in `language.phrases.matches`, one inside a longer one of another value, or inside one that says nothing, is
    left out.
    """
    every = [Found(match.start(), match.end(), phrase.value) for phrase, match in table.found_in(words)]
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
