"""The gateway and Rasa with the trained model, started once for all tests that do not break them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.disputes.conftest import engine, url
from tests.disputes.databases import KINDS, migrated_database
from tests.gateway.served import Page, Served, served

#: Databases without rows, as the tests of disputes have them.
__all__ = ["engine", "page", "running", "url"]


@pytest.fixture(scope="session", params=KINDS)
def running(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The running processes, on SQLite and on PostgreSQL; no limits but where a test sets them."""
    folder = tmp_path_factory.mktemp("served")
    with (
        pytest.MonkeyPatch.context() as patch,
        migrated_database(request.param, folder) as database,
        served(folder, database, patch, rate_limits="", log_level="debug") as started,
    ):
        yield started


def on(kind: str) -> pytest.MarkDecorator:
    """A test that happens on this database alone, because what it shows is the same on each."""
    return pytest.mark.parametrize("running", [kind], indirect=True, scope="session")


@pytest.fixture
def page(running: Served) -> Page:
    """The page of a buyer who was never here."""
    return running.page()
