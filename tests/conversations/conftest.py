"""Fixtures for conversations."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conversations.replay import Replay
from tests.conversations.stage import assistant, fresh_database


@pytest.fixture(scope="session")
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    """One loop for all conversations: the assistant keeps its connections in it."""
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()


@pytest.fixture
def run(loop: asyncio.AbstractEventLoop) -> Callable[[Any], Any]:
    """Runs a coroutine to its end."""
    return loop.run_until_complete


@pytest.fixture
def new_replay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Replay]:
    """Starts a conversation on a fresh database."""
    monkeypatch.setenv("BUYER_PROTECTION_DATABASE_URL", "")
    monkeypatch.setenv("BUYER_PROTECTION_ENV", "development")
    url = fresh_database(tmp_path)
    return lambda on, zone="UTC": Replay(assistant(), url, tmp_path, on, zone)
