"""Which words a phrase of a table cannot be without, and which it begins with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

#: Words, of which one with a star at its end is any that begins so; None where they cannot be said.
Words = frozenset[str] | None

_OPENS: Final = {"(": ")", "[": "]"}
#: So many of a word's letters are compared where the table leaves its ending open ("deliver*").
_BEGINNING: Final = 3
#: Words that nearly every message has: a phrase that needs one of these is looked for nearly always.
_COMMON: Final = frozenset(
    ("i", "the", "a", "it", "my", "is", "was", "not", "and", "to", "of", "in", "on", "for", "me", "have")
)


class Needs(NamedTuple):
    """Of a phrase or a part of one: the words of which one stands wherever it does, and of which one is its first.

    `may_go`: the part may be left out.
    """

    words: Words
    first: Words
    may_go: bool = False


def beginning(word: str) -> str:
    """What is compared of a word whose ending is open, with the star that tells it from a whole word."""
    return f"{word[:_BEGINNING]}*"


def needs(chunks: Sequence[str], sets: Mapping[str, str]) -> Needs:
    """What a phrase of these chunks needs: of the parts that cannot be left out the one with the fewest wordings."""
    return _one_after_another(_sequence(list(chunks), sets, in_brackets=False))


def _sequence(chunks: list[str], sets: Mapping[str, str], in_brackets: bool) -> list[Needs]:
    parts: list[Needs] = []
    while chunks and chunks[0] not in (")", "]") and not (in_brackets and chunks[0] == "|"):
        chunk = chunks.pop(0)
        if chunk in _OPENS:
            parts.append(_bracket(chunks, sets, may_go=chunk == "["))
            continue
        words = [chunk]
        while not in_brackets and len(chunks) > 1 and chunks[0] == "|":
            words.append(chunks[1])
            del chunks[:2]
        parts.append(_either([_word(word, sets) for word in words]))
    return parts


def _bracket(chunks: list[str], sets: Mapping[str, str], may_go: bool) -> Needs:
    wordings = [_one_after_another(_sequence(chunks, sets, in_brackets=True))]
    while chunks and chunks[0] == "|":
        chunks.pop(0)
        wordings.append(_one_after_another(_sequence(chunks, sets, in_brackets=True)))
    if chunks:
        chunks.pop(0)
    found = _either(wordings)
    return found._replace(may_go=may_go or found.may_go)


def _one_after_another(parts: list[Needs]) -> Needs:
    telling = [part.words for part in parts if part.words is not None and not part.may_go]
    fewest = min(telling, key=lambda words: (bool(words & _COMMON), len(words)), default=None)
    leading = parts[: next((place for place, part in enumerate(parts, 1) if not part.may_go), len(parts))]
    return Needs(fewest, _any_of([part.first for part in leading]), all(part.may_go for part in parts))


def _either(parts: list[Needs]) -> Needs:
    may_go = any(part.may_go for part in parts)
    return Needs(_any_of([part.words for part in parts]), _any_of([part.first for part in parts]), may_go)


def _any_of(each: list[Words]) -> Words:
    return None if None in each else frozenset().union(*(words for words in each if words is not None))


def _word(word: str, sets: Mapping[str, str]) -> Needs:
    if word == ",":
        return Needs(None, frozenset(","), may_go=True)
    if word == "...":
        return Needs(None, None, may_go=True)
    if word.startswith("<"):
        return Needs(None, None)
    if word.startswith("@"):
        words = frozenset(item.split()[0] for item in sets.get(word[1:], "").split("|") if item.strip()) or None
    elif word.endswith("*"):
        words = frozenset((beginning(word),)) if len(word) > _BEGINNING else None
    else:
        words = frozenset(word.replace("-", " ").split()[:1])
    return Needs(words, words)
