"""The table of what buyers write (sentences.yml): a wording is drawn and filled, and known for what it tells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any, Final

import yaml

from tests.conversations.walk.values import Told

_PLACE: Final = re.compile(r"\{([a-z]+)\}")


@dataclass(frozen=True)
class Said:
    """A sentence; `tells` are the facts in it, each with all that can be meant, `may` what it could also tell."""

    text: str
    tells: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    may: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)


@lru_cache(maxsize=1)
def table() -> dict[str, Any]:
    """The whole table."""
    read: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("sentences.yml").read_text(encoding="utf-8"))
    return read


def draw(rng: Random, wordings: list[Any], values: Mapping[str, Told], **tells: Any) -> Said:
    """One of the wordings, with its places filled; `tells` are facts that every one of them tells."""
    entry = rng.choice(wordings)
    if not isinstance(entry, Mapping):
        entry = {"says": entry}
    text = entry["says"]
    if not entry.get("plain"):
        text = _PLACE.sub(lambda place: values[place[1]].text, text)
    told = {**tells, **entry.get("tells", {})}
    return Said(text, _read(told, values), _read(entry.get("may", {}), values))


def _read(facts: Mapping[str, Any], values: Mapping[str, Told]) -> dict[str, tuple[Any, ...]]:
    return {name: values[value[1:]].read if _is_place(value) else (value,) for name, value in facts.items()}


def _is_place(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("$")
