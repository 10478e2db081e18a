"""What is known of a case: the facts, checked as they come in.

Absent and null mean unknown, and so does false for a fact that is only ever volunteered.
A `Facts` that exists is valid: whatever cannot be true together is refused with the name of the field.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from buyer_protection.policy.edition import Edition
from buyer_protection.policy.values import FactError, checked, names, one_of, payment_methods
from buyer_protection.policy.vocabulary import FACT_NAMES, MAY_BE_UNTOLD


@dataclass(frozen=True)
class Facts:
    """The facts of one case, under the names of the specification; None means unknown.

    `listing_said` empty means that the listing said none of it.
    `cannot_tell` names facts that the buyer was asked and does not know.
    `verified` names given facts that a record vouches for.
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
            object.__setattr__(self, name, checked(name, getattr(self, name)))
        for name in ("cannot_tell", "verified"):
            object.__setattr__(self, name, names(name, getattr(self, name)))
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
        """Read facts by their JSON names, dates as ISO strings; `FactError` names an unknown or impossible field.

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
            one_of("payment_method", method, payment_methods(editions))
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
