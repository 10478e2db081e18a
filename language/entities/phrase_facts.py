"""Facts that are told in set phrases, such as what the carrier's page says or what the supplier answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from language.entities.denial import denial
from language.entities.entity import Entity
from language.entities.longest import Found, longest_of
from language.entities.message import Told
from language.phrase_table import NOTHING, PhraseTable, phrases
from language.wording import read_table

#: The tables, each named for its entity.
TABLES: Final = ("carrier_status", "supplier_response", "refund_requested", "problem", "payment_method")
#: Before a value: the phrases of the table deny it.
_NOT: Final = "not "
#: Two phrases of one value with at most so many letters between tell one fact.
_SAME: Final = 8


@dataclass(frozen=True)
class _Facts:
    entity: str
    table: PhraseTable
    never_denied: frozenset[str]


def told_in_phrases(told: Told) -> list[Entity]:
    """Every fact of the tables in a message; of one value that is said twice in a row, one."""
    return [entity for facts in _tables() for entity in _of(facts, told)]


def _of(facts: _Facts, told: Told) -> Iterator[Entity]:
    last: Entity | None = None
    for found in _each(facts, told):
        if last and found.start - last.end <= _SAME and (found.value, found.is_denied) == (last.value, last.is_denied):
            # "undeliverable, going back" is told once.
            last = replace(last, end=found.end)
        else:
            if last:
                yield last
            last = found
    if last:
        yield last


def _each(facts: _Facts, told: Told) -> Iterator[Entity]:
    end = -1
    matches = longest_of(facts.table, told.even.text)
    for match in matches:
        if match.start >= end:
            end = match.end
            yield _entity(facts, match, told)


def _entity(facts: _Facts, match: Found, told: Told) -> Entity:
    value = match.value.removeprefix(_NOT)
    start, denied = match.start, value != match.value
    if not denied and value not in facts.never_denied:
        # What is denied stands from its "not" on.
        no = denial(told.even.text, match.start)
        start, denied = (start, False) if no is None else (no, True)
    return Entity(facts.entity, *told.even.whole_words(start, match.end, told.text), value=value, is_denied=denied)


@lru_cache(maxsize=1)
def _entries() -> Mapping[str, Mapping[str, Any]]:
    return {name: read_table(f"entities/{name}.yml") for name in TABLES}


@lru_cache(maxsize=1)
def _tables() -> tuple[_Facts, ...]:
    return tuple(
        _Facts(name, _table(entry), frozenset(entry.get("never_denied", ()))) for name, entry in _entries().items()
    )


def _table(entry: Mapping[str, Any]) -> PhraseTable:
    return phrases({**entry["values"], NOTHING: entry.get("nothing", [])}, entry.get("sets", {}))
