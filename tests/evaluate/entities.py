"""Precision and recall of the facts found in the labelled messages: `python -m tests.evaluate.entities [--show]`.

A hit: the same entity, role and denial, the same value where one is labelled, and a place that overlaps.
Each mark is hit once. `--show` prints what is missed and what is found beside the marks, of the open half only.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from language.entities import Entity, entities_in
from tests.bench.tables import table
from tests.language.labelled.reading import Labelled, Marked, labelled

HALVES: Final = ("open", "sealed")
#: The day on which the labelled messages are read; which day they were written on does not matter for a hit.
_ON: Final = date(2026, 1, 20)
#: The labels do not tell these methods apart from others.
_OTHER_METHODS: Final = ("moneybookers",)
_DENIED: Final = "denied, all"
_ALL: Final = "all"


@dataclass(frozen=True)
class Compared:
    """One message: the marks that were hit and missed, and what was found beside them."""

    message: Labelled
    hit: tuple[Marked, ...]
    missed: tuple[Marked, ...]
    beside: tuple[Entity, ...]


def measured(half: str) -> list[Compared]:
    """The messages of `open` or `sealed`, compared."""
    return [compared(message, entities_in(message.text, _ON)) for message in labelled(half)]


def compared(message: Labelled, found: Iterable[Entity]) -> Compared:
    """What of a message's marks was found, and what else."""
    left = list(found)
    hit, missed = [], []
    for mark in message.marked:
        fitting = next((entity for entity in left if _fits(mark, entity)), None)
        if fitting is None:
            missed.append(mark)
        else:
            hit.append(mark)
            left.remove(fitting)
    return Compared(message, tuple(hit), tuple(missed), tuple(left))


def _fits(mark: Marked, entity: Entity) -> bool:
    value = "other" if entity.value in _OTHER_METHODS else entity.value
    return (
        mark.entity == entity.entity
        and mark.role == entity.role
        and mark.is_denied == entity.is_denied
        and (not mark.value or mark.value == value)
        and entity.overlaps(mark.start, mark.end)
    )


def rows(half: Iterable[Compared]) -> dict[str, tuple[int, int, int]]:
    """For each entity, each role and the denied ones: marks, hits, found."""
    marks: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for each in half:
        for mark in (*each.hit, *each.missed):
            marks.update(_names(mark))
        for mark in each.hit:
            hits.update(_names(mark))
            found.update(_names(mark))
        for entity in each.beside:
            found.update(_names(entity))
    return {name: (marks[name], hits[name], found[name]) for name in sorted(marks | found, key=_order)}


def _names(told: Marked | Entity) -> list[str]:
    """The rows that it counts in: denied ones apart from the others."""
    if told.is_denied:
        return [_DENIED, f"denied: {told.entity}"]
    return [_ALL, told.entity, *([f"{told.entity}: {told.role}"] if told.role else [])]


def _order(name: str) -> tuple[bool, bool, str]:
    return name.startswith("denied"), name in (_ALL, _DENIED), name


def report() -> str:
    """The table of both halves."""
    halves = {half: rows(measured(half)) for half in HALVES}
    names = sorted({name for half in halves.values() for name in half}, key=_order)
    lines = []
    for name in names:
        line = [name]
        for half in halves.values():
            marks, hits, found = half.get(name, (0, 0, 0))
            line += [str(marks), _percent(hits, found), _percent(hits, marks)]
        lines.append(line)
    return table(["", *(f"{half}, {what}" for half in HALVES for what in ("marks", "precision", "recall"))], lines)


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "-"


def main(show: bool) -> None:
    """Print the table of the open half, and what differs in it; of both halves without `show`."""
    if not show:
        print(report())
        return
    begun = time.perf_counter()
    results = measured("open")
    print(f"{(time.perf_counter() - begun) / len(results) * 1000:.2f} ms each\n")
    for name, (marks, hits, found) in rows(results).items():
        print(f"{name:32} {marks:4} marks {_percent(hits, found):>6} precision {_percent(hits, marks):>6} recall")
    for each in results:
        if each.missed or each.beside:
            print(f"\n{each.message.text}")
        for mark in each.missed:
            words = each.message.text[mark.start : mark.end]
            print(f"    missed  {'not ' * mark.is_denied}{mark.entity} {mark.role} {mark.value}: {words}")
        for entity in each.beside:
            words = each.message.text[entity.start : entity.end]
            print(f"    beside  {'not ' * entity.is_denied}{entity.entity} {entity.role} {entity.value}: {words}")


if __name__ == "__main__":
    main("--show" in sys.argv)
