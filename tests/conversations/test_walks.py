"""Seeded conversations of legal and illegal moves through the real model and the real actions; see walk/."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from tests.conversations.walk.many import Failure, failures_of

#: 5,000 by `make walk`.
WALKS: Final = int(os.environ.get("WALKS", "300"))
_BLOCK: Final = 15


@pytest.fixture(autouse=True)
def settings_of_a_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database is named by each walk."""
    monkeypatch.setenv("BUYER_PROTECTION_DATABASE_URL", "")
    monkeypatch.setenv("BUYER_PROTECTION_ENV", "development")


@pytest.mark.parametrize("first", range(0, WALKS, _BLOCK), ids=lambda first: f"from seed {first}")
def test_whatever_buyers_do_all_that_must_hold_does(first: int, run: Callable[[Any], Any], tmp_path: Path) -> None:
    """After each turn of each walk; a failure is printed as a transcript that can be kept."""
    failures: list[Failure] = run(failures_of(range(first, min(first + _BLOCK, WALKS)), tmp_path))

    assert not failures, "\n\n".join(map(str, failures))
