"""The small language of the word tables: phrases that a content person can write.

broken              the word
sent back           the words, one after another
lost|missing        one of the words
(sent back|lost)    one of several wordings
[really] broken     the bracketed words may be left out: also several wordings, [so|very]
deliver*            any word that begins so
says ... delivered  up to five words between, in the same part of the sentence, no "not", "if" or "or" among them
got <n> of <n>      a number; a number of days, euros or stars is none (any other name is given to code: <ordered>)
@seller             one of the words of that set (wording.yml, or `sets` on top of the table)
= used              counts only when the message says nothing else
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from language.needs import Needs, needs
from language.wording import wording, written_out

_CHUNK = re.compile(r"\.\.\.|,|[()\[\]|]|<\w+>|@\w+|[\w'*-]+")
_WORD: Final = r"[^\s,.?][^\s]*"
_UNITS: Final = (
    r"(?:days?|weeks?|months?|years?|yrs?|hours?|hrs?|minutes?|mins?|seconds?|am|pm|times?|dollars?|usd|euros?|eur|pounds?|gbp"
    r"|cents?|bucks?|yuan|rmb|rubles?|percent|stars?|st|nd|rd|th|cm|mm|inch|inches|kg|gb|mb|tb|mah|watts?|volts?|degrees"
    r"|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|emails?|messages?|photos?|pictures?|videos?|calls?)"
)
_NUMBER: Final = rf"(?!\d+ {_UNITS} )\d+ "


class PhraseError(ValueError):
    """A phrase of a word table that cannot be read; the message shows it."""


@dataclass(frozen=True)
class Phrase:
    """One phrase of a table: what it says (`value`), whether it counts only alone, and which words it `needs`."""

    value: str
    pattern: re.Pattern[str]
    alone: bool
    needs: Needs

    def found_in(self, words: str, places: Mapping[str, Sequence[int]]) -> Iterator[re.Match[str]]:
        """Where it stands in even text, from the left; `places` has the words of the text and where each begins."""
        if self.needs.first is None:
            yield from self.pattern.finditer(words)
            return
        end = 0
        for place in sorted(place for word in self.needs.first & places.keys() for place in places[word]):
            if place >= end and (found := self.pattern.match(words, place)):
                yield found
                end = found.end()


def phrase(text: str, value: str = "", sets: Mapping[str, str] | None = None) -> Phrase:
    """Read one phrase; raises `PhraseError` for one that is not in the language or would match everything."""
    chunks = _CHUNK.findall(written_out(text.lstrip("= ").casefold()))
    all_sets = {**wording().sets, **(sets or {})}
    reader = _Reader(list(chunks), all_sets, text)
    compiled = re.compile(rf"(?<![^ ]){reader.sequence()}")
    if not chunks or reader.chunks or compiled.match(""):
        raise PhraseError(f"cannot read the phrase {text!r}, or it matches everything")
    return Phrase(value, compiled, alone=text.startswith("="), needs=needs(chunks, all_sets))


@dataclass
class _Reader:
    """Reads the chunks of one phrase from the left; each rule returns a regular expression over even text."""

    chunks: list[str]
    sets: Mapping[str, str]
    text: str

    def sequence(self, in_brackets: bool = False) -> str:
        """One wording: elements up to the end, or inside brackets to the next bar or bracket."""
        elements: list[str] = []
        while self.chunks and self.chunks[0] not in (")", "]") and not (in_brackets and self.chunks[0] == "|"):
            elements.append(self._element(in_brackets))
        return "".join(elements)

    def _element(self, in_brackets: bool) -> str:
        chunk = self.chunks.pop(0)
        if chunk in ("(", "["):
            return self._bracket(")" if chunk == "(" else "]")
        words = [chunk]
        while not in_brackets and len(self.chunks) > 1 and self.chunks[0] == "|":
            words.append(self.chunks[1])
            del self.chunks[:2]
        parts = [self._word(word) for word in words]
        return parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"

    def _bracket(self, close: str) -> str:
        wordings = [self.sequence(in_brackets=True)]
        while self.chunks and self.chunks[0] == "|":
            self.chunks.pop(0)
            wordings.append(self.sequence(in_brackets=True))
        if not self.chunks or self.chunks.pop(0) != close or not all(wordings):
            raise PhraseError(f"a bracket is empty or not closed in {self.text!r}")
        return f"(?:{'|'.join(wordings)}){'?' if close == ']' else ''}"

    def _word(self, word: str) -> str:
        if word == "...":
            return rf"((?:(?!{_held_back()}){_WORD} ){{0,5}})"
        if word == ",":
            return "(?:, )?"
        if word.startswith("<"):
            return _NUMBER if word == "<n>" else f"(?P{word}{_NUMBER})"
        if word.startswith("@"):
            return self._set(word[1:])
        if word.endswith("*"):
            return rf"{re.escape(word[:-1])}\w* "
        if not word[0].isalnum():
            raise PhraseError(f"{word!r} is out of place in {self.text!r}")
        return "".join(f"{re.escape(part)} " for part in word.replace("-", " ").split())

    def _set(self, name: str) -> str:
        if name not in self.sets:
            raise PhraseError(f"no set is called @{name} in {self.text!r}")
        items = sorted((item.strip() for item in self.sets[name].split("|")), key=len, reverse=True)
        return f"(?:{'|'.join(f'{re.escape(item)} ' for item in items)})"


#: The one word that ends a part of a sentence for a "not" and may still stand where a phrase leaves room.
_JOINS: Final = frozenset({"and"})
#: And one that parts two things of which a phrase names one.
_PARTS: Final = frozenset({"or"})


@lru_cache(maxsize=1)
def _held_back() -> str:
    words = wording()
    return f"(?:{'|'.join(sorted(words.negations | words.unsure | _PARTS | words.breaks - _JOINS))}) "
