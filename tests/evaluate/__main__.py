"""Trains and measures ours, ours without the encoder, and stock Rasa, and writes docs/understanding.md.

    python -m tests.evaluate FOLDER [--ours] [--epochs N]

FOLDER holds `claims_utterances.jsonl` and `dates.jsonl`. `--ours` prints our own figures and writes nothing.
`--epochs`: how often stock Rasa sees all examples, where less than its own hundred is enough for a try.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from dataclasses import replace
from pathlib import Path
from statistics import median

from tests.bench.stock_project import initial_config
from tests.evaluate import dates, entities, figures, report, without_weights
from tests.evaluate.messages import Message, read, written
from tests.evaluate.reading import ROOT, Readings, read_apart, trained_apart
from tests.evaluate.scores import joined
from turns.model import fingerprint

_CACHE = ROOT / ".cache" / "evaluate"
_ROUNDS = 3
_DOCS = ROOT / "docs"


def main() -> None:
    """Measure and write."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--ours", action="store_true")
    asked.add_argument("--epochs", type=int)
    arguments = asked.parse_args()
    groups = [read(arguments.folder / "claims_utterances.jsonl"), written("complaints"), written("blind")]
    messages = [message for group in groups for message in group]
    told = dates.measured(
        [json.loads(line) for line in (arguments.folder / "dates.jsonl").read_text(encoding="utf-8").splitlines()]
    )
    with tempfile.TemporaryDirectory() as folder:
        found, seconds = _measured(messages, Path(folder), only_ours=arguments.ours, epochs=arguments.epochs)
    sides = {side: joined(messages, readings) for side, readings in found.items()}
    measured = report.Measured(sides, found, seconds, tuple(map(len, groups)))
    if arguments.ours:
        print(report.figures_of(measured))
        print(report.intents(sides["ours"]))
        print(entities.report())
        return
    drawn = figures.draw(_DOCS, sides)
    (_DOCS / "understanding.md").write_text(report.report(measured, told, arguments.epochs), encoding="utf-8")
    print(report.figures_of(measured))
    print("written:", ", ".join(path.name for path in [_DOCS / "understanding.md", *drawn]))


def _measured(
    messages: list[Message], folder: Path, *, only_ours: bool, epochs: int | None
) -> tuple[dict[str, Readings], dict[str, float]]:
    """The readings of each side, and the processor seconds that its training took; sides take turns at reading."""
    models = {"ours": folder / "ours.tar.gz"}
    seconds = {"ours": trained_apart(ROOT / "config.yml", models["ours"])}
    environments: dict[str, dict[str, str] | None] = {"ours": None, "without the encoder": None, "stock": None}
    if not only_ours:
        apart = folder / "installed"
        apart.mkdir()
        environments["without the encoder"] = without_weights.environment(apart)
        models["without the encoder"] = folder / "without.tar.gz"
        seconds["without the encoder"] = trained_apart(
            ROOT / "config.yml", models["without the encoder"], environments["without the encoder"]
        )
        models["stock"], seconds["stock"] = _stock(epochs)
    texts = [message.text for message in messages]
    rounds: dict[str, list[Readings]] = {side: [] for side in models}
    for _ in range(1 if only_ours else _ROUNDS):
        for side, model in models.items():
            as_served = side != "stock"
            rounds[side].append(read_apart(model, texts, as_served=as_served, environment=environments[side]))
    return {side: _together(readings) for side, readings in rounds.items()}, seconds


def _together(rounds: list[Readings]) -> Readings:
    """The same readings, each text with the median of its times."""
    times = [median(of_text) for of_text in zip(*(each.milliseconds for each in rounds), strict=True)]
    return replace(rounds[0], milliseconds=times, megabytes=median(each.megabytes for each in rounds))


def _stock(epochs: int | None) -> tuple[Path, float]:
    """Stock Rasa's model for today's examples and its processor seconds; from the cache if it was trained before."""
    config = initial_config(epochs)
    made_of = hashlib.sha256((fingerprint(ROOT, ("data/nlu",)) + config).encode()).hexdigest()[:16]
    model, took = _CACHE / f"stock-{made_of}.tar.gz", _CACHE / f"stock-{made_of}.seconds"
    if not took.is_file():
        _CACHE.mkdir(parents=True, exist_ok=True)
        print("training stock Rasa, which takes long and is done once for these examples ...", flush=True)
        path = _CACHE / "stock.yml"
        path.write_text(config, encoding="utf-8")
        took.write_text(str(trained_apart(path, model)), encoding="ascii")
    return model, float(took.read_text(encoding="ascii"))


if __name__ == "__main__":
    main()
