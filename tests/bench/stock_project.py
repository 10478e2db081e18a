"""What stock Rasa is given: our domain, rules, responses and examples, and for the rest what `rasa init` writes.

Everything stands in a folder of its own under `.cache/bench`, named for what the model is made of: trained once.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from buyer_protection.settings import home
from turns.model import fingerprint

CACHE: Final = home() / ".cache" / "bench"
_MODEL: Final = "stock.tar.gz"
#: How often training sees all examples, unless asked for as often as Rasa does: the speed of a turn does not depend on
#: it, and a hundred times take most of an hour here.
_FEW_EPOCHS: Final = 8
#: Stock endpoints: actions behind HTTP, conversations in Rasa's own store on a SQLite file.
_ENDPOINTS: Final = """\
action_endpoint:
  url: http://127.0.0.1:{actions_port}/webhook
tracker_store:
  type: SQL
  dialect: sqlite
  db: {database}
"""


class NotTrained(RuntimeError):
    """Stock Rasa could not train; the message ends with what it said."""


def project(is_whole: bool = False) -> Path:
    """The folder of the stock project that fits the tree; its model is trained now if there is none.

    A whole one is trained for as long as Rasa would; the other takes minutes, and understands less. Raises NotTrained.
    """
    config = initial_config(None if is_whole else _FEW_EPOCHS)
    made_of = hashlib.sha256((fingerprint(home(), ("domain.yml", "data")) + config).encode()).hexdigest()
    folder = CACHE / f"stock-{made_of[:16]}"
    if not (folder / _MODEL).is_file():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        shutil.copy(home() / "domain.yml", folder)
        shutil.copytree(home() / "data", folder / "data")
        (folder / "config.yml").write_text(config, encoding="utf-8")
        (folder / "credentials.yml").write_text("rest:\n", encoding="utf-8")
        _train(folder)
    return folder


def model(folder: Path) -> Path:
    """The trained model of a stock project."""
    return folder / _MODEL


def write_endpoints(path: Path, *, actions_port: int, database: Path) -> Path:
    """Says where the actions are and where conversations are kept."""
    path.write_text(_ENDPOINTS.format(actions_port=actions_port, database=database), encoding="utf-8")
    return path


def initial_config(epochs: int | None = None) -> str:
    """The pipeline and policies that Rasa fills in where they are left out, as `rasa init` leaves them.

    Read from Rasa's own file; `epochs` in the place of its own number.
    """
    # Found, not imported: Rasa imports TensorFlow.
    found = importlib.util.find_spec("rasa")
    assert found is not None
    assert found.origin is not None
    filled_in = Path(found.origin).parent / "engine" / "recipes" / "config_files" / "default_config.yml"
    config = filled_in.read_text(encoding="utf-8").replace("placeholder_default", "stock")
    return config if epochs is None else re.sub(r"epochs: \d+", f"epochs: {epochs}", config)


def _train(folder: Path) -> None:
    print("training stock Rasa, which takes minutes and is done once for this domain and data ...", flush=True)
    began = time.monotonic()
    unfinished = folder / "unfinished"
    command = [sys.executable, "-m", "rasa", "train", "--skip-validation", "--force", "--domain", "domain.yml"]
    command += ["--config", "config.yml", "--data", "data", "--out", str(unfinished), "--fixed-model-name", "stock"]
    environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "2"}
    environment["RASA_CACHE_DIRECTORY"] = str(folder / "cache")
    log = folder / "training.log"
    with log.open("w", encoding="utf-8") as out:
        status = subprocess.run(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out, check=False
        ).returncode
    if status or not (unfinished / _MODEL).is_file():
        said = log.read_text(encoding="utf-8", errors="replace")
        raise NotTrained(f"stock Rasa trained no model (status {status}): {said[-1000:]}")
    os.replace(unfinished / _MODEL, folder / _MODEL)
    shutil.rmtree(folder / "cache", ignore_errors=True)
    print(f"trained in {time.monotonic() - began:.0f} s", flush=True)
