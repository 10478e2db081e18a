"""What tests of every room may use: the model that fits, in a process without TensorFlow and with quiet logs."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from buyer_protection.logs import keep_quiet
from buyer_protection.settings import home
from tests.conversations.transcript import all_transcripts, paths
from turns.model import NoModel, fitting
from turns.without_tensorflow import keep_tensorflow_out

keep_tensorflow_out()

# A machine that stalls is no property of what is tested.
settings.register_profile("stalling", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("stalling")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest that need no worker of their own begin first, so that at the end none waits for another."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(autouse=True, scope="session")
def quiet_logs() -> None:
    """No test prints what Rasa would log of a conversation."""
    keep_quiet()


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What is logged in a test."""
    stream = StringIO()
    keep_quiet(stream=stream)
    yield stream
    keep_quiet()


@pytest.fixture(scope="session")
def model_path() -> Path:
    """The archive of the model that fits the tree."""
    try:
        return fitting(home())
    except NoModel as none:
        pytest.fail(str(none))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """After the transcripts were replayed, say how many there are and how many different paths they go."""
    reports = (report for found in terminalreporter.stats.values() for report in found)
    if any("test_the_conversation_goes_as_written" in getattr(report, "nodeid", "") for report in reports):
        transcripts = all_transcripts()
        terminalreporter.write_line(f"{len(transcripts)} transcripts go {len(paths(transcripts))} different paths")
