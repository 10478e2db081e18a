"""What the README and the docs name exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from buyer_protection.settings import Settings, variable

ROOT = Path(__file__).parent.parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
_MADE_WHEN_RUN = ("var/", ".venv/", "models/", ".cache/")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_path_that_is_named_exists(page: Path) -> None:
    """A path in backticks with a slash or an ending of ours is a path of the repository."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for name in re.findall(r"`([a-z_.]+/[A-Za-z0-9_./-]*|[A-Za-z0-9_-]+\.(?:yml|toml|md|lock))`", text):
        if name.startswith(_MADE_WHEN_RUN):
            continue
        rooms = ("actions", "buyer_protection", "data/nlu")
        places = [ROOT / name, page.parent / name, *(ROOT / room / name for room in rooms)]
        assert any(place.exists() for place in places), f"{page.name} names {name}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_make_target_that_is_named_exists(page: Path) -> None:
    """A make target in backticks or a code block is in the Makefile."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for target in re.findall(r"(?:`|^|\s)make ([a-z]+)(?:`|\s*$|\s+#)", page.read_text(encoding="utf-8"), re.MULTILINE):
        assert target in targets, f"{page.name} names make {target}"


def test_every_setting_is_documented() -> None:
    """A setting that is not in docs/settings.md does not exist for whoever runs this."""
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")

    missing = [name for name in Settings.__fields__ if f"`{variable(name)}`" not in page]

    assert missing == []
