"""Fixtures for conversations."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from tests.conversations.replay import Replay
from tests.conversations.scenes import Scene, all_scenes
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


@pytest.fixture(scope="session")
def scenes(loop: asyncio.AbstractEventLoop) -> Iterator[dict[str, Scene]]:
    """A scene for each question that a claim can be at."""
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as folder:
        patch.setenv("BUYER_PROTECTION_DATABASE_URL", "")
        patch.setenv("BUYER_PROTECTION_ENV", "development")
        yield loop.run_until_complete(all_scenes(Path(folder)))


@pytest.fixture
def begin(scenes: dict[str, Scene], monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Replay]]:
    """Begins a conversation at the question named."""
    monkeypatch.setenv("BUYER_PROTECTION_DATABASE_URL", "")
    monkeypatch.setenv("BUYER_PROTECTION_ENV", "development")
    with TemporaryDirectory() as folder:
        yield lambda slot: scenes[slot].begin(Path(folder))
