"""docs/speed.md: what was measured, in tables and plain words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from tests.bench import tables
from tests.bench.results import Results, Verdict, differing, median, verdicts
from tests.bench.script import FORM

_HEAD: Final = """\
<!-- Written by `make bench`. Change tests/bench/report.py, not this. -->

# How fast it is

Measured on {on} on {machine}.
{conditions}

Absolute figures move from machine to machine and from day to day; compare figures of one table, which were taken in one
run, turn and turn about.

**ours**: gateway over HTTP with a token, Rasa and actions as `make run` starts them, SQLite, no rate limits.
**stock**: `rasa run` with the pipeline and policies that `rasa init` leaves to Rasa, trained on the same examples,
rules, responses and domain; Rasa's SQL tracker store on SQLite, the rest channel, rasa_sdk's action server, the same
actions. Its training is cut short (8 epochs; `--whole-training` for all), which changes what it understands and not how
fast; the answers are compared below.
It has no gateway: it keeps no message before the turn, checks no token, and redacts nothing.

Each buyer is new and types the same {lines} messages, from "hello" over a whole claim to the dispute.
{differ}

## What was promised

{verdicts}

{conclusion}

## Side by side

{table}

![How long a turn takes](speed-turns.svg)
![How many messages are answered](speed-throughput.svg)
![As a conversation grows](speed-growth.svg)

Memory is the proportional share (PSS) of all processes of a side, ours with the launcher that watches the others.
"After so many events": the first {looked_at} answers in a claim that begins when the conversation has that many; for
the fewest, in the first claim of a conversation. "First answer": from the command to the answer of the first message,
with files in the cache; ours has also looked for the model that fits and migrated the database by then.
"""

_BESIDE: Final = """
## Ours, set up otherwise

Measured in the same rounds as "ours" of this table, which is the same running copy as above, measured again.

{table}

PostgreSQL is a server on the same machine, as it comes, its memory not counted. "Actions over HTTP" runs them in a
process of their own. "Not fast" leaves Rasa's slow parts as they are (`turns/fast/`).
"""

_PARTS: Final = """
## Where the remaining milliseconds go

One buyer, form turns, in a run of its own with timers around the functions; the timers cost a little themselves.

{table}

{conclusion}
"""

_AGAIN: Final = """
## Again

```sh
make bench                                     # all of this, some 20 minutes; trains stock Rasa once
.venv/bin/python -m tests.bench --quick        # a few rounds of each, to see that it runs
.venv/bin/python -m tests.bench --only ours    # one side alone, nothing compared
```

The machine must be quiet. The script is `tests/bench/script.py`, the stock project is made in `.cache/bench`.
"""


@dataclass(frozen=True)
class Report:
    """All that was measured in one run."""

    ours: Results
    stock: Results
    otherwise: list[Results]
    parts: dict[str, float]
    looked_at: int
    conditions: str

    @property
    def verdicts(self) -> list[Verdict]:
        """What was promised."""
        return verdicts(self.ours, self.stock)

    def markdown(self, on: date, machine: str) -> str:
        """The whole page."""
        pages = [
            _HEAD.format(
                on=on.isoformat(),
                machine=machine,
                conditions=self.conditions,
                lines=len(self.ours.words),
                differ=answers_compared(self.ours, self.stock),
                verdicts=tables.verdicts(self.verdicts),
                conclusion=in_words(self.verdicts),
                table=tables.beside([self.ours, self.stock], compared=True),
                looked_at=self.looked_at,
            )
        ]
        if self.otherwise:
            pages.append(_BESIDE.format(table=tables.beside(self.otherwise, compared=False)))
        pages.append(_PARTS.format(table=tables.parts(self.parts), conclusion=self._largest()))
        return "".join([*pages, _AGAIN])

    def _largest(self) -> str:
        largest = sorted(self.parts.items(), key=lambda part: -part[1])[:3]
        whole = sum(self.parts.values())
        named = ", ".join(f"{name} ({value / whole:.0%})" for name, value in largest)
        without = median(self.ours.milliseconds[FORM])
        return f"The largest: {named}. Without timers the median of a form turn was {without:.1f} ms."


def answers_compared(ours: Results, stock: Results) -> str:
    """Whether both sides said the same, in a sentence."""
    differ = differing(ours, stock)
    if not differ:
        return f"Both sides gave the same {len(ours.words)} answers."
    numbers = ", ".join(str(number + 1) for number in differ)
    return f"{len(differ)} of {len(ours.words)} answers differ (messages {numbers}): those turns are not the same work."


def in_words(reached: list[Verdict]) -> str:
    """What came of the promises, in a sentence."""
    missed = [verdict for verdict in reached if not verdict.is_reached]
    if not missed:
        return "All of it is reached."
    named = "; ".join(f"{each.promise}: {each.ratio:.2f}, wanted {each.bound}" for each in missed)
    return (
        f"Not reached: {named}.\n"
        "The actions and their database are the same on both sides, so what makes them quicker helps both.\n"
        "Only ours has a gateway, which commits each message before it is handled and each answer before it is sent.\n"
        "Where the milliseconds go is below."
    )
