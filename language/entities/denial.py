"""Whether a fact is denied: "not broken, fake", "I haven't asked him yet", "it was never refunded"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from language.statements import part_before
from language.wording import any_of, read_table, wording

#: A "not" reaches so many words on.
_REACH: Final = 4


def denial(words: str, start: int) -> int | None:
    """Where in even text a "not" begins that stands shortly before a place, in its part of the sentence, or None."""
    before = part_before(words, start)
    near = " ".join(before.split()[-_REACH:]) + " "
    found = [*_denies().finditer(_not_meant().sub(lambda meant: "-" * (len(meant.group()) - 1) + " ", near))]
    return start - len(near) + found[-1].start() if found and before.strip() else None


@lru_cache(maxsize=1)
def _table() -> Mapping[str, list[str]]:
    return read_table("entities/denial.yml")


@lru_cache(maxsize=1)
def _denies() -> re.Pattern[str]:
    return any_of(wording().negations | frozenset(_table()["denies"]))


@lru_cache(maxsize=1)
def _not_meant() -> re.Pattern[str]:
    return any_of(frozenset(_table()["not_meant"]))
