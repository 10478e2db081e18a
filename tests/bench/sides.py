"""The two sides of the bench as processes: ours as `make run` starts it, stock Rasa as its own commands start it."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from buyer_protection.disputes.database import migrate
from buyer_protection.settings import home
from gateway.conversations import conversation_of
from tests.bench import stock_project
from tests.bench.client import LOOPBACK, Door
from tests.bench.memory import family
from turns.model import INGREDIENTS
from turns.part import ending_with_starter

_STOP_WITHIN: Final = 30.0


class Side:
    """Processes that take messages behind one door, with a database of their own."""

    def __init__(self, name: str, door: Door, database_url: str, folder: Path) -> None:
        self.name, self.door, self.database_url, self.folder = name, door, database_url, folder
        self._processes: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        """Starts the processes, and waits for nothing."""
        raise NotImplementedError

    def pids(self) -> list[int]:
        """All processes of this side."""
        return [pid for process in self._processes for pid in family(process.pid)]

    def conversation(self, buyer: str) -> str:
        """What a buyer's conversation is called in the table of events."""
        raise NotImplementedError

    def events(self, buyer: str) -> int:
        """How many events a buyer's conversation has."""
        # With an engine of its own: what ours does to a SQLite file would change stock's.
        engine = sa.create_engine(self.database_url, future=True, poolclass=NullPool)
        count = sa.text("SELECT count(*) FROM events WHERE sender_id = :conversation")
        with engine.connect() as connection:
            return int(connection.execute(count, {"conversation": self.conversation(buyer)}).scalar_one())

    def log(self) -> str:
        """The end of what the processes wrote."""
        logs = sorted(self.folder.rglob("*.log"))
        return "\n".join(f"{log.name}: {log.read_text(encoding='utf-8', errors='replace')[-2000:]}" for log in logs)

    def stop(self) -> None:
        """Ends the processes, and all that they started."""
        for process in self._processes:
            process.send_signal(signal.SIGTERM)
        for process in self._processes:
            try:
                process.wait(_STOP_WITHIN)
            except subprocess.TimeoutExpired:
                for pid in reversed(family(process.pid)):
                    os.kill(pid, signal.SIGKILL)
                process.wait()
        self._processes = []

    def _run(self, name: str, arguments: list[str], cwd: Path, environment: dict[str, str]) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", *arguments],
                cwd=cwd,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=ending_with_starter(),
            )
        self._processes.append(process)


class Ours(Side):
    """`make run`, on ports, a database and secrets of its own; `known` are further settings."""

    def __init__(self, name: str, folder: Path, database_url: str = "", **known: Any) -> None:
        folder.mkdir(parents=True)
        secret = secrets.token_urlsafe(32)
        port, rasa, actions, metrics = _free_ports(4)
        database_url = database_url or f"sqlite:///{folder / 'ours.db'}"
        super().__init__(name, Door(port, secret), database_url, folder)
        ports = {"port": port, "rasa_port": rasa, "actions_port": actions, "metrics_port": metrics}
        self._known = {"env": "development", "database_url": database_url, "widget_secret": secret, **ports, **known}
        for part in (*INGREDIENTS, "models", "endpoints.yml", "credentials.yml"):
            (folder / part).symlink_to(home() / part)
        #: More of the environment, for whoever looks inside.
        self.environment: dict[str, str] = {}

    def conversation(self, buyer: str) -> str:
        """As the gateway calls it."""
        return conversation_of(buyer)

    def start(self) -> None:
        """Runs `python -m turns run`, which starts and watches the rest."""
        arguments = ["turns", "--project", str(self.folder), "run"]
        self._run("run", arguments, home(), {**_environment(**self._known), **self.environment})


class Stock(Side):
    """`rasa run` and rasa_sdk's action server, with the model of the stock project."""

    def __init__(self, name: str, folder: Path, *, is_whole: bool = False) -> None:
        folder.mkdir(parents=True)
        self._project = stock_project.project(is_whole)
        port, self._actions_port = _free_ports(2)
        conversations = folder / "rasa.db"
        super().__init__(name, Door(port), f"sqlite:///{conversations}", folder)
        self._endpoints = stock_project.write_endpoints(
            folder / "endpoints.yml", actions_port=self._actions_port, database=conversations
        )
        self._claims = f"sqlite:///{folder / 'claims.db'}"
        migrate(self._claims)

    def conversation(self, buyer: str) -> str:
        """As the rest channel is told."""
        return buyer

    def start(self) -> None:
        """Starts the actions and the server side by side."""
        known = _environment(env="development", database_url=self._claims)
        known |= {"RASA_TELEMETRY_ENABLED": "false", "SANIC_HOST": LOOPBACK, "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}
        self._run("actions", ["rasa_sdk", "--actions", "actions", "--port", str(self._actions_port)], home(), known)
        server = ["rasa", "run", "--model", str(stock_project.model(self._project)), "--port", str(self.door.port)]
        server += ["--interface", LOOPBACK, "--endpoints", str(self._endpoints)]
        server += ["--credentials", str(self._project / "credentials.yml")]
        self._run("rasa", server, self._project, known)


def _environment(**known: Any) -> dict[str, str]:
    """This process's environment with these settings of ours and no others."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BUYER_PROTECTION_")}
    return {**kept, **{f"BUYER_PROTECTION_{name.upper()}": str(value) for name, value in known.items()}}


def _free_ports(number: int) -> list[int]:
    probes = [socket.socket() for _ in range(number)]
    try:
        for probe in probes:
            probe.bind((LOOPBACK, 0))
        return [int(probe.getsockname()[1]) for probe in probes]
    finally:
        for probe in probes:
            probe.close()
