"""What docs/understanding.md says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.bench.machine import machine
from tests.bench.tables import table
from tests.evaluate import entities
from tests.evaluate.dates import OUTCOMES
from tests.evaluate.reading import Readings
from tests.evaluate.scores import Read, per_intent, share, summary
from tests.language.labelled.reading import labelled

_ROWS = {
    "strict": ("right, strict, %", 1),
    "lenient": ("right, lenient, %", 1),
    "lenient_surest": ("lenient, surest 80 %", 1),
    "out_of_scope": ("out of scope found, %", 0),
    "false_yes": ("wrongly read as yes", 0),
    "false_yes_sure": ("... with confidence 0.5 or more", 0),
    "median": ("ms a message, median", 1),
    "p99": ("ms a message, p99", 1),
    "megabytes": ("memory of the process, MB", 0),
}


_GROUPS = (
    "Messages of others",
    "Reviews and public complaints written for this, looked at while working",
    "Reviews and public complaints that nobody looked at",
)


@dataclass(frozen=True)
class Measured:
    """What each side read and took, and how many of the messages, in their order, are of which of three groups.

    Those that others wrote; reviews and complaints of ours; those of ours that nobody has looked at.
    """

    sides: Mapping[str, Sequence[Read]]
    found: Mapping[str, Readings]
    seconds: Mapping[str, float]
    counts: Sequence[int]


def figures_of(measured: Measured) -> str:
    """The figures of all sides side by side, for each group of messages."""
    tables, start = [], 0
    more = [["training, processor s", *(f"{measured.seconds[side]:.0f}" for side in measured.sides)]]
    for name, count in zip(_GROUPS, measured.counts, strict=True):
        end = start + count
        figures = {
            side: summary(reads[start:end], measured.found[side].part(start, end))
            for side, reads in measured.sides.items()
        }
        tables.append(f"{name} ({count}):\n\n{_figures(figures, more)}")
        start, more = end, []
    return "\n\n".join(tables)


def _figures(columns: Mapping[str, Mapping[str, Any]], more: list[list[str]]) -> str:
    rows = [
        [name, *(f"{column[key]:.{digits}f}" for column in columns.values())] for key, (name, digits) in _ROWS.items()
    ]
    return table(["", *columns], rows + more)


def intents(reads: Sequence[Read]) -> str:
    """Recall and precision of each intent."""
    rows = [
        [intent, str(count), _percent(recall), _percent(precision), instead or "-"]
        for intent, count, recall, precision, instead in per_intent(reads)
    ]
    return table(["intent", "messages", "recall", "precision", "read as instead"], rows)


def report(measured: Measured, dates: Iterable[tuple[Any, str, Any]], epochs: int | None) -> str:
    """The whole page."""
    sides = measured.sides
    told = list(dates)
    outcomes = Counter(outcome for _, outcome, _ in told)
    of_dates = [[name, str(outcomes[name]), _percent(100 * outcomes[name] / len(told))] for name in OUTCOMES]
    cut = "" if epochs is None else f" **Stock Rasa's training was cut short ({epochs} epochs): its column is a try.**"
    kinds = sorted({read.message.kind for read in sides["ours"]})
    by_kind = [
        [
            f"{kind} ({sum(read.message.kind == kind for read in sides['ours'])})",
            *(_strict_and_lenient(read for read in reads if read.message.kind == kind) for reads in sides.values()),
        ]
        for kind in kinds
    ]
    return f"""<!-- Written by `make evaluate`. Change tests/evaluate/report.py, not this. -->

# How well messages are understood

Measured on {machine()}.{cut}

{measured.counts[0]} messages that others wrote, labelled by hand and kept outside the repository: chat turns and
one-line questions. {measured.counts[1]} reviews and public complaints of our own (`tests/language/labelled/`), which
the others lack, written apart from the training data and meant to be hard: they were looked at while patterns and
settings were chosen, so their figures flatter. And {measured.counts[2]} more, by somebody who had seen nothing of ours,
of which only these figures were looked at. Nothing was trained on any of them.
Strict: the label itself; lenient: one of the alternatives that a fair reader accepts.
With so few messages, differences below four points are noise.

**ours**: `config.yml`. **without the encoder**: the same, trained and run in an environment in which the package with
the encoder's weights is not installed; this is what its absence costs. **stock**: the pipeline of `rasa init`, trained
on the same examples. All three read in turns, in processes of their own; ours as `make run` serves it.

{figures_of(measured)}

Right by kind, strict / lenient:

{table(["kind", *sides], by_kind)}

## Each intent (ours, strict)

{intents(sides["ours"])}

![What is taken for what](understanding-confusion.svg)

## Confidence

The dashed line is confidence that keeps exactly what it promises.

![How far confidence can be believed](understanding-reliability.svg)
![What asking back buys](understanding-risk.svg)

## Dates

{len(told)} expressions with the day on which they were written. *asked*: several readings, the right one among them.

{table(["outcome", "expressions", "share"], of_dates)}

## Facts in messages

{len(labelled("open")) + len(labelled("sealed"))} messages of our own, marked by hand with what they say
(`tests/language/labelled/README.md` tells how). *open*: looked at while working; *sealed*: only its totals were.
A hit has the same entity, role, value and denial, and a place that overlaps. *denied*: marks as "not broken", apart.

{entities.report()}

## Again

```sh
make evaluate NLU_DEV=FOLDER     # all of this; trains stock Rasa once for each change of data/nlu, which takes long
.venv/bin/python -m tests.evaluate FOLDER --ours     # our own figures alone, in a minute
```
"""


def _strict_and_lenient(reads: Iterable[Read]) -> str:
    listed = list(reads)
    return f"{share(read.is_strict for read in listed):.0f} / {share(read.is_lenient for read in listed):.0f}"


def _percent(value: float) -> str:
    return f"{value:.0f} %" if value == value else "-"
