"""Fixtures of the fault tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.places import KINDS, Place, grouped, place_on


@pytest.fixture(scope="session", params=[grouped(kind) for kind in KINDS])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A running assistant that tests share; who breaks it waits until it is whole again."""
    with place_on(request.param, tmp_path_factory.mktemp("place")) as place:
        yield place
