"""A message cut into words, numbers and marks, each with its place in the text."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from language.dates.calendar_words import ABBREVIATIONS, MONTHS, RUN_TOGETHER, WEEKDAYS, canonical

_PIECE = re.compile(
    r"(?P<slang>(?:b4|2day|2moro|2morrow|2nite)(?![^\W_]))"  # words with a digit in them
    r"|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)"
    r"|(?P<number>[0-9]+)"
    r"|(?P<mark>\S)"
)
_DASHES = frozenset("\u2010\u2011\u2012\u2013\u2014\u2015\u2212")
_APOSTROPHES = frozenset("`\u00b4\u02bc\u2018\u2019")


class Token(NamedTuple):
    """One piece of a message: as the grammar knows it, as it was written (folded), and where it stands."""

    text: str
    raw: str
    kind: str
    """`word`, `number` or `mark`."""
    start: int
    end: int


def fold(text: str) -> str:
    """Lower case, plain digits, dashes and apostrophes, character for character: places stay the same."""
    if text.isascii():
        return text.lower().replace("`", "'")
    return "".join(map(_folded, text))


def _folded(character: str) -> str:
    if character in _APOSTROPHES:
        return "'"
    if character in _DASHES:
        return "-"
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    for form in (unicodedata.normalize("NFKC", character).lower(), character.lower()):
        if len(form) == 1:
            return form
    return character


def tokenise(text: str) -> list[Token]:
    """The pieces of a text, in order. A hyphen inside words and the full stop of a short name are left out."""
    folded = fold(text)
    tokens: list[Token] = []
    for match in _PIECE.finditer(folded):
        raw, start, end = match.group(), match.start(), match.end()
        before = tokens[-1] if tokens else None
        if match.lastgroup in ("word", "slang"):
            tokens.extend(_words(raw.replace("'", ""), start, end, tokens))
        elif before is None or before.end != start or not _is_left_out(folded, raw, end, before):
            tokens.append(Token(raw, raw, str(match.lastgroup), start, end))
    return tokens


def _is_left_out(folded: str, mark: str, end: int, before: Token) -> bool:
    """Whether a mark after a word says nothing: the stop of "Sept.", the dash of "mid-June", the end of "boys'"."""
    if mark == ".":
        return before.raw in ABBREVIATIONS
    if mark == "'":
        return before.kind == "word" and not folded[end : end + 1].isdigit()
    return mark == "-" and _joins_words(folded, end, before)


def _words(raw: str, start: int, end: int, tokens: list[Token]) -> tuple[Token, ...]:
    """A word, or the two of "lastweek"; "week-end" and "week end" are one."""
    if raw in ("end", "ends") and tokens and tokens[-1].raw == "week" and tokens[-1].end + 1 == start:
        return (Token("weekend", "week" + raw, "word", tokens.pop().start, end),)
    if raw in RUN_TOGETHER and len(raw) == end - start:
        one, other = RUN_TOGETHER[raw]
        middle = start + len(one)
        return Token(one, one, "word", start, middle), Token(canonical(other), other, "word", middle, end)
    return (Token(canonical(raw), raw, "word", start, end),)


def _joins_words(folded: str, place: int, before: Token) -> bool:
    """Whether the dash before a place is inside a word ("mid-june", "twenty-first") and not between two names."""
    after = _PIECE.match(folded, place)
    if before.kind != "word" or after is None or after.lastgroup != "word":
        return False
    return not {before.text, canonical(after.group())} <= (MONTHS.keys() | WEEKDAYS.keys())
