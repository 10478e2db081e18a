"""The tables of the bench, in Markdown: they are printed and written alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tests.bench.results import Results, Verdict, median, percentile
from tests.bench.script import FORM, LAST, UTTER

_KINDS = {UTTER: "one response, ms", FORM: "form turn, ms", LAST: "last form turn, ms"}


def beside(columns: Sequence[Results], compared: bool) -> str:
    """One row for each thing measured, one column for each side.

    `compared` adds how many times better the first column is than the second.
    """
    rows: list[list[str]] = []

    def add(
        what: str, values: list[list[float]], digits: int, with_p99: bool = False, more_is_better: bool = False
    ) -> None:
        told = [_told(each, digits, with_p99) for each in values]
        rows.append([what, *told, *([_times_better(values[0], values[1], more_is_better)] if compared else [])])

    for kind, name in _KINDS.items():
        add(f"{name}: median / p99", [each.milliseconds.get(kind, []) for each in columns], 1, with_p99=True)
    for buyers in sorted({buyers for each in columns for buyers in each.per_second}):
        who = f"{buyers} buyer{'s' if buyers > 1 else ''} at once"
        add(f"messages a second, {who}", [each.per_second.get(buyers, []) for each in columns], 0, more_is_better=True)
        add(f"any turn, {who}, ms: median / p99", [each.under_load.get(buyers, []) for each in columns], 1, True)
    add("first answer after, s", [each.ready for each in columns], 1)
    add("memory of all processes, MB", [each.memory for each in columns], 0)
    for events in sorted({events for each in columns for events in each.growth}):
        add(f"form turn after {events:,} events, ms", [each.growth.get(events, []) for each in columns], 1)
    heads = ["", *(each.name for each in columns), *(["times better"] if compared else [])]
    return table(heads, (row for row in rows if any(row[1 : len(columns) + 1])))


def verdicts(reached: Iterable[Verdict]) -> str:
    """What was promised, what came of it."""
    rows = [[each.promise, f"{each.ratio:.2f}", each.bound, f"**{each.word}**"] for each in reached]
    return table(["promise", "measured", "wanted", ""], rows)


def parts(milliseconds: dict[str, float]) -> str:
    """The parts of a turn and their sum."""
    rows = [[part, f"{value:.2f}"] for part, value in milliseconds.items()]
    return table(["part of a form turn", "ms, mean"], [*rows, ["together", f"{sum(milliseconds.values()):.2f}"]])


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown, its columns aligned, numbers to the right."""
    cells = [list(heads), *map(list, rows)]
    widths = [max(4, *(len(row[column]) for row in cells)) for column in range(len(heads))]
    ruler = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]

    def line(row: Sequence[str]) -> str:
        aligned = [
            row[0].ljust(widths[0]),
            *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)),
        ]
        return "| " + " | ".join(aligned) + " |"

    return "\n".join(map(line, [cells[0], ruler, *cells[1:]]))


def _times_better(ours: list[float], theirs: list[float], more_is_better: bool) -> str:
    if not ours or not theirs:
        return ""
    ratio = median(theirs) / median(ours)
    return f"{1 / ratio if more_is_better else ratio:.1f}"


def _told(values: list[float], digits: int, with_p99: bool) -> str:
    if not values:
        return ""
    told = f"{median(values):.{digits}f}"
    return f"{told} / {percentile(values, 0.99):.{digits}f}" if with_p99 else told
