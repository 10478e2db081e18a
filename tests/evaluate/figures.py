"""The figures of the evaluation as SVG, the same for the same numbers: no dates, no chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl  # type: ignore[import-untyped]

from tests.bench.figures import saved
from tests.evaluate.scores import Read, reliability, share, surest

_COLOURS: Final = {"ours": "#1f6f8b", "without the encoder": "#7aa874", "stock": "#c58940"}
_EDGES: Final = (0.0, 0.3, 0.5, 0.7, 0.85, 0.95, 1.01)


def draw(folder: Path, sides: Mapping[str, Sequence[Read]]) -> list[Path]:
    """Draws what ours confuses, how far confidence can be believed, and what asking back buys; the files."""
    mpl.use("svg")
    mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "evaluate", "font.size": 9, "legend.frameon": False})
    return [_confusion(folder, sides["ours"]), _reliability(folder, sides), _risk(folder, sides)]


def _confusion(folder: Path, reads: Sequence[Read]) -> Path:
    names = sorted({read.message.intent for read in reads} | {read.answer for read in reads})
    counts = [[0] * len(names) for _ in names]
    for read in reads:
        counts[names.index(read.message.intent)][names.index(read.answer)] += 1
    figure, axes = _axes((7.5, 6.5))
    axes.imshow([[count**0.5 for count in row] for row in counts], cmap="Blues")
    for row, line in enumerate(counts):
        for column, count in enumerate(line):
            if count:
                light = count > max(map(max, counts)) / 2
                axes.text(column, row, count, ha="center", va="center", color="white" if light else "black")
    axes.set_xticks(range(len(names)), names, rotation=90)
    axes.set_yticks(range(len(names)), names)
    axes.set(xlabel="read as", ylabel="labelled", title="What is taken for what (ours)")
    return saved(figure, folder / "understanding-confusion.svg")


def _reliability(folder: Path, sides: Mapping[str, Sequence[Read]]) -> Path:
    figure, axes = _axes((5.0, 4.0))
    axes.plot([0, 1], [0, 1], color="#999999", linestyle="--", linewidth=1)
    for side, reads in sides.items():
        points = reliability(reads, _EDGES)
        axes.plot([x for x, _, _ in points], [y for _, y, _ in points], marker="o", color=_COLOURS[side], label=side)
    axes.set(xlabel="confidence, mean", ylabel="right (lenient)", title="How far confidence can be believed")
    axes.legend()
    return saved(figure, folder / "understanding-reliability.svg")


def _risk(folder: Path, sides: Mapping[str, Sequence[Read]]) -> Path:
    figure, axes = _axes((5.0, 4.0))
    parts = [part / 100 for part in range(20, 101, 2)]
    for side, reads in sides.items():
        wrong = [100 - share(read.is_lenient for read in surest(reads, part)) for part in parts]
        axes.plot([100 * part for part in parts], wrong, color=_COLOURS[side], label=side)
    axes.set(
        xlabel="% of messages answered without asking back", ylabel="% of them wrong", title="What asking back buys"
    )
    axes.set_ylim(bottom=0)
    axes.legend()
    return saved(figure, folder / "understanding-risk.svg")


def _axes(size: tuple[float, float]) -> Any:
    from matplotlib.figure import Figure  # type: ignore[import-untyped]

    figure = Figure(figsize=size, layout="constrained")
    return figure, figure.subplots()
