"""Whether what a page shows is accessible: axe-core's rules for WCAG 2.2, levels A and AA, into the shadow tree."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_STANDARDS: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_OPTIONS: Final = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": _STANDARDS}}


def barriers(page: Page) -> list[str]:
    """What stands in the way of somebody on this page, a line for each place; nothing where all is well."""
    page.wait_for_function("document.getAnimations().every(each => each.playState !== 'running')")
    found = _axe().run(page, options=_OPTIONS).response["violations"]
    return [f"{rule['id']}: {_place(node)}: {node['failureSummary']}" for rule in found for node in rule["nodes"]]


@lru_cache(maxsize=1)
def _axe() -> Axe:
    return Axe()


def _place(node: dict[str, Any]) -> str:
    return f"{node['target']} {node['html'][:160]}"
