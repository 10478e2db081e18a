"""Weighted counts of short runs: single words, and two to four letters inside words (so typos stay legible).

Each block is weighted by rarity (tf-idf with the logarithm of the count) and has length 1, so a long message speaks
no louder than a short one: plain counts ruin a linear classifier on long messages.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

_DIGITS = re.compile(r"\d+")


def even(word: str) -> str:
    """A word as it is counted: every number is 0, every name behind an @ is one name."""
    if word.isalpha():
        return word
    return "@shop" if word.startswith("@") and len(word) > 1 else _DIGITS.sub("0", word)


def runs_of_letters(word: str, shortest: int, longest: int) -> Iterator[str]:
    """The runs of letters of a word, with a blank at its edges; nothing runs across two words."""
    edged = f" {word} "
    for length in range(shortest, longest + 1):
        if len(edged) <= length:
            yield edged
            break
        for start in range(len(edged) - length + 1):
            yield edged[start : start + length]


@dataclass(frozen=True)
class Counted:
    """What is counted: `rarity` of each known run (its idf), in the order of the columns."""

    columns: dict[str, int]
    rarity: NDArray[np.float64]

    @classmethod
    def learn(cls, documents: Sequence[Iterable[str]], at_least: int) -> Counted:
        """Know the runs that occur in `at_least` documents; the order is the alphabet's, so it is always the same."""
        spread = Counter(run for document in documents for run in set(document))
        known = sorted(run for run, documents_with_it in spread.items() if documents_with_it >= at_least)
        rarity = np.array([math.log((1 + len(documents)) / (1 + spread[run])) + 1 for run in known])
        return cls({run: column for column, run in enumerate(known)}, rarity)

    def known(self, runs: Iterable[str]) -> tuple[int, ...]:
        """The columns of those runs that are known."""
        return tuple(column for run in runs if (column := self.columns.get(run)) is not None)

    def weighed(self, known: Sequence[int]) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """The columns of a document's known runs, in their order, and its weights: of length 1, or none."""
        columns, counts = np.unique(np.array(known, dtype=np.int32), return_counts=True)
        values = (1 + np.log(counts)) * self.rarity[columns]
        length = math.sqrt(float(values @ values)) or 1.0
        return columns, values / length

    def to_dict(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return {"runs": list(self.columns), "rarity": self.rarity.tolist()}

    @classmethod
    def from_dict(cls, document: dict[str, Any]) -> Counted:
        """Back from what `to_dict` gave."""
        return cls({run: column for column, run in enumerate(document["runs"])}, np.array(document["rarity"]))
