"""Reads the labelled messages: see README.md beside this."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent
_MARK: Final = re.compile(
    r"\[(?P<denied>!?)(?P<words>[^\[\]]+)\]\((?P<entity>\w+)(?::(?P<role>\w+))?(?:=(?P<value>\w+))?\)"
)


@dataclass(frozen=True)
class Marked:
    """What a message says: `start` and `end` are places in its text; empty `role` and `value` where there is none."""

    entity: str
    start: int
    end: int
    role: str
    value: str
    is_denied: bool


@dataclass(frozen=True)
class Labelled:
    """A message as a buyer would have sent it, and what is marked in it."""

    text: str
    marked: tuple[Marked, ...]


def labelled(name: str) -> list[Labelled]:
    """The messages of `open`, `sealed` or `phrasings`."""
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [_read(line) for line in lines if line.strip()]


def _read(line: str) -> Labelled:
    text, at, marked = "", 0, []
    for found in _MARK.finditer(line):
        text += line[at : found.start()]
        start = len(text)
        text += found["words"]
        marked.append(
            Marked(found["entity"], start, len(text), found["role"] or "", found["value"] or "", bool(found["denied"]))
        )
        at = found.end()
    return Labelled(text + line[at:], tuple(marked))
