"""Trains a pipeline, or lets a trained one read texts, in a process of its own; what it took is measured there.

python -m tests.evaluate.reading train CONFIG MODEL [DATA]
python -m tests.evaluate.reading read MODEL [--serving] < TEXTS.json > READINGS.json
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Readings:
    """Of each text the ranking of intents before any fallback (name, confidence) and the milliseconds it took.

    `megabytes`: the process's memory after reading.
    """

    rankings: list[list[tuple[str, float]]]
    milliseconds: list[float]
    megabytes: float

    def part(self, start: int, end: int) -> Readings:
        """Those of the texts from one place to another."""
        return Readings(self.rankings[start:end], self.milliseconds[start:end], self.megabytes)


def train(config: Path, model: Path, data: Path = ROOT / "data" / "nlu") -> None:
    """Train the NLU part on data/nlu, or other data, with a configuration, in this process."""
    from rasa.model_training import train_nlu

    with tempfile.TemporaryDirectory() as folder:
        # Stock Rasa trains for an hour: a cache that `make train` may clear meanwhile would lose it all at the end.
        os.environ["RASA_CACHE_DIRECTORY"] = str(Path(folder) / "cache")
        made = train_nlu(str(config), str(data), folder, fixed_model_name="evaluated")
        if made is None:
            raise SystemExit("training gave no model")
        model.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(made, model)


def read(model: Path, texts: Iterable[str]) -> Readings:
    """What a model reads in texts, in this process."""
    import psutil
    from rasa.core.agent import Agent

    agent = Agent.load(str(model))
    rankings, milliseconds = [], []

    async def read_all() -> None:
        for _ in range(3):
            await agent.parse_message("a first message, to have everything ready")
        for text in texts:
            begun = time.perf_counter()
            parsed = await agent.parse_message(text)
            milliseconds.append((time.perf_counter() - begun) * 1000)
            rankings.append(
                [
                    (entry["name"], entry["confidence"])
                    for entry in parsed["intent_ranking"]
                    if entry["name"] != _FALLBACK
                ]
            )

    asyncio.run(read_all())
    return Readings(rankings, milliseconds, psutil.Process().memory_info().rss / 2**20)


_FALLBACK: Final = "nlu_fallback"


def trained_apart(config: Path, model: Path, environment: dict[str, str] | None = None) -> float:
    """`train` in a process of its own, with other variables where given. Raises `RuntimeError`.

    Returns the processor seconds it took, of all cores together: what else the machine does is not in them.
    """
    before = _processor_seconds()
    _run(["train", str(config), str(model)], "", environment)
    return _processor_seconds() - before


def _processor_seconds() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def read_apart(
    model: Path, texts: Sequence[str], *, as_served: bool, environment: dict[str, str] | None = None
) -> Readings:
    """`read` in a process of its own; `as_served` is without TensorFlow and with `turns.fast`, as `make run` does."""
    arguments = ["read", str(model), *(["--serving"] if as_served else [])]
    found = json.loads(_run(arguments, json.dumps(list(texts)), environment).splitlines()[-1])
    return Readings([[tuple(each) for each in ranking] for ranking in found[0]], found[1], found[2])


def _run(arguments: list[str], given: str, environment: dict[str, str] | None) -> str:
    # -S where other packages are given: the installed ones must not come in by themselves.
    apart = ["-S"] if environment else []
    done = subprocess.run(
        [sys.executable, *apart, "-m", "tests.evaluate.reading", *arguments],
        input=given,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    if done.returncode != 0:
        raise RuntimeError(f"{arguments[0]} failed: {done.stderr[-2000:]}")
    return done.stdout


def _quiet() -> None:
    # Rasa logs each message that it reads, and these are not to be looked at.
    import structlog

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))


def main(arguments: list[str]) -> None:
    """One of the two commands."""
    if "--serving" in arguments:
        from turns.without_tensorflow import ignore_training_graphs, keep_tensorflow_out

        keep_tensorflow_out()
        ignore_training_graphs()

        from turns.fast import make_fast

        make_fast()
    _quiet()
    if arguments[0] == "train":
        train(*map(Path, arguments[1:]))
        return
    found = read(Path(arguments[1]), json.load(sys.stdin))
    print(json.dumps([found.rankings, found.milliseconds, found.megabytes]))


if __name__ == "__main__":
    main(sys.argv[1:])
