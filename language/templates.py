"""Templates of whole messages that a content person can write, and what stands in their places.

word         the word
(a|b) [a|b]  one of several wordings; [...] may be left out
@want        one of the wordings of that set
,            a mark (, ; : . ! - or a line's end), or none
;            a mark that must be there
<new>        some words without a mark that are read later, <new:3> at most three; <text> may hold marks
<name>       given by the caller

They are matched against the words as they were written (`even_marks`), so that dates, numbers and names come out whole.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from language.wording import APOSTROPHES

#: Longer messages are stories.
LONGEST: Final = 400

_CHUNK: Final = re.compile(r"[()\[\]|,;]|<[\w:]+>|@\w+|[^\s()\[\]|,;]+")
_MARK: Final = re.compile(r"\s*(?:[,;:.!\u2026]+(?=\s|$)|(?<=\s)[-\u2013\u2014]+(?=\s)|[\u2014\n])\s*")
_ASKS: Final = re.compile(r"\s*\?+\s*$")
#: Some words of the message, as few as will do; the comma before a year ends none of them.
_SOME_WORDS: Final = r"(?P<{}>(?:(?!, )\S+ (?:, (?=\d{{4}} ))?){{1,{}}}?)"
_ANY_WORDS: Final = r"(?P<new>(?:\S+ ){1,60}?)"
_MOST_WORDS: Final = 8


class TemplateError(ValueError):
    """A template that cannot be read; the message shows it."""


def even_marks(text: str) -> str:
    """A message with single blanks, and each of its marks a word of its own: `, `; nothing else of it is changed.

    A question mark at its end is left out. Empty for a message that is too long to be matched.
    """
    if len(text) > LONGEST:
        return ""
    plain = unicodedata.normalize("NFKC", text).translate(APOSTROPHES).strip()
    words = _MARK.sub(" , ", f"{_ASKS.sub('', plain)}\n").split()
    while words and words[-1] == ",":
        words.pop()
    while words and words[0] == ",":
        words.pop(0)
    return "".join(f"{word} " for word in words)


def written(words: str) -> str:
    """The words of a place as somebody writes them."""
    return words.replace(" , ", ", ").strip(" ,")


def template(text: str, sets: Mapping[str, str], places: Mapping[str, str]) -> re.Pattern[str]:
    """Read one template: it matches the whole of `even_marks`; `places` are those that are not any words.

    Raises `TemplateError` for one that is not in the language.
    """
    return re.compile(fragment(text, sets, places), re.IGNORECASE)


def fragment(text: str, sets: Mapping[str, str], places: Mapping[str, str] | None = None) -> str:
    """A template as a piece of a regular expression; raises `TemplateError`."""
    reader = _Reader(_CHUNK.findall(text), sets, places or {}, text)
    found = reader.sequence(inside=False)
    if reader.chunks or not found:
        raise TemplateError(f"cannot read the template {text!r}")
    return found


class _Reader:
    """Reads the chunks of one template from the left."""

    def __init__(self, chunks: list[str], sets: Mapping[str, str], places: Mapping[str, str], text: str) -> None:
        self.chunks = chunks
        self._sets = sets
        self._places = places
        self._text = text

    def sequence(self, *, inside: bool) -> str:
        """Wordings parted by bars, up to the end or the bracket that closes."""
        wordings = [""]
        while self.chunks and not (inside and self.chunks[0] in (")", "]")):
            chunk = self.chunks.pop(0)
            if chunk == "|":
                wordings.append("")
            else:
                wordings[-1] += self._element(chunk)
        if not all(wordings) or (len(wordings) > 1 and not inside):
            raise TemplateError(f"a wording is empty, or a bar stands outside brackets, in {self._text!r}")
        return "|".join(wordings)

    def _element(self, chunk: str) -> str:
        if chunk in ("(", "["):
            found = self.sequence(inside=True)
            if not self.chunks or self.chunks.pop(0) != {"(": ")", "[": "]"}[chunk]:
                raise TemplateError(f"a bracket is not closed in {self._text!r}")
            return f"(?:{found})" + ("?" if chunk == "[" else "")
        if chunk in (",", ";"):
            return "(?:, )*" if chunk == "," else "(?:, )+"
        if chunk.startswith("<"):
            return self._place(chunk[1:-1])
        if chunk.startswith("@"):
            if chunk[1:] not in self._sets:
                raise TemplateError(f"no set is called {chunk} in {self._text!r}")
            return f"(?:{fragment(f'({self._sets[chunk[1:]]})', self._sets)})"
        if chunk in (")", "]"):
            raise TemplateError(f"a bracket is out of place in {self._text!r}")
        return f"{re.escape(chunk)} "

    def _place(self, name: str) -> str:
        if name in self._places or name == "text":
            return self._places.get(name, _ANY_WORDS)
        name, _, most = name.partition(":")
        return _SOME_WORDS.format(name, most or _MOST_WORDS)
