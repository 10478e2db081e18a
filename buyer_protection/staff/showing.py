"""What commands print: JSON for programs, tables for people at a terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, timezone
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from buyer_protection.policy import Assessment, why


def for_people() -> bool:
    """Whether somebody reads along; else a program does."""
    return sys.stdout.isatty()


def as_json(value: Any) -> None:
    """Print a value as JSON; dates and instants in ISO form."""
    print(json.dumps(value, indent=2, ensure_ascii=False, default=_in_json))


def as_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows under their columns; what people wrote is shown as it is, without any power over the terminal."""
    table = Table(title=Text(title), title_justify="left")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text(plain(value)) for value in row))
    Console().print(table)


def as_fields(title: str, values: Mapping[str, object]) -> None:
    """Print one thing's fields, one below the other, those without a value left out."""
    as_table(title, ("", ""), [(name, value) for name, value in values.items() if value not in (None, "", [], {})])


def as_assessment(assessment: Assessment) -> None:
    """Print an assessment and why it says what it says."""
    as_fields("Assessment", assessment.to_dict())
    rows = [(reason.part, reason.clause, reason.facts, reason.verified) for reason in why(assessment)]
    as_table("Why", ("part", "clause", "facts", "verified"), rows)


def plain(value: object) -> str:
    """A value in words, with every letter that a terminal could obey replaced."""
    text = _in_words(value)
    return "".join(letter if letter.isprintable() or letter == "\n" else "\N{REPLACEMENT CHARACTER}" for letter in text)


def document(record: Any, *without: str) -> dict[str, Any]:
    """A record's fields by name."""
    return {name: value for name, value in asdict(record).items() if name not in without}


def _in_words(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value.astimezone(timezone.utc):%Y-%m-%d %H:%M} UTC"
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {_in_words(found)}" for name, found in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(_in_words(found) for found in value) or "none"
    return str(value)


def _in_json(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
