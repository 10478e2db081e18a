"""The list of what it withstands is whole, and every test that it names exists."""

from __future__ import annotations

import re
from pathlib import Path

from buyer_protection.settings import home

#: How many rows the list of threats has of each kind.
ROWS = {"I": 32, "A": 15, "C": 16, "R": 24, "E": 20}
LIST = (home() / "tests" / "faults" / "README.md").read_text(encoding="utf-8")


def test_every_row_is_in_the_list_once() -> None:
    """With the test that shows it, or the reason why there is none."""
    listed = [row for line in LIST.splitlines() if line.startswith("| ") for row in _rows(line)]

    assert sorted(listed) == sorted(
        f"{kind}-{number:02}" for kind, most in ROWS.items() for number in range(1, most + 1)
    )


def test_every_test_in_the_list_exists() -> None:
    """By its name."""
    written = {
        name
        for path in Path(home() / "tests").rglob("test_*.py")
        for name in re.findall(r"^(?:async )?def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }

    assert [name for name in re.findall(r"`(test_\w+)`", LIST) if name not in written] == []


def _rows(line: str) -> list[str]:
    return re.findall(r"[IACRE]-\d\d", line.split("|")[1])
