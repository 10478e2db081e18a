"""Which words a phrase of a table cannot be without."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

_OPENS: Final = {"(": ")", "[": "]"}
#: So many of a word's letters are compared where the table leaves its ending open ("deliver*").
BEGINNING: Final = 3


def needs(chunks: Sequence[str], sets: Mapping[str, str]) -> frozenset[str] | None:
    """Words of which one stands wherever a phrase of these chunks does; None where that cannot be said.

    A star ends a beginning. Of the parts that cannot be left out it is the one with the fewest wordings.
    """
    return _fewest(_sequence(list(chunks), sets, in_brackets=False))


def _fewest(parts: list[frozenset[str] | None]) -> frozenset[str] | None:
    telling = [part for part in parts if part is not None]
    return min(telling, key=lambda part: (bool(part & _COMMON), len(part)), default=None)


#: Words that nearly every message has: a phrase that needs one of these is looked for nearly always.
_COMMON: Final = frozenset(
    ("i", "the", "a", "it", "my", "is", "was", "not", "and", "to", "of", "in", "on", "for", "me", "have")
)


def _sequence(chunks: list[str], sets: Mapping[str, str], in_brackets: bool) -> list[frozenset[str] | None]:
    parts: list[frozenset[str] | None] = []
    while chunks and chunks[0] not in (")", "]") and not (in_brackets and chunks[0] == "|"):
        chunk = chunks.pop(0)
        if chunk in _OPENS:
            parts.append(_bracket(chunks, sets, must=chunk == "("))
            continue
        words = [chunk]
        while not in_brackets and len(chunks) > 1 and chunks[0] == "|":
            words.append(chunks[1])
            del chunks[:2]
        parts.append(_either([_word(word, sets) for word in words]))
    return parts


def _bracket(chunks: list[str], sets: Mapping[str, str], must: bool) -> frozenset[str] | None:
    wordings = [_fewest(_sequence(chunks, sets, in_brackets=True))]
    while chunks and chunks[0] == "|":
        chunks.pop(0)
        wordings.append(_fewest(_sequence(chunks, sets, in_brackets=True)))
    if chunks:
        chunks.pop(0)
    return _either(wordings) if must else None


def _either(parts: list[frozenset[str] | None]) -> frozenset[str] | None:
    return None if None in parts else frozenset().union(*(part for part in parts if part is not None))


def _word(word: str, sets: Mapping[str, str]) -> frozenset[str] | None:
    if word in ("...", ",") or word.startswith("<"):
        return None
    if word.startswith("@"):
        return frozenset(item.split()[0] for item in sets.get(word[1:], "").split("|") if item.strip()) or None
    if word.endswith("*"):
        return frozenset((word,)) if len(word) > BEGINNING else None
    return frozenset(word.replace("-", " ").split()[:1])
