"""Even text that remembers where each of its words stands in the text as it was typed.

Word tables are matched against even text (`language.wording`), in which words are written out, put right and folded.
What is found there is told by its place in the message, so every step is done here on pairs of letters and places.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from language.wording import (
    APOSTROPHES,
    LEADING_WORD,
    LONGEST,
    TOKEN,
    is_seen,
    mark,
    misspelt,
    simply_folded,
    wording,
    writings_out,
)

#: Letters outside ASCII, with the one before them that they may become one with.
_JOINABLE: Final = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")


@dataclass(frozen=True)
class Placed:
    """A text, and for each of its letters where it begins and ends in the text that it was made from."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the typed text of what stands here from `start` to `end`, without the blank at its end."""
        last = max(end - 1, start)
        while last > start and self.text[last] == " ":
            last -= 1
        return self.starts[start], max(self.ends[last], self.starts[start])

    def inside(self, start: int, end: int) -> tuple[int, int] | None:
        """The place here of what stands from `start` to `end` in the typed text; None where nothing is left of it."""
        first, last = bisect_right(self.ends, start), bisect_left(self.starts, end)
        while last > first and self.text[last - 1] == " ":
            last -= 1
        return (first, last) if first < last else None

    def whole_words(self, start: int, end: int, typed: str) -> tuple[int, int]:
        """As `span`, from the beginning of the first word as typed: "haven't", not "n't"."""
        first, last = self.span(start, end)
        while first > 0 and typed[first : first + 1].isalpha() and typed[first - 1].isalpha():
            first -= 1
        return first, last

    def sub(self, pattern: re.Pattern[str], instead: Callable[[re.Match[str]], str]) -> Placed:
        """The text with each match replaced; what is put in its place stands where the whole match stood."""
        text, starts, ends, at = "", [], [], 0
        for found in pattern.finditer(self.text):
            if found.start() == found.end():
                continue
            new = instead(found)
            text += self.text[at : found.start()] + new
            where = self.span(found.start(), found.end())
            starts += [*self.starts[at : found.start()], *(where[0] for _ in new)]
            ends += [*self.ends[at : found.start()], *(where[1] for _ in new)]
            at = found.end()
        if not at:
            return self
        return Placed(text + self.text[at:], (*starts, *self.starts[at:]), (*ends, *self.ends[at:]))


def placed(text: str) -> Placed:
    """A message as even text with places; its `text` is `language.wording.even` of the message."""
    letters = _folded(text)
    for pattern, instead in writings_out(letters.text):
        letters = letters.sub(pattern, lambda found, instead=instead: found.expand(instead))  # type: ignore[misc]
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for found in TOKEN.finditer(letters.text):
        token = mark(found.group())
        first, last = found.span()
        end = letters.ends[last - 1]
        words.append(token)
        if len(token) == last - first:
            starts += letters.starts[first:last]
            ends += letters.ends[first:last]
        else:
            starts += [letters.starts[first]] * len(token)
            ends += [end] * len(token)
        starts.append(end)
        ends.append(end)
    even = Placed("".join(f"{word} " for word in words), tuple(starts), tuple(ends))
    even = even.sub(misspelt(), lambda found: f"{wording().misspelt[found.group()[:-1]]} ")
    return even.sub(LEADING_WORD, lambda found: found.expand(r"\1 , "))


def with_words(even: Placed, words: str) -> Placed:
    """Even text whose words were put right one for one: as many words, at the places of those before them."""
    if words == even.text:
        return even
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for old, new in zip(even.text.split(" ")[:-1], words.split(" ")[:-1], strict=True):
        start, end = even.span(at, at + len(old))
        starts += [start] * len(new) + [end]
        ends += [end] * (len(new) + 1)
        at += len(old) + 1
    return Placed(words, tuple(starts), tuple(ends))


def _folded(text: str) -> Placed:
    """`language.wording.folded`, with places."""
    if (small := simply_folded(text)) is not None:
        return Placed(small, tuple(range(len(small))), tuple(range(1, len(small) + 1)))
    letters = [(char, start, end) for char, start, end in _composed(text[:LONGEST])][:LONGEST]
    folded: list[tuple[str, int, int]] = []
    for char, start, end in letters:
        plain = char.translate(APOSTROPHES)
        if is_seen(plain):
            small = plain.casefold()
            folded += [(str(unicodedata.decimal(part)) if part.isdecimal() else part, start, end) for part in small]
    return Placed(
        "".join(char for char, _, _ in folded), tuple(start for _, start, _ in folded), tuple(end for *_, end in folded)
    )


def _composed(text: str) -> Iterator[tuple[str, int, int]]:
    """The letters in one form of each (NFKC), with their places."""
    at = 0
    for found in _JOINABLE.finditer(text):
        yield from ((text[place], place, place + 1) for place in range(at, found.start()))
        new = unicodedata.normalize("NFKC", found.group())
        same = len(new) == len(found.group())
        for place, char in enumerate(new):
            yield (char, found.start() + place, found.start() + place + 1) if same else (char, *found.span())
        at = found.end()
    yield from ((text[place], place, place + 1) for place in range(at, len(text)))
