"""`python -m turns run | shell | train | serve`: Rasa, started our way.

TensorFlow stays out where nothing is trained, telemetry is off, logs hold no content, nothing listens but on loopback.
"""

from __future__ import annotations

import argparse
import os
import sys
import warnings
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from buyer_protection.disputes.database import DatabaseError
from buyer_protection.logs import keep_quiet
from buyer_protection.settings import SettingsError, home
from turns.model import NoModel


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; 0 when it ended well, 1 when it failed, 2 when it may not start, with one line to say why."""
    command = _parser().parse_args(arguments)
    prepare()
    try:
        return int(command.run(command))
    except (SettingsError, DatabaseError, NoModel, RuntimeError) as error:
        line = str(error)
    except SQLAlchemyError as error:
        line = f"the database cannot be used: {getattr(error, 'orig', None) or type(error).__name__}"
    except OSError as error:
        line = f"{error.strerror or type(error).__name__}: {error.filename or 'a file or a socket'}"
    except KeyboardInterrupt:
        return 130
    print(" ".join(line.split()), file=sys.stderr)
    return 2


def prepare() -> None:
    """What must be so before Rasa is imported."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    warnings.simplefilter("ignore")
    keep_quiet()


def _run(command: argparse.Namespace) -> int:
    from turns.part import end_with_parent
    from turns.running import run

    if command.end_with_make:
        end_with_parent()
    return run(command.project)


def _train(command: argparse.Namespace) -> int:
    from turns.training import TrainingFailed, train

    try:
        print(f"the model that fits: {train(command.project, command.models).name}")
    except TrainingFailed as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _serve(command: argparse.Namespace) -> int:
    from turns.serving import serve

    return serve(command.project)


def _shell(command: argparse.Namespace) -> int:
    from turns.shell import shell

    return shell(command.project)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m turns", description=__doc__)
    parser.add_argument("--project", type=Path, default=home(), help="the folder with config.yml and domain.yml")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    everything = commands.add_parser("run", help="everything on this machine, and a conversation in the terminal")
    everything.add_argument("--end-with-make", action="store_true", help="end when the process that started this ends")
    everything.set_defaults(run=_run)
    train = commands.add_parser("train", help="train the model that fits, if there is none")
    train.add_argument("--models", type=Path, help="the folder of models (PROJECT/models)")
    train.set_defaults(run=_train)
    commands.add_parser("serve", help="take turns on loopback").set_defaults(run=_serve)
    commands.add_parser("shell", help="rasa shell for staff, with a database of its own").set_defaults(run=_shell)
    return parser
