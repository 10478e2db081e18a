"""What a message does to the conversation where it tells nothing: "say that again", "one moment", "what is escrow?".

A closed table (`moves.yml`): its phrases must cover the whole message, so a message that tells a fact is never taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from language.insults import without_insults
from language.phrase_table import Match, PhraseTable, matches
from language.phrases import Phrase, phrase
from language.spelling import Speller
from language.statements import rest
from language.wording import even, read_table

#: Nobody who only makes a move needs more words.
_LONGEST: Final = 20
_ABOUT_A_TERM: Final = "term"
_NOTHING_IN_PARTICULAR: Final = "any"


@dataclass(frozen=True)
class Move:
    """The intent of a move and what it is about: a topic of the table, a word of the glossary, empty where nothing."""

    intent: str
    about: str


def move_in(text: str) -> Move | None:
    """The move that a whole message makes; None where it says anything beside, or makes none.

    Of two moves in one message the one further up in the table is taken, and the one about something of its own.
    An insult beside it is not said beside.
    """
    calm = without_insults(text)
    return _move_in(even(text)) or (_move_in(even(calm)) if calm != text else None)


def _move_in(words: str) -> Move | None:
    if not 0 < len(words.split()) <= _LONGEST:
        return None
    words = _speller().right(words)
    found = _outermost(matches(_phrases(), words))
    if len(found) > 1:
        found = [match for match in found if not match.alone]
    if not found or not _cover(found, words):
        return None
    best = min(found, key=lambda match: (_order().index(match.value), -match.words))
    intent, _, about = best.value.partition("/")
    return Move(intent, "" if about == _NOTHING_IN_PARTICULAR else about)


def terms() -> tuple[str, ...]:
    """The names of the glossary's words."""
    return tuple(_glossary())


def topics_of(intent: str) -> tuple[str, ...]:
    """What the moves of an intent can be about, words of the glossary apart."""
    return tuple(about for about in _moves()[intent] if about not in (_NOTHING_IN_PARTICULAR, _ABOUT_A_TERM))


def intents() -> tuple[str, ...]:
    """The intents of the table, in its order."""
    return tuple(_moves())


def _outermost(found: list[Match]) -> list[Match]:
    """The matches that do not stand inside a longer one."""
    return [match for match in found if not any(_is_inside(match, other) for other in found)]


def _is_inside(match: Match, other: Match) -> bool:
    return other.start <= match.start and match.end <= other.end and other.end - other.start > match.end - match.start


def _cover(found: list[Match], words: str) -> bool:
    """Whether nothing but moves and words around them is said; around what counts only alone there are fewer."""
    around = frozenset(_table()["around_alone" if any(match.alone for match in found) else "around"])
    return all(word in around for word in rest(words, found))


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Any]:
    return read_table("moves.yml")


def _moves() -> Mapping[str, Mapping[str, list[str]]]:
    moves: Mapping[str, Mapping[str, list[str]]] = _table()["moves"]
    return moves


@lru_cache(maxsize=1)
def _glossary() -> Mapping[str, str]:
    words: Mapping[str, str] = read_table("glossary.yml")["terms"]
    return words


@lru_cache(maxsize=1)
def _order() -> tuple[str, ...]:
    """Every value of the phrases; a word of the glossary comes before the move without one."""
    values = []
    for intent, by_topic in _moves().items():
        if _ABOUT_A_TERM in by_topic:
            values += [f"{intent}/{term}" for term in _glossary()]
        values += [f"{intent}/{about}" for about in by_topic if about != _ABOUT_A_TERM]
    return tuple(values)


@lru_cache(maxsize=1)
def _phrases() -> PhraseTable:
    return PhraseTable(_made())


def _made() -> Iterator[Phrase]:
    sets = dict(_table()["sets"])
    for intent, by_topic in _moves().items():
        for about, texts in by_topic.items():
            for text in texts:
                if about != _ABOUT_A_TERM:
                    yield phrase(text, f"{intent}/{about}", sets)
                    continue
                for term, words in _glossary().items():
                    yield phrase(text, f"{intent}/{term}", {**sets, "term": words})


@lru_cache(maxsize=1)
def _speller() -> Speller:
    texts = [text for by_topic in _moves().values() for listed in by_topic.values() for text in listed]
    return Speller(texts, {**_table()["sets"], "term": "|".join(_glossary().values())})
