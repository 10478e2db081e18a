"""Every test here that takes `engine` runs on SQLite and on PostgreSQL; with `store` in a folder and over S3."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from buyer_protection.evidence import Store
from tests.disputes.conftest import engine, url
from tests.evidence.stores import KINDS, store_at

__all__ = ["engine", "url"]


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store: a folder, and a bucket of an S3 server."""
    with store_at(request.param, tmp_path) as made:
        yield made
