"""The value of one fact, checked as it comes in."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from buyer_protection.policy.edition import Edition, shipped_editions
from buyer_protection.policy.vocabulary import (
    CHOICES,
    COUNTS,
    DATES,
    LISTING_STATEMENTS,
    OTHER_METHOD,
    VOLUNTEERED,
    YES_NO,
)


class FactError(ValueError):
    """A fact that cannot be: `field` is its name, the message says what is expected."""

    def __init__(self, field: str, expected: str) -> None:
        super().__init__(f"{field}: {expected}")
        self.field = field
        self.expected = expected


def checked(name: str, value: Any) -> Any:
    """A fact's value as it is kept, or `FactError`."""
    if value is None:
        return None
    if name in CHOICES:
        return one_of(name, value, CHOICES[name])
    if name == "payment_method":
        return _method(value)
    if name in YES_NO:
        return _yes_no(name, value)
    if name in VOLUNTEERED:
        return _yes_no(name, value) or None
    if name in DATES:
        return _date(name, value)
    if name in COUNTS:
        return _count(name, value)
    return _statements(name, value)


def payment_methods(editions: Sequence[Edition] | None = None) -> tuple[str, ...]:
    """Every way to pay that some edition lists (PAY-2), and `other`."""
    known = shipped_editions() if editions is None else editions
    listed = {method: None for edition in known for method in edition.payment_methods}
    return (*listed, OTHER_METHOD)


def _method(value: Any) -> str:
    """The lists are data, so any name may be on one; what no edition lists counts like `other`."""
    if not isinstance(value, str) or not value.isidentifier():
        raise FactError("payment_method", "a name like bank_transfer is expected")
    return value


def one_of(name: str, value: Any, allowed: tuple[str, ...]) -> str:
    """The value if it is one of those allowed, or `FactError`."""
    if not isinstance(value, str) or value not in allowed:
        raise FactError(name, f"one of {', '.join(allowed)} is expected")
    return value


def _yes_no(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise FactError(name, "true or false is expected")
    return value


def _date(name: str, value: Any) -> date:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise FactError(name, "a day of the calendar like 2024-03-01 is expected") from error
    if not isinstance(value, date) or isinstance(value, datetime):
        raise FactError(name, "a day of the calendar like 2024-03-01 is expected")
    return value


def _count(name: str, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise FactError(name, "a whole number from 0 is expected")
    return value


def _statements(name: str, value: Any) -> frozenset[str]:
    statements = names(name, value)
    for statement in sorted(statements):
        one_of(name, statement, LISTING_STATEMENTS)
    return statements


def names(name: str, value: Any) -> frozenset[str]:
    """A list of names as a set, or `FactError`."""
    if isinstance(value, (str, bytes, Mapping)) or not isinstance(value, Collection):
        raise FactError(name, "a list of names is expected")
    if not all(isinstance(item, str) for item in value):
        raise FactError(name, "a list of names is expected")
    return frozenset(value)
