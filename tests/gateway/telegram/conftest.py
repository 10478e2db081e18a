"""A fake Telegram, and the gateway and Rasa with the trained model behind it."""

from __future__ import annotations

import itertools
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from buyer_protection.disputes import connect
from tests.disputes.databases import migrated_database
from tests.gateway.served import Served, served
from tests.gateway.telegram.chat import Chat, wait_until
from tests.gateway.telegram.fake import SECRET, TOKEN, FakeTelegram

_USERS = itertools.count(70_001)


@dataclass
class Place:
    """A running assistant and the Telegram in front of it."""

    running: Served
    telegram: FakeTelegram
    uploads: Path
    evidence: Path
    environment: dict[str, str]

    def chat(self) -> Chat:
        """The chat of a user who was never here."""
        return Chat(self.telegram, next(_USERS), connect(self.running.database_url))

    def kill_gateway(self) -> None:
        """`kill -9`."""
        self.running.signal("gateway", signal.SIGKILL)
        wait_until(lambda: self.running.parts["gateway"].exit_status is not None)

    def start_gateway(self) -> None:
        """Starts the gateway again, as it was started first."""
        with pytest.MonkeyPatch.context() as patch:
            for name, value in self.environment.items():
                patch.setenv(name, value)
            self.running.parts["gateway"].start()
        assert self.running.parts["gateway"].wait_until_ready(60)


@contextmanager
def assistant(kind: str, folder: Path, **known: str) -> Iterator[Place]:
    """A fake Telegram and the assistant behind it; the environment of the tests stays as it was."""
    telegram = FakeTelegram()
    with pytest.MonkeyPatch.context() as patch, migrated_database(kind, folder) as url, telegram.serving():
        settings = {
            "telegram_token": TOKEN,
            "telegram_secret": SECRET,
            "telegram_api_url": telegram.url,
            "uploads_folder": folder / "uploads",
            "evidence_url": f"file://{folder / 'evidence'}",
            "rate_limits": "",
            "log_level": "debug",
            **known,
        }
        with served(folder, url, patch, **settings) as running:
            environment = {name: value for name, value in os.environ.items() if name.startswith("BUYER_PROTECTION_")}
            patch.undo()
            yield Place(running, telegram, folder / "uploads", folder / "evidence", environment)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """The tests of a module happen on the one database that it names: what the channel does is the same on each.

    The first modules happen on PostgreSQL, the others on SQLite, so that each place is made once.
    """
    kind = getattr(metafunc.module, "DATABASE", "")
    if kind and "place" in metafunc.fixturenames:
        metafunc.parametrize("place", [kind], indirect=True, scope="session")


@pytest.fixture(scope="session")
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Webhook mode, on the database that the module names."""
    with assistant(request.param, tmp_path_factory.mktemp("telegram"), telegram_mode="webhook") as place:
        place.telegram.webhook = f"{place.running.url}/telegram"
        yield place


@pytest.fixture
def chat(place: Place) -> Iterator[Chat]:
    """A chat of somebody who was never here; no faults of others are left."""
    place.telegram.faults.clear()
    made = place.chat()
    yield made
    made.engine.dispose()
