"""The facts that the decision table walks: for each claim type all values of every discrete fact that bears on it.

Unknown is a value, and so is "cannot tell" where the specification allows that answer.
Of the refund request the days around the last waiting day are walked: the day before it, the day itself, the day after.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import Any, Final

from buyer_protection.policy import Edition
from buyer_protection.policy.vocabulary import CHOICES, LISTED_COMPLAINTS, MAY_BE_UNTOLD, OTHER_METHOD, RECEIVED

#: The day on which every combination is looked at; no other would give another table.
ON: Final = date(2024, 3, 5)

UNKNOWN: Final = "unknown"
CANNOT_TELL: Final = "cannot tell"

Told = dict[str, Any]


@dataclass(frozen=True)
class Fact:
    """A column of the table: what its values are called, and the facts that each of them tells.

    `only_where` names a fact told before it and the values (JSON) with which this one matters.
    """

    name: str
    values: dict[str, Told]
    only_where: tuple[str, tuple[Any, ...]] | None = None

    def matters(self, told: Told) -> bool:
        """Whether this fact is to be walked beside what is told already."""
        return self.only_where is None or told.get(self.only_where[0]) in self.only_where[1]


def facts_of(claim_type: str | None, edition: Edition) -> tuple[Fact, ...]:
    """The columns for a claim type, in the order in which the table splits by them."""
    return (
        _yes_no("paid_through_escrow"),
        _fact("payment_method", {edition.payment_methods[0]: edition.payment_methods[0], "other": OTHER_METHOD}),
        *_own_facts(claim_type),
        _refund_request(edition.waiting_days),
        _choice("supplier_response"),
        *([_fact("evidence", {"0": 0, "1": 1})] if claim_type in RECEIVED else []),
        _volunteered("supplier_asked_offsite_payment"),
    )


def _own_facts(claim_type: str | None) -> Iterator[Fact]:
    if claim_type == "not_received":
        yield _carrier_status()
        yield _choice("confiscation_cause", only_where=("carrier_status", ("confiscated",)))
        yield _volunteered("supplier_proved_delivery")
        yield _fact("delivery_due_on", {label: ON + timedelta(days=ahead) for label, ahead in _DUE.items()})
    elif claim_type in RECEIVED:
        yield from _received_facts(claim_type)
        yield _volunteered("supplier_proved_description")


def _received_facts(claim_type: str) -> Iterator[Fact]:
    if claim_type == "not_as_described":
        yield _choice("complaint")
        yield _listing("used", "defective", only_where=("complaint", LISTED_COMPLAINTS))
    elif claim_type == "counterfeit":
        yield _listing("imitation")
    elif claim_type == "broken":
        yield _listing("defective")
        yield _yes_no("fault_was_listed", only_where=("listing_said", (("defective",),)))
        yield _yes_no("receipt_slip_signed")
    else:
        yield _fact("quantity_ordered", {"20": 20})
        yield _fact("quantity_received", {"5": 5})


_DUE = {"over since yesterday": -1, "ends today": 0, "ends tomorrow": 1}


def _fact(name: str, values: dict[str, Any], only_where: tuple[str, tuple[Any, ...]] | None = None) -> Fact:
    told: dict[str, Told] = {UNKNOWN: {}}
    told |= {label: {name: value} for label, value in values.items()}
    if name in MAY_BE_UNTOLD:
        told[CANNOT_TELL] = {"cannot_tell": (name,)}
    return Fact(name, told, only_where)


def _choice(name: str, only_where: tuple[str, tuple[Any, ...]] | None = None) -> Fact:
    return _fact(name, {value: value for value in CHOICES[name]}, only_where)


def _yes_no(name: str, only_where: tuple[str, tuple[Any, ...]] | None = None) -> Fact:
    return _fact(name, {"yes": True, "no": False}, only_where)


def _volunteered(name: str) -> Fact:
    return Fact(name, {"no": {}, "yes": {name: True}})


def _listing(*statements: str, only_where: tuple[str, tuple[Any, ...]] | None = None) -> Fact:
    said = [some for size in range(len(statements) + 1) for some in combinations(statements, size)]
    return _fact("listing_said", {" and ".join(some) or "none of it": some for some in said}, only_where)


def _carrier_status() -> Fact:
    fact = _choice("carrier_status")
    return Fact(
        fact.name, fact.values | {"lost (verified)": {"carrier_status": "lost", "verified": ("carrier_status",)}}
    )


def _refund_request(waiting_days: int) -> Fact:
    days = {f"{days} days ago": days for days in (waiting_days - 1, waiting_days, waiting_days + 1)}
    return Fact(
        "refund request",
        {
            UNKNOWN: {},
            "no": {"refund_requested": False},
            "yes, day unknown": {"refund_requested": True},
            **{label: {"refund_requested_on": ON - timedelta(days=ago)} for label, ago in days.items()},
        },
    )
