"""Text as a reader sees it: each letter and digit in one plain form, what is invisible left out, places remembered."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

#: Stands where something was removed: no pattern reads across it, and it is no part of a word or number.
GONE: Final = "\0"
#: What stands where something was removed before.
_PLACEHOLDER: Final = re.compile(r"\[(?:[a-z]+ ){1,3}removed\]")
#: Letters by their category that nobody sees.
_FILLERS: Final = frozenset("\u115f\u1160\u3164\uffa0")


@dataclass(frozen=True)
class Removal:
    """Characters `start` to `end` of the seen text are to go; `kind` says what they are, `placeholder` what stays."""

    start: int
    end: int
    kind: str
    placeholder: str


class Seen:
    """`plain` is the text to look for patterns in; full-width, Arabic-Indic and other digits are 0-9 there.

    `removals` are what is to go, in no order; a placeholder that stands in the text already is one without a kind.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._places: Sequence[int] = range(len(text))
        self.plain = text.replace(GONE, " ")
        if not text.isascii():
            folded = [(plain, place) for place, char in enumerate(text) if (plain := _fold(char))]
            self.plain = "".join(plain for plain, _ in folded)
            self._places = [place for _, place in folded]
        self.removals: list[Removal] = []
        self.remove(Removal(*found.span(), "", found[0]) for found in _PLACEHOLDER.finditer(self.plain))

    def remove(self, removals: Iterable[Removal]) -> None:
        """Note what is to go; removals of one call must not overlap, and none can overlap an earlier one."""
        found = sorted(removals, key=lambda removal: removal.start)
        parts: list[str] = []
        end = 0
        for removal in found:
            parts += [self.plain[end : removal.start], GONE * (removal.end - removal.start)]
            end = removal.end
        self.plain = "".join([*parts, self.plain[end:]])
        self.removals += found

    def written(self, start: int, end: int) -> str:
        """What stands there, exactly as it was written, what is invisible included."""
        return self.text[self._places[start] : self._places[end - 1] + 1]

    def left(self) -> str:
        """The text with placeholders for what was removed."""
        parts: list[str] = []
        end = 0
        for removal in sorted(self.removals, key=lambda removal: removal.start):
            parts += [self.text[end : self._places[removal.start]], removal.placeholder]
            end = self._places[removal.end - 1] + 1
        return "".join([*parts, self.text[end:]])

    def kinds(self) -> list[str]:
        """What was removed, in the order in which it stood."""
        return [removal.kind for removal in sorted(self.removals, key=lambda removal: removal.start) if removal.kind]


@lru_cache(maxsize=4096)
def _fold(char: str) -> str:
    """One plain character, or nothing for what is not seen, such as a zero-width blank or a mark on the one before."""
    if char.isascii():
        return " " if char == GONE else char
    digit = unicodedata.digit(char, -1)
    if digit >= 0:
        return str(digit)
    if unicodedata.category(char) in ("Cf", "Mn", "Me") or char in _FILLERS:
        return ""
    if char.isspace() or char == "\u2800":
        return "\n" if char in "\u2028\u2029\x85" else " "
    plain = unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 else char
