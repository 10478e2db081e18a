"""A fake Telegram, and the gateway and Rasa with the trained model behind it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from buyer_protection.disputes import connect
from tests.disputes.databases import KINDS, migrated_database
from tests.gateway.served import Served, served
from tests.gateway.telegram.chat import Chat
from tests.gateway.telegram.fake import SECRET, TOKEN, FakeTelegram

_USERS = itertools.count(70_001)


@dataclass
class Place:
    """A running assistant and the Telegram in front of it."""

    running: Served
    telegram: FakeTelegram
    incoming: Path

    def chat(self) -> Chat:
        """The chat of a user who was never here."""
        return Chat(self.telegram, next(_USERS), connect(self.running.database_url))


@pytest.fixture(scope="session", params=KINDS)
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Webhook mode, on SQLite and on PostgreSQL."""
    folder, telegram = tmp_path_factory.mktemp("telegram"), FakeTelegram()
    with pytest.MonkeyPatch.context() as patch, migrated_database(request.param, folder) as url, telegram.serving():
        known = {
            "telegram_token": TOKEN,
            "telegram_secret": SECRET,
            "telegram_mode": "webhook",
            "telegram_api_url": telegram.url,
            "incoming_folder": folder / "incoming",
            "rate_limits": "",
            "log_level": "debug",
        }
        with served(folder, url, patch, **known) as running:
            telegram.webhook = f"{running.url}/telegram"
            yield Place(running, telegram, folder / "incoming")


@pytest.fixture
def chat(place: Place) -> Iterator[Chat]:
    """A chat of somebody who was never here; no faults of others are left."""
    place.telegram.faults.clear()
    made = place.chat()
    yield made
    made.engine.dispose()
