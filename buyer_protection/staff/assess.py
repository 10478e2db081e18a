"""`assess FACTS.json`: what the policy says of facts in a file."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import typer

from buyer_protection.disputes.known import day_of
from buyer_protection.policy import Facts
from buyer_protection.policy import assess as assessed
from buyer_protection.staff import desk, showing

FactsFile = typer.Argument(..., help="A JSON file with facts by their names; - reads from the standard input.")


def assess(
    facts: Path = FactsFile,
    on: str = typer.Option("", metavar="DATE", help="The day to assess for, like 2024-03-01; today unless given."),
) -> None:
    """What the policy says of facts: JSON, or a table on a terminal."""
    known = Facts.from_dict(_read(facts))
    assessment = assessed(known, _day(on) if on else day_of(known, desk.now()))
    if showing.for_people():
        showing.as_assessment(assessment)
    else:
        showing.as_json(assessment.to_dict())


def _read(path: Path) -> Any:
    try:
        text = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        return json.loads(text.decode("utf-8"))
    except OSError as error:
        raise desk.BadInput(f"{path}: {error.strerror or 'cannot be read'}") from error
    except (ValueError, RecursionError) as error:
        where = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise desk.BadInput(f"{path}: this is not JSON{where}") from error


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise desk.BadInput(f"--on: {text!r} is no day of the calendar like 2024-03-01") from error
