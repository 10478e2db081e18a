"""A database of their own for orders, on SQLite and on PostgreSQL, and a shop's server on loopback."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.disputes.conftest import engine, url
from tests.orders.shop import Shop

__all__ = ["engine", "url"]


@pytest.fixture
def shop() -> Iterator[Shop]:
    """A shop's server that answers as the test says."""
    with Shop() as running:
        yield running
