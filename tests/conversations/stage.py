"""What a conversation in a test is played on: the trained model, the real actions, a fresh database."""

from __future__ import annotations

import os
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path

from buyer_protection.disputes import migrate
from buyer_protection.settings import home
from turns.actions_in_process import ActionsInProcess
from turns.assistant import Assistant
from turns.model import fitting


@lru_cache(maxsize=1)
def assistant() -> Assistant:
    """The model that fits, with the actions in this process; conversations are kept in memory."""
    return Assistant.load(fitting(home()), actions=ActionsInProcess("actions"))


@lru_cache(maxsize=1)
def _migrated() -> Path:
    """A database with nothing in it, made once and copied for each conversation."""
    path = Path(tempfile.mkdtemp()) / "empty.db"
    migrate(f"sqlite:///{path}")
    return path


def fresh_database(folder: Path) -> str:
    """The URL of an empty database in a folder; the actions use it from now on."""
    path = folder / "conversation.db"
    shutil.copy(_migrated(), path)
    url = f"sqlite:///{path}"
    os.environ["BUYER_PROTECTION_DATABASE_URL"] = url
    return url
