"""Every test here that takes `engine` or `url` runs on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from buyer_protection.disputes import connect
from tests.disputes.databases import KINDS, migrated_database


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A migrated database without rows."""
    with migrated_database(request.param, tmp_path) as made:
        yield made


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """An engine for it, as the actions have one."""
    made = connect(url)
    yield made
    made.dispose()
