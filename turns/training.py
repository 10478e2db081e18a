"""Trains the model that fits, with its progress shown."""

from __future__ import annotations

import io
import logging
import os
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import Final

from turns.model import NoModel, archive_for, code_fingerprint, fingerprint, fitting, hash_beside

#: Seconds between two signs of life of a long step.
_SIGN_OF_LIFE: Final = 10


class TrainingFailed(RuntimeError):
    """Rasa could not train; the message is one line."""


def train(project: Path, models: Path | None = None) -> Path:
    """The model that fits a project, trained now if there is none. Raises TrainingFailed.

    Interrupted at any moment it leaves no half model behind, and can be run again.
    """
    project = project.resolve()
    models = (models or project / "models").resolve()
    try:
        return fitting(project, models)
    except NoModel:
        models.mkdir(parents=True, exist_ok=True)
    today = fingerprint(project)
    archive = archive_for(today, models)
    unfinished = models / f".training-{os.getpid()}"
    _use_cache_for(project)
    try:
        with _signs_of_life(f"training the model {today[:16]}"):
            trained = _train(project, unfinished, archive.name)
        os.replace(trained, archive)
        if fingerprint(project) != today:
            archive.unlink()
            raise TrainingFailed("config, domain, data or language changed while the model was trained: run it again")
        unfinished_hash = unfinished / "hash"
        unfinished_hash.write_text(today + "\n", encoding="ascii")
        os.replace(unfinished_hash, hash_beside(archive))
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return archive


def _train(project: Path, folder: Path, name: str) -> Path:
    os.environ["LOG_LEVEL"] = "ERROR"  # or Rasa draws bars of its own
    import rasa
    from rasa.shared.exceptions import RasaException

    here, said = Path.cwd(), io.StringIO()
    os.chdir(project)
    sys.path.insert(0, str(project))
    try:
        with redirect_stdout(said):
            result = rasa.train("domain.yml", "config.yml", ["data"], output=str(folder), fixed_model_name=name)
    except RasaException as error:
        raise TrainingFailed(f"{type(error).__name__}: {error}") from error
    finally:
        os.chdir(here)
    if result is None or not result.model or result.code:
        raise TrainingFailed(f"Rasa trained no model. {said.getvalue().strip()}")
    return Path(result.model)


def _use_cache_for(project: Path) -> None:
    """A cache of trained components for today's code alone: Rasa would take a stale one when `language` changes."""
    caches = project / ".rasa" / "cache"
    today = caches / code_fingerprint(project)[:16]
    for cache in caches.glob("*"):
        if cache != today:
            shutil.rmtree(cache, ignore_errors=True) if cache.is_dir() else cache.unlink()
    today.mkdir(parents=True, exist_ok=True)
    os.environ["RASA_CACHE_DIRECTORY"] = str(today)


@contextmanager
def _signs_of_life(step: str) -> Iterator[None]:
    """Says what is being done, every component of the model that is begun, and every few seconds that it goes on."""
    started, done = time.monotonic(), threading.Event()

    out = sys.stdout

    def say(message: str) -> None:
        print(f"  {time.monotonic() - started:4.0f} s  {message}", file=out, flush=True)

    def go_on() -> None:
        while not done.wait(_SIGN_OF_LIFE):
            say("still training")

    class Components(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.getMessage().startswith(("Starting to train", "Restored component")):
                say(record.getMessage())

    components = logging.getLogger("rasa.engine.training.hooks")
    handler, level = Components(), components.level
    components.addHandler(handler)
    components.setLevel(logging.INFO)
    components.propagate = False
    print(f"{step} ...", flush=True)
    threading.Thread(target=go_on, daemon=True).start()
    try:
        yield
    finally:
        done.set()
        components.removeHandler(handler)
        components.setLevel(level)
    print(f"{step}: done in {time.monotonic() - started:.0f} s", flush=True)
