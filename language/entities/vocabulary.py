"""The words of all tables of facts, towards which misspelt ones are put right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from language.spelling import Speller
from language.wording import read_table, wording

FOLDER: Final = Path(__file__).parent
#: Here words are quoted that no misspelling is meant to become.
_NOT_READ: Final = frozenset(
    ("currencies", "denies", "not_meant", "not_before", "not_after", "not_near", "never_denied")
)


def table_names() -> list[str]:
    """The tables of this folder, as `language.wording.read_table` names them."""
    return [f"{FOLDER.name}/{path.name}" for path in sorted(FOLDER.glob("*.yml"))]


@lru_cache(maxsize=1)
def speller() -> Speller:
    """Puts right the words of the tables in even text."""
    tables = [read_table(name) for name in table_names()]
    sets = {name: words for table in tables for name, words in table.get("sets", {}).items()}
    texts = [text for table in tables for text in _texts(table)]
    return Speller([*texts, *wording().sets.values(), *wording().breaks], sets)


def _texts(table: Any) -> Iterator[str]:
    """All texts of a table, at any depth."""
    if isinstance(table, Mapping):
        for name, inner in table.items():
            if name not in _NOT_READ:
                yield from _texts(inner)
    elif isinstance(table, list):
        for inner in table:
            yield from _texts(inner)
    else:
        yield str(table)
