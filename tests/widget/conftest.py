"""A browser, a marketplace's page and the real assistant behind it, started once for all tests of the widget."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.disputes.databases import migrated_database
from tests.evidence.files import photo, video
from tests.faults.stage import SECRET, Stage, fresh_buyer
from tests.widget.chat import Chat
from tests.widget.chromium import chromium, required_chromium
from tests.widget.devices import DEVICES
from tests.widget.owners_page import OwnersSite, owners_site
from tests.widget.watched import Watched

HERE: Final = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker has all of these tests, so that browser and assistant are started once."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("widget"))


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Where the browser is."""
    return required_chromium()


@pytest.fixture(scope="package")
def browser(chromium_path: str) -> Iterator[Browser]:
    """The browser; it ends with this folder's tests, because the loop that it holds is in the way of others."""
    with chromium(chromium_path) as running:
        yield running


@pytest.fixture(scope="package")
def site(chromium_path: str) -> Iterator[OwnersSite]:
    """The marketplace's site."""
    with owners_site() as running:
        yield running


@pytest.fixture(scope="package")
def stage(site: OwnersSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The real gateway, Rasa, actions and SQLite, as on a development machine; the site may speak for buyers."""
    folder = tmp_path_factory.mktemp("widget")
    with (
        migrated_database("sqlite", folder) as url,
        Stage(folder, url, origins=site.origin, rate_limits="") as running,
    ):
        site.embeds(gateway_of(running), SECRET)
        yield running


def gateway_of(stage: Stage) -> str:
    """The address of the gateway."""
    return f"http://127.0.0.1:{stage.ports[0]}"


@pytest.fixture
def opened(browser: Browser, stage: Stage, site: OwnersSite) -> Iterator[Callable[..., Chat]]:
    """Opens a marketplace's page, or the demo shop, for a buyer on a device: a new buyer's unless one is named.

    At the end no page may have complained of anything.
    """
    contexts: list[tuple[BrowserContext, Watched]] = []

    def open_page(
        buyer: str = "",
        *,
        at_demo_shop: bool = False,
        device: str = "desktop",
        locale: str = "en",
        direction: str = "ltr",
        **looks: Any,
    ) -> Chat:
        context = browser.new_context(**{**DEVICES[device], **looks})
        contexts.append((context, Watched(context)))
        context.set_default_timeout(20_000)
        buyer = buyer or fresh_buyer("demo" if at_demo_shop else "buyer")
        page = context.new_page()
        of_shop = f"{gateway_of(stage)}/?{urlencode({'buyer': buyer, 'locale': locale})}"
        page.goto(of_shop if at_demo_shop else site.page_of(buyer, locale, direction))
        return Chat(page, buyer, gateway_of(stage))

    yield open_page
    for context, _ in contexts:
        context.close()
    assert [line for _, watched in contexts for line in watched.violations] == []
    assert [line for _, watched in contexts for line in watched.errors] == []


@pytest.fixture
def chat(opened: Callable[..., Chat]) -> Chat:
    """The widget on a desktop, of a buyer who was never here."""
    return opened()


@pytest.fixture(scope="session")
def a_photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real photo, as a telephone makes it."""
    return photo(tmp_path_factory.mktemp("photo") / "lamp.jpg")


@pytest.fixture(scope="session")
def a_video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real video of two seconds."""
    return video(tmp_path_factory.mktemp("video") / "unpacking.mp4")
