"""An edition of the policy: the numbers, the calendar and the lists that the text says and may change.

Editions are documents, not code: one JSON file each in `editions/`.
A claim is judged by the edition in force on the day of its first refund request.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from buyer_protection.policy.vocabulary import OTHER_METHOD

SHIPPED = Path(__file__).parent / "editions"


class EditionError(ValueError):
    """A policy document that cannot be used; the message names the file or the field."""


@dataclass(frozen=True)
class Edition:
    """One edition: `waiting_days` in calendar days on the calendar of `time_zone` (WAIT-1), `payment_methods` (PAY-2).

    `in_force_from` is the first day on which it applies; None means since ever.
    `dated` is what the text says of its own date, for people to read.
    """

    id: str
    title: str
    dated: str
    in_force_from: date | None
    waiting_days: int
    time_zone: str
    payment_methods: tuple[str, ...]

    def accepts(self, method: str) -> bool:
        """Whether this edition lists a way to pay (PAY-2)."""
        return method in self.payment_methods

    def day_of(self, instant: datetime) -> date:
        """The calendar day of an instant on the policy's own calendar; the instant must carry its offset."""
        if instant.utcoffset() is None:
            raise ValueError("instant: needs a time zone")
        return instant.astimezone(ZoneInfo(self.time_zone)).date()


def edition_from_dict(document: Mapping[str, Any]) -> Edition:
    """Check a policy document and return the edition it describes; raises `EditionError` naming the field."""
    if not isinstance(document, Mapping):
        raise EditionError("document: an object with the fields of an edition is expected")
    expected = set(Edition.__dataclass_fields__)
    if set(document) != expected:
        wrong = ", ".join(sorted(expected ^ set(document)))
        raise EditionError(f"{wrong}: every edition has exactly the fields {', '.join(sorted(expected))}")
    for field in ("id", "title", "dated", "time_zone"):
        if not isinstance(document[field], str) or not document[field].strip():
            raise EditionError(f"{field}: a text that is not empty is expected")
    days = document["waiting_days"]
    if isinstance(days, bool) or not isinstance(days, int) or not 0 <= days <= 365:
        raise EditionError("waiting_days: a whole number of days from 0 to 365 is expected")
    try:
        ZoneInfo(document["time_zone"])
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise EditionError(f"time_zone: {document['time_zone']!r} is not a known time zone") from error
    return Edition(
        id=document["id"],
        title=document["title"],
        dated=document["dated"],
        in_force_from=_first_day(document["in_force_from"]),
        waiting_days=days,
        time_zone=document["time_zone"],
        payment_methods=_methods(document["payment_methods"]),
    )


def _first_day(value: object) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)  # type: ignore[arg-type]
    except (TypeError, ValueError) as error:
        raise EditionError("in_force_from: an ISO date or null is expected") from error


def _methods(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or not all(isinstance(m, str) and m.isidentifier() for m in value):
        raise EditionError("payment_methods: a list of names like bank_transfer is expected")
    if len(set(value)) != len(value) or OTHER_METHOD in value:
        raise EditionError(f"payment_methods: each method once, and never {OTHER_METHOD!r}, which always exists")
    return tuple(value)


def load_editions(folder: Path) -> tuple[Edition, ...]:
    """Read every edition in a folder, oldest first; raises `EditionError` where they cannot stand together."""
    found = []
    for path in sorted(folder.glob("*.json")):
        try:
            document = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=_each_field_once)
            found.append(edition_from_dict(document))
        except ValueError as error:  # not an edition, not JSON, or not UTF-8
            raise EditionError(f"{path.name}: {error}") from error
    return in_order(found)


def _each_field_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """JSON takes the last of two fields with one name in silence; a policy document must not."""
    fields = dict(pairs)
    if len(fields) != len(pairs):
        names = [name for name, _ in pairs]
        raise EditionError(f"{next(name for name in names if names.count(name) > 1)}: given twice")
    return fields


def in_order(editions: Sequence[Edition]) -> tuple[Edition, ...]:
    """The same editions, oldest first; one must be in force since ever, ids and first days must differ."""
    ordered = tuple(sorted(editions, key=lambda edition: (edition.in_force_from is not None, edition.in_force_from)))
    if not ordered or ordered[0].in_force_from is not None:
        raise EditionError("in_force_from: one edition must be in force since ever (null)")
    for field in ("id", "in_force_from"):
        if len({getattr(edition, field) for edition in ordered}) != len(ordered):
            raise EditionError(f"{field}: two editions have the same")
    return ordered


@lru_cache(maxsize=1)
def shipped_editions() -> tuple[Edition, ...]:
    """The editions that come with this package, read once, at first use."""
    return load_editions(SHIPPED)


def edition_on(day: date, editions: Sequence[Edition] | None = None) -> Edition:
    """The edition in force on a day."""
    ordered = shipped_editions() if editions is None else in_order(editions)
    return [edition for edition in ordered if edition.in_force_from is None or edition.in_force_from <= day][-1]
