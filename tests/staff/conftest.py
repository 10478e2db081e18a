"""A database and a folder of their own for each test, named by the environment as in real life."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from tests.disputes.conftest import engine, url
from tests.staff.terminal import Terminal

__all__ = ["engine", "url"]


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """An environment without settings of whoever runs the tests."""
    for name in [name for name in os.environ if name.startswith("BUYER_PROTECTION_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("BUYER_PROTECTION_EVIDENCE_URL", f"file://{tmp_path / 'evidence'}")
    monkeypatch.setenv("BUYER_PROTECTION_DATABASE_URL", f"sqlite:///{tmp_path / 'nothing.db'}")
    return monkeypatch


@pytest.fixture
def desk(environment: pytest.MonkeyPatch, url: str, engine: Engine) -> Engine:
    """The database that the commands work with."""
    environment.setenv("BUYER_PROTECTION_DATABASE_URL", url)
    return engine


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], environment: pytest.MonkeyPatch) -> Terminal:
    """Whoever runs commands."""
    return Terminal(capsys, environment)
