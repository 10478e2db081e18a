"""What was measured on one side, and the arithmetic on it: medians, percentiles, ratios and verdicts."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from tests.bench.client import Turn
from tests.bench.script import FORM

#: Ways of writing that differ from claim to claim and say nothing about the assistant: references and order numbers.
_OWN_OF_A_CLAIM: Final = re.compile(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]\b|\b[0-9]{9}\b")


@dataclass
class Results:
    """What was measured on one side.

    `milliseconds` by kind of turn, one buyer at a time. `per_second` by the number of buyers at once, one for each
    round. `growth` by the events of the conversation before the turn. `ready` in seconds, `memory` in MB. `words` by
    the number of the line in the script.
    """

    name: str
    milliseconds: dict[str, list[float]] = field(default_factory=dict)
    per_second: dict[int, list[float]] = field(default_factory=dict)
    under_load: dict[int, list[float]] = field(default_factory=dict)
    growth: dict[int, list[float]] = field(default_factory=dict)
    ready: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    words: dict[int, str] = field(default_factory=dict)

    def add_turns(self, turns: Iterable[Turn]) -> None:
        """Adds turns of one buyer at a time."""
        for number, kind, began, ended, words in turns:
            self.milliseconds.setdefault(kind, []).append(1000 * (ended - began))
            self.words.setdefault(number, words)

    def add_load(self, buyers: int, turns: list[Turn]) -> None:
        """Adds a round of turns of several buyers at once."""
        self.per_second.setdefault(buyers, []).append(per_second(turns))
        self.under_load.setdefault(buyers, []).extend(1000 * (turn[3] - turn[2]) for turn in turns)

    def add_growth(self, events: int, turns: Iterable[Turn], most: int) -> None:
        """Adds the first `most` form turns of a claim that was begun after so many events of the conversation."""
        form = [1000 * (ended - began) for _, kind, began, ended, _ in turns if kind == FORM]
        self.growth.setdefault(events, []).extend(form[:most])


@dataclass(frozen=True)
class Verdict:
    """One thing that was promised: `ratio` is to be at least, or at most, `wanted`."""

    promise: str
    ratio: float
    wanted: float
    is_at_least: bool

    @property
    def is_reached(self) -> bool:
        """Whether it is so."""
        return self.ratio >= self.wanted if self.is_at_least else self.ratio <= self.wanted

    @property
    def word(self) -> str:
        """As it is printed."""
        return "PASS" if self.is_reached else "NOT REACHED"

    @property
    def bound(self) -> str:
        """What was wanted, in words."""
        return f"{'at least' if self.is_at_least else 'at most'} {self.wanted:.2g}"


def percentile(values: list[float], share: float) -> float:
    """The smallest value that is not exceeded by at least this share of the values (nearest rank)."""
    ranked = sorted(values)
    return ranked[max(0, min(len(ranked) - 1, -int(-share * len(ranked) // 1) - 1))]


def median(values: list[float]) -> float:
    """The middle of the values; NaN if there are none."""
    return statistics.median(values) if values else float("nan")


def per_second(turns: list[Turn]) -> float:
    """Turns in a second, from the first message to the last answer."""
    return len(turns) / (max(turn[3] for turn in turns) - min(turn[2] for turn in turns))


def verdicts(ours: Results, stock: Results) -> list[Verdict]:
    """What was promised of ours beside stock, and whether it is so."""
    grown = sorted(ours.growth)
    return [
        Verdict(
            "a form turn, times faster (median)",
            median(stock.milliseconds[FORM]) / median(ours.milliseconds[FORM]),
            5.0,
            is_at_least=True,
        ),
        Verdict(
            "messages a second with 8 buyers, times as many",
            median(ours.per_second[8]) / median(stock.per_second[8]),
            5.0,
            is_at_least=True,
        ),
        Verdict(
            "ready, as a share of stock's time", median(ours.ready) / median(stock.ready), 1 / 3, is_at_least=False
        ),
        Verdict("memory, as a share of stock's", median(ours.memory) / median(stock.memory), 0.5, is_at_least=False),
        Verdict(
            f"a turn after {grown[-1]:,} events, as a multiple of one after {grown[0]}",
            median(ours.growth[grown[-1]]) / median(ours.growth[grown[0]]),
            2.0,
            is_at_least=False,
        ),
    ]


def differing(ours: Results, stock: Results) -> list[int]:
    """The lines of the script that the two sides answered with other words, references and order numbers aside."""
    lines = sorted(ours.words.keys() & stock.words.keys())
    return [number for number in lines if _comparable(ours.words[number]) != _comparable(stock.words[number])]


def _comparable(words: str) -> str:
    return " ".join(_OWN_OF_A_CLAIM.sub("#", words).split())
