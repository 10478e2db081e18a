"""What a policy question or a report is about: clauses of the policy, and what its text does not cover.

The wordings are in `topics.yml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from language.phrase_table import NOTHING, PhraseTable, matches, phrases
from language.spelling import Speller
from language.statements import is_denied, rest
from language.wording import even, read_table, wording


def topics_in(text: str) -> tuple[str, ...]:
    """The topics of a message, strongest first: clause ids (`WAIT-1`) and what the text is silent on (`how_long`).

    Questions count as well as statements; only what the text is silent on must not be denied.
    Empty where nothing in the message points at a topic.
    """
    words = _speller().right(even(text))
    strength: dict[str, int] = {}
    for match in matches(_phrases(), words, longest=False):
        if match.alone and not _is_alone(words, match.start, match.end):
            continue
        if match.value in _table()["uncovered"] and is_denied(words, match.start):
            continue
        strength[match.value] = max(strength.get(match.value, 0), match.words)
    in_table = list(topics())
    return tuple(sorted(strength, key=lambda topic: (-strength[topic], in_table.index(topic))))


def _is_alone(words: str, start: int, end: int) -> bool:
    around = words[:start] + words[end:]
    return all(word in wording().filler for word in rest(around, ()) if word != "?")


def topics() -> tuple[str, ...]:
    """Every topic of the table: the clauses first, then what is not covered, in its order."""
    return (*_table()["clauses"], *_table()["uncovered"])


def uncovered() -> tuple[str, ...]:
    """The topics on which the policy's text is silent."""
    return tuple(_table()["uncovered"])


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Any]:
    return read_table("topics.yml")


@lru_cache(maxsize=1)
def _wordings() -> dict[str, list[str]]:
    table = _table()
    return {**table["clauses"], **table["uncovered"], NOTHING: table["nothing"]}


@lru_cache(maxsize=1)
def _phrases() -> PhraseTable:
    return phrases(_wordings(), _table()["sets"])


@lru_cache(maxsize=1)
def _speller() -> Speller:
    return Speller((text for texts in _wordings().values() for text in texts), _table()["sets"])
