"""Running a command: as a program would, and in front of a terminal as a person would."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest

from buyer_protection.staff import showing
from buyer_protection.staff.cli import run


@dataclass
class Said:
    """What a command answered."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its output, read as JSON."""
        return json.loads(self.out)

    @property
    def line(self) -> str:
        """The one line on what was wrong; it was refused with status 2, and nothing else was said."""
        assert self.status == 2, self
        assert self.out == ""
        assert self.err.count("\n") == 1, self.err
        return self.err.strip()


class Terminal:
    """Where commands are typed."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys = capsys
        self._monkeypatch = monkeypatch

    def __call__(self, *arguments: object, for_people: bool = False) -> Said:
        """Run one command with its arguments."""
        self._capsys.readouterr()
        self._monkeypatch.setattr(showing, "for_people", lambda: for_people)
        self._monkeypatch.setenv("COLUMNS", "200")
        status = run([str(argument) for argument in arguments])
        captured = self._capsys.readouterr()
        return Said(status, captured.out, captured.err)
