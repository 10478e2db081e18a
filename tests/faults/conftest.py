"""Fixtures of the fault tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.faults.places import KINDS, Place, grouped, place_on

HERE: Final = Path(__file__).parent


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests of a kind stand together, so that its place is made once: pytest takes the only kind for the first."""
    here = [number for number, item in enumerate(items) if HERE in item.path.parents]
    ordered = sorted((items[number] for number in here), key=kind_of)
    for number, item in zip(here, ordered, strict=True):
        items[number] = item


def kind_of(item: pytest.Item) -> str:
    """The kind of place that a test happens on; nothing for a test that has none or its own."""
    call = getattr(item, "callspec", None)
    return str(call.params.get("place", "")) if call else ""


@pytest.fixture(scope="session", params=[grouped(kind) for kind in KINDS])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A running assistant that tests share; who breaks it waits until it is whole again."""
    with place_on(request.param, tmp_path_factory.mktemp("place")) as place:
        yield place
