"""From readings to numbers."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from tests.evaluate.messages import Message
from tests.evaluate.reading import Readings


@dataclass(frozen=True)
class Read:
    """One message as it was read: is it right, and how sure was the reading."""

    message: Message
    answer: str
    confidence: float

    @property
    def is_strict(self) -> bool:
        """Right by its own label."""
        return self.answer == self.message.intent

    @property
    def is_lenient(self) -> bool:
        """Right by a label that a fair reader accepts."""
        return self.answer in self.message.accepted


def joined(messages: Sequence[Message], readings: Readings) -> list[Read]:
    """Each message with the first of its ranking."""
    return [Read(message, *ranking[0]) for message, ranking in zip(messages, readings.rankings, strict=True)]


def share(values: Iterable[bool]) -> float:
    """How many of a hundred hold; not a number where there are none."""
    listed = list(values)
    return 100 * sum(listed) / len(listed) if listed else float("nan")


def surest(reads: Sequence[Read], part: float) -> list[Read]:
    """The part of the messages (0 to 1) that were read with the most confidence."""
    return sorted(reads, key=lambda read: -read.confidence)[: max(1, round(len(reads) * part))]


def false_yes(reads: Iterable[Read], at_least: float = 0.0) -> int:
    """The messages that are no yes and were read as one."""
    return sum(
        read.answer == "affirm" and "affirm" not in read.message.accepted and read.confidence >= at_least
        for read in reads
    )


def per_intent(reads: Sequence[Read]) -> list[tuple[str, int, float, float, str]]:
    """For each labelled intent: name, messages, recall and precision (strict), and what it was read as instead."""
    rows = []
    for intent in sorted({read.message.intent for read in reads}):
        labelled = [read for read in reads if read.message.intent == intent]
        answered = [read for read in reads if read.answer == intent]
        instead = Counter(read.answer for read in labelled if not read.is_strict)
        rows.append(
            (
                intent,
                len(labelled),
                share(read.is_strict for read in labelled),
                share(read.is_strict for read in answered),
                ", ".join(f"{name} {count}" for name, count in instead.most_common()),
            )
        )
    return rows


def reliability(reads: Sequence[Read], edges: Sequence[float]) -> list[tuple[float, float, int]]:
    """For each span of confidence with messages in it: mean confidence, share of right answers (0 to 1), messages."""
    found = []
    for low, high in pairwise(edges):
        inside = [read for read in reads if low <= read.confidence < high]
        if inside:
            mean = statistics.mean(read.confidence for read in inside)
            found.append((mean, share(read.is_lenient for read in inside) / 100, len(inside)))
    return found


def summary(reads: Sequence[Read], readings: Readings) -> dict[str, Any]:
    """The figures of a side that stand beside those of another."""
    ordered = sorted(readings.milliseconds)
    return {
        "strict": share(read.is_strict for read in reads),
        "lenient": share(read.is_lenient for read in reads),
        "lenient_surest": share(read.is_lenient for read in surest(reads, 0.8)),
        "out_of_scope": share(read.is_strict for read in reads if read.message.intent == "out_of_scope"),
        "false_yes": false_yes(reads),
        "false_yes_sure": false_yes(reads, 0.5),
        "median": statistics.median(ordered),
        "p99": ordered[int(len(ordered) * 0.99)],
        "megabytes": readings.megabytes,
    }
