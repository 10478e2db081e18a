"""What is known of a case: the facts, checked as they come in.

Absent and null mean unknown, and so does false for a fact that is only ever volunteered.
A `Facts` that exists is valid: whatever cannot be true together is refused with the name of the field.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from buyer_protection.policy.edition import Edition, shipped_editions
from buyer_protection.policy.vocabulary import (
    CHOICES,
    COUNTS,
    DATES,
    FACT_NAMES,
    LISTING_STATEMENTS,
    MAY_BE_UNTOLD,
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


@dataclass(frozen=True)
class Facts:
    """The facts of one case, under the names of the specification; None means unknown.

    `listing_said` empty means that the listing said none of it.
    `cannot_tell` names facts that the buyer was asked and does not know; `verified` given facts that a record vouches for.
    Dates are calendar days, counts whole numbers from 0.
    Raises `FactError` for a value that cannot be.
    """

    claim_type: str | None = None
    paid_through_escrow: bool | None = None
    payment_method: str | None = None
    refund_requested: bool | None = None
    refund_requested_on: date | None = None
    supplier_response: str | None = None
    supplier_asked_offsite_payment: bool | None = None
    delivery_due_on: date | None = None
    carrier_status: str | None = None
    confiscation_cause: str | None = None
    supplier_proved_delivery: bool | None = None
    supplier_proved_description: bool | None = None
    complaint: str | None = None
    listing_said: frozenset[str] | None = None
    fault_was_listed: bool | None = None
    receipt_slip_signed: bool | None = None
    quantity_ordered: int | None = None
    quantity_received: int | None = None
    evidence: int | None = None
    cannot_tell: frozenset[str] = frozenset()
    verified: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for name in FACT_NAMES:
            object.__setattr__(self, name, _checked(name, getattr(self, name)))
        for name in ("cannot_tell", "verified"):
            object.__setattr__(self, name, _names(name, getattr(self, name)))
        self._settle_refund_request()
        self._refuse_contradictions()

    def _settle_refund_request(self) -> None:
        """A day of the refund request says that there was one."""
        if self.refund_requested_on is None:
            return
        if self.refund_requested is False:
            raise FactError("refund_requested_on", "a day is given, but refund_requested says there was no request")
        object.__setattr__(self, "refund_requested", True)
        if "refund_requested_on" in self.verified:
            object.__setattr__(self, "verified", self.verified | {"refund_requested"})

    def _refuse_contradictions(self) -> None:
        for name in sorted(self.cannot_tell):
            if name not in MAY_BE_UNTOLD:
                raise FactError("cannot_tell", f"{name} cannot be left untold")
            if self.knows(name):
                raise FactError("cannot_tell", f"{name} is given")
        for name in sorted(self.verified):
            if name not in FACT_NAMES or not self.knows(name):
                raise FactError("verified", f"{name} is not a given fact")

    def knows(self, name: str) -> bool:
        """Whether a fact is given."""
        return getattr(self, name) is not None

    def settled(self, name: str) -> bool:
        """Whether a fact need not be asked: it is given, or the buyer cannot tell."""
        return self.knows(name) or name in self.cannot_tell

    def given(self) -> tuple[str, ...]:
        """The names of the given facts, in the order of the specification."""
        return tuple(name for name in FACT_NAMES if self.knows(name))

    def with_(self, **changes: Any) -> Facts:
        """The same facts with some of them changed; a fact that is given now is no longer one that cannot be told."""
        untold = frozenset(changes.pop("cannot_tell", self.cannot_tell))
        told = {name for name, value in changes.items() if value is not None}
        return replace(self, **changes, cannot_tell=untold - told)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any], editions: Sequence[Edition] | None = None) -> Facts:
        """Read facts by their JSON names (dates as ISO strings); raises `FactError` naming an unknown or impossible field.

        A way to pay must be one that some edition lists (the shipped ones unless others are given), or `other`.
        """
        if not isinstance(values, Mapping):
            raise FactError("facts", "an object with the names of facts is expected")
        known = {field.name for field in fields(cls)}
        for name in values:
            if name not in known:
                raise FactError(str(name), "is not a fact of the policy")
        method = values.get("payment_method")
        if method is not None:
            _one_of("payment_method", method, payment_methods(editions))
        return cls(**{name: value for name, value in values.items() if value is not None})

    def to_dict(self) -> dict[str, Any]:
        """The given facts by their JSON names, dates as ISO strings, lists sorted."""
        result = {name: _json(getattr(self, name)) for name in self.given()}
        for name in ("cannot_tell", "verified"):
            if getattr(self, name):
                result[name] = _json(getattr(self, name))
        return result


def _json(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return sorted(value) if isinstance(value, frozenset) else value


def _checked(name: str, value: Any) -> Any:
    """A fact's value as it is kept, or `FactError`."""
    if value is None:
        return None
    if name in CHOICES:
        return _one_of(name, value, CHOICES[name])
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


def _one_of(name: str, value: Any, allowed: tuple[str, ...]) -> str:
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
    statements = _names(name, value)
    for statement in sorted(statements):
        _one_of(name, statement, LISTING_STATEMENTS)
    return statements


def _names(name: str, value: Any) -> frozenset[str]:
    if isinstance(value, (str, bytes, Mapping)) or not isinstance(value, Collection):
        raise FactError(name, "a list of names is expected")
    if not all(isinstance(item, str) for item in value):
        raise FactError(name, "a list of names is expected")
    return frozenset(value)
