"""The table of `corrections.yml`, made into patterns once at first use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from language.templates import fragment, template
from language.wording import read_table

Kind = Literal["name", "unnamed", "back", "both", "stated", "instead", "meant", "marked"]

#: The name of the answer given last, and of no fact in particular.
LAST: Final = "last"
ANY: Final = "any"

#: What stands for the name of a fact while templates are matched.
PLACE: Final = "\u27e6{}\u27e7"
_NAMED: Final = r"(?P<name>\u27e6\d+\u27e7 )"
_DETERMINER: Final = "(?:(?:the|my|that|this|your|a|an|one) )?"
#: The groups of templates.
_GROUPS: Final[tuple[Kind, ...]] = ("both", "name", "stated", "instead", "meant", "marked")


@dataclass(frozen=True)
class Table:
    """The patterns of `corrections.yml`; `alone` are whole messages with the kind and the names that they mean."""

    groups: Mapping[Kind, tuple[re.Pattern[str], ...]]
    alone: tuple[tuple[Kind, tuple[str, ...], re.Pattern[str]], ...]
    names: re.Pattern[str]
    called: Mapping[str, re.Pattern[str]]
    against: tuple[tuple[str, bool, re.Pattern[str]], ...]
    leads: re.Pattern[str]
    marks: re.Pattern[str]
    trails: re.Pattern[str]
    leaves: re.Pattern[str]
    others: frozenset[str]
    of_a_sentence: frozenset[str]


@lru_cache(maxsize=1)
def table() -> Table:
    """The table of `corrections.yml`, read once at first use."""
    entries = read_table("corrections.yml")
    sets: Mapping[str, str] = entries["sets"]

    def any_of(texts: list[str]) -> str:
        longest_first = sorted(texts, key=len, reverse=True)
        return f"(?:{'|'.join(fragment(text, sets) for text in longest_first)})"

    def pattern(text: str) -> re.Pattern[str]:
        return re.compile(text, re.IGNORECASE)

    behind = f"(?:{any_of(entries['behind'])})?"
    called = {slots: any_of(names) for slots, names in entries["called"].items()}
    loosely = {slot: any_of(names) for slot, names in entries["called_loosely"].items()}
    places = {"name": _NAMED, "any": f"(?:{_NAMED}|{_DETERMINER}(?P<loosely>{'|'.join(loosely.values())}){behind})"}
    return Table(
        groups={kind: tuple(template(text, sets, places) for text in entries[kind]) for kind in _GROUPS},
        alone=(
            ("name", ("order_id",), pattern(any_of(entries["order"]))),
            ("unnamed", (ANY,), pattern(any_of(entries["unnamed"]))),
            ("back", (LAST,), pattern(any_of(entries["back"]))),
        ),
        names=pattern(rf"(?<![^ ]){_DETERMINER}(?:{'|'.join(called.values())}){behind}"),
        called={slots: pattern(f"{_DETERMINER}{names}{behind}") for slots, names in {**called, **loosely}.items()},
        against=tuple(
            (slot, value == "true", pattern(any_of(texts)))
            for slot, values in {**entries["against"], LAST: entries["last_was"]}.items()
            for value, texts in values.items()
        ),
        leads=pattern(f"{any_of(entries['leads'])}(?:, )*"),
        marks=pattern(f"{any_of(entries['marks'])}(?:, )*"),
        trails=pattern(f"(?:(?:, )*{any_of(entries['trails'])})+$"),
        leaves=pattern(any_of(entries["leaves"])),
        others=frozenset(entries["others"]),
        of_a_sentence=frozenset(entries["of_a_sentence"]),
    )
