"""`assess FACTS.json`, for programs and for people."""

from __future__ import annotations

import io
import json
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
import time_machine

from tests.disputes.made_up import NOT_RECEIVED
from tests.staff.terminal import Terminal


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    """A file with facts."""
    path = tmp_path / "facts.json"
    path.write_text(json.dumps(NOT_RECEIVED), encoding="utf-8")
    return path


def test_a_program_gets_the_assessment_as_json(command: Terminal, facts: Path) -> None:
    """For the day that it names, with every field."""
    said = command("assess", facts, "--on", "2024-02-29")

    assert said.status == 0
    assert (said.json["outcome"], said.json["earliest_dispute_on"]) == ("wait", "2024-03-01")
    assert list(said.json) == [
        "outcome",
        "clauses",
        "missing",
        "optional",
        "earliest_dispute_on",
        "remedies",
        "warnings",
        "notes",
        "rests_on",
        "edition",
    ]


@time_machine.travel(datetime(2024, 3, 1, 0, 0, 1, tzinfo=timezone.utc), tick=False)
def test_without_a_day_it_is_today_on_the_policys_own_calendar(command: Terminal, facts: Path) -> None:
    """A second after midnight there, whatever the machine's zone says."""
    assert command("assess", facts).json["outcome"] == "eligible"


def test_a_person_gets_a_table_with_the_reasons(command: Terminal, facts: Path) -> None:
    """Which fact decided which clause."""
    said = command("assess", facts, "--on", "2024-02-29", for_people=True)

    assert "wait" in said.out
    assert "WAIT-1" in said.out
    assert "refund_requested_on: 2024-02-20" in said.out


def test_facts_are_read_from_the_standard_input(command: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the file is a dash."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b'{"claim_type": "unwanted"}')))

    assert command("assess", "-").json["clauses"] == ["EXC-3", "NAD-X3"]


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b'{"claim_type": "theft"}', "claim_type"),
        (b'{"colour": 1}', "colour"),
        (b'{"refund_requested_on": "2024-02-30"}', "refund_requested_on"),
        (b"[1]", "facts"),
        (b'{"claim_type"', "this is not JSON, line 1"),
        (b"\xff\xfe", "this is not JSON"),
        (b"[" * 100_000, "this is not JSON"),
        (b"", "this is not JSON"),
    ],
)
def test_what_cannot_be_facts_is_one_line(command: Terminal, tmp_path: Path, content: bytes, named: str) -> None:
    """That names what is wrong."""
    path = tmp_path / "facts.json"
    path.write_bytes(content)

    assert named in command("assess", path).line


@pytest.mark.parametrize("day", ["2024-02-30", "yesterday", "01/03/2024"])
def test_a_day_that_is_none_is_one_line(command: Terminal, facts: Path, day: str) -> None:
    """And is repeated."""
    assert day in command("assess", facts, "--on", day).line


def test_a_file_that_is_not_there_or_a_folder_is_one_line(command: Terminal, tmp_path: Path) -> None:
    """With its name."""
    for path in (tmp_path / "none.json", tmp_path):
        assert str(path) in command("assess", path).line


@pytest.mark.parametrize(
    "arguments", [["frob"], ["disputes", "frob"], ["assess"], ["token"], ["disputes", "list", "--colour"]]
)
def test_a_command_that_there_is_not_is_one_line(command: Terminal, arguments: list[Any]) -> None:
    """Not a page."""
    assert command(*arguments).line
