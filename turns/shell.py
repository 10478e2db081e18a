"""`rasa shell` for staff: the same conversation as a buyer's, readable, against a database that is thrown away."""

from __future__ import annotations

import os
import secrets
import socket
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from buyer_protection.disputes.database import migrate
from buyer_protection.logs import keep_quiet
from buyer_protection.settings import DEVELOPMENT, settings, variable
from turns.display import lines
from turns.model import fitting
from turns.typed_lines import TypedLines
from turns.without_tensorflow import ignore_training_graphs, keep_tensorflow_out

MADE_UP_BUYER: Final = "made-up-buyer"
STOP: Final = "/stop"
LOOPBACK: Final = "127.0.0.1"


def shell(project: Path) -> int:
    """Talks on the terminal until `/stop` or the end of input; what was remembered is wiped at the next start.

    Raises NoModel, or SettingsError where a made-up buyer is refused (in production).
    """
    var = project / "var"
    (var / "log").mkdir(parents=True, exist_ok=True)
    database = fresh(var / "shell.db")
    os.environ[variable("database_url")] = f"sqlite:///{database}"
    os.environ.setdefault(variable("env"), DEVELOPMENT)
    os.environ.setdefault(variable("made_up_buyer"), MADE_UP_BUYER)
    settings()
    model = fitting(project)
    migrate(settings().database_url)
    keep_tensorflow_out()
    with (var / "log" / "shell.log").open("w", encoding="utf-8") as log:
        _run_rasa_shell(project, model, log)
    return 0


def fresh(database: Path) -> Path:
    """A SQLite file that is not there yet, whatever was."""
    for name in (database.name, f"{database.name}-wal", f"{database.name}-shm"):
        database.with_name(name).unlink(missing_ok=True)
    return database


def _run_rasa_shell(project: Path, model: Path, log: Any) -> None:
    import rasa.__main__
    import rasa.core.agent
    import rasa.core.run
    import rasa.utils.common
    import rasa.utils.io
    from rasa.core.channels import console

    def quiet(*_: Any, **__: Any) -> None:
        keep_quiet(stream=log)

    # Rasa would log to the screen, and at a level that shows every conversation.
    rasa.__main__.configure_structlog = quiet
    rasa.__main__.configure_logging_and_warnings = quiet
    rasa.utils.io.configure_colored_logging = quiet
    rasa.utils.common.update_sanic_log_level = quiet
    rasa.core.agent.load_agent = _load
    ignore_training_graphs()  # the command looks into the archive before it loads the agent
    typed = TypedLines("> ")
    console._print_bot_output = show

    async def ask(previous: Mapping[str, Any] | None) -> str | None:
        if previous is not None:
            show(previous)
        line = await typed.asked()
        return line if line is None else line.strip()

    console._get_user_input = ask
    sys.path.insert(0, str(project))
    arguments = ["--model", str(model), "--interface", LOOPBACK, "--port", str(_free_port()), "--quiet"]
    sys.argv = ["rasa", "shell", *arguments, "--endpoints", str(project / "endpoints.yml")]
    # Rasa reads the file and wants what it names; the actions are run in this process, so nothing is called there.
    os.environ.setdefault(variable("actions_port"), str(settings().actions_port))
    os.environ.setdefault(variable("actions_secret"), secrets.token_urlsafe(32))
    print("What stands in [brackets] can be typed as an answer.")
    rasa.__main__.main()


def show(message: Mapping[str, Any], *_: Any, **__: Any) -> None:
    """Prints a message of the assistant."""
    for line in lines(message):
        print(line, flush=True)


async def _load(model_path: str, **_: Any) -> Any:
    from turns.actions_in_process import ActionsInProcess
    from turns.agent import TurnAgent
    from turns.conversations import Conversations

    agent = TurnAgent(tracker_store=Conversations(), action_endpoint=ActionsInProcess())
    agent.load_model(model_path)
    return agent


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])
