"""The browser that the tests drive: Debian's Chromium where the set-up found or installed it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pytest
from playwright.sync_api import Browser, sync_playwright

from buyer_protection.settings import home

#: What a machine without a screen needs, and nothing that asks anybody outside of it for anything.
ARGUMENTS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
MISSING: Final = "there is no Chromium for the tests of the widget: run `make browser`, or install chromium"


def path_of_chromium() -> str:
    """Where it is; empty where there is none."""
    command = ["sh", str(home() / "scripts" / "find-chromium.sh")]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    return found.stdout.strip()


def required_chromium() -> str:
    """Where it is. Without it the test is skipped with a sentence, or fails where CI is set."""
    path = path_of_chromium()
    if not path:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(MISSING)
    return path


@contextmanager
def chromium(path: str) -> Iterator[Browser]:
    """Starts the browser at a path, and ends it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()
