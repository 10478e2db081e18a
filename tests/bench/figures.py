"""The figures of the bench as SVG, the same for the same numbers: no dates, no chance."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import matplotlib as mpl  # type: ignore[import-untyped]

from tests.bench.results import Results, median
from tests.bench.script import FORM, LAST, UTTER

_COLOURS: Final = {"ours": "#1f6f8b", "stock": "#c58940"}
_KINDS: Final = {UTTER: "one response", FORM: "form turn", LAST: "last form turn"}
_SIZE: Final = (6.0, 3.4)


def draw(folder: Path, ours: Results, stock: Results) -> list[Path]:
    """Draws turn times, throughput and growth into a folder; the files."""
    mpl.use("svg")
    # Text stays text, and names inside the file do not come from chance.
    mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "bench", "font.size": 10, "axes.spines.top": False})
    mpl.rcParams.update({"axes.spines.right": False, "legend.frameon": False})
    both = (("ours", ours), ("stock", stock))
    return [_turn_times(folder, both), _throughput(folder, both), _growth(folder, both)]


def _turn_times(folder: Path, both: Any) -> Path:
    groups = [
        (side, [median(results.milliseconds[kind]) for kind in _KINDS], list(_KINDS.values())) for side, results in both
    ]
    return _bars(folder / "speed-turns.svg", groups, "ms, median", "How long a turn takes")


def _throughput(folder: Path, both: Any) -> Path:
    groups = [
        (
            side,
            [median(rounds) for _, rounds in sorted(results.per_second.items())],
            [f"{buyers} buyer{'s' if buyers > 1 else ''} at once" for buyers in sorted(results.per_second)],
        )
        for side, results in both
    ]
    return _bars(folder / "speed-throughput.svg", groups, "messages a second", "How many messages are answered")


def _bars(path: Path, groups: list[tuple[str, list[float], list[str]]], unit: str, title: str) -> Path:
    from matplotlib.figure import Figure  # type: ignore[import-untyped]

    figure = Figure(figsize=_SIZE, layout="constrained")
    axes = figure.subplots()
    for number, (side, values, _) in enumerate(groups):
        places = [place + (number - 0.5) * 0.4 for place in range(len(values))]
        axes.bar_label(axes.bar(places, values, 0.38, color=_COLOURS[side], label=side), fmt="%.0f", padding=2)
    axes.set_xticks(range(len(groups[0][2])), groups[0][2])
    axes.set(ylabel=unit, title=title)
    axes.margins(y=0.3)  # room for the names of the colours
    axes.legend()
    return saved(figure, path)


def _growth(folder: Path, both: Any) -> Path:
    from matplotlib.figure import Figure

    figure = Figure(figsize=_SIZE, layout="constrained")
    axes = figure.subplots()
    for side, results in both:
        events = sorted(results.growth)
        axes.plot(
            events, [median(results.growth[each]) for each in events], marker="o", color=_COLOURS[side], label=side
        )
    axes.set(xlabel="events in the conversation", ylabel="ms of a form turn, median", title="As a conversation grows")
    axes.set_ylim(bottom=0)
    axes.legend()
    return saved(figure, folder / "speed-growth.svg")


def saved(figure: Any, path: Path) -> Path:
    figure.savefig(path, metadata={"Date": None, "Creator": None})
    # No space at the ends of lines: what the library writes would change with whoever cleans it up.
    path.write_text("\n".join(map(str.rstrip, path.read_text("utf-8").splitlines())) + "\n", encoding="utf-8")
    return path
