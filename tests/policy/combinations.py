"""Every combination of the discrete facts that bear on a claim, times the days around the tenth.

A combination is a dictionary by JSON names, as `Facts.from_dict` takes it.
Each fact is walked over all its values, over unknown, and over `cannot_tell` where the specification allows that.
Facts that cannot bear on a claim are left out here; `test_ignored_facts.py` shows that they are ignored.
Dates are days before `ON`: ten days lead back over the end of a month and over a leap day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any

ON = date(2024, 3, 5)

Told = dict[str, Any]


def ago(days: int) -> str:
    """The day that lies some days before `ON`, in ISO form."""
    return (ON - timedelta(days=days)).isoformat()


def unknown_or(name: str, *values: Any, untold: bool = False) -> list[Told]:
    """A fact unknown, with each of its values and, where that is an answer, not to be told."""
    return [{}, *({name: value} for value in values), *([{"cannot_tell": [name]}] if untold else [])]


ESCROW = unknown_or("paid_through_escrow", True, False, untold=True)
METHOD = unknown_or("payment_method", "paypal", "other")
REFUND_REQUEST = [
    *unknown_or("refund_requested", False, True),
    *({"refund_requested_on": ago(days)} for days in (9, 10, 11)),
]
RESPONSE = unknown_or("supplier_response", "none", "negotiating", "agreed", "refused", "refunded", untold=True)
OFFSITE = unknown_or("supplier_asked_offsite_payment", True)
ALWAYS = [ESCROW, METHOD, REFUND_REQUEST, RESPONSE, OFFSITE]

UNCONFISCATED = (
    "not_shipped",
    "no_valid_tracking",
    "in_transit",
    "delivered",
    "delivered_elsewhere",
    "returned",
    "lost",
)
CARRIER = [
    *unknown_or("carrier_status", *UNCONFISCATED, untold=True),
    {"carrier_status": "lost", "verified": ["carrier_status"]},
    *(
        {"carrier_status": "confiscated", **cause}
        for cause in unknown_or("confiscation_cause", "supplier", "other", untold=True)
    ),
]
DUE = unknown_or("delivery_due_on", ago(1), ago(0), ago(-1), untold=True)
DELIVERY_PROVED = unknown_or("supplier_proved_delivery", True)
DESCRIPTION_PROVED = unknown_or("supplier_proved_description", True)
EVIDENCE = unknown_or("evidence", 0, 1)


def listing(*statements: str) -> list[Told]:
    """A listing unknown, untold, with nothing said, and with each combination of the statements that matter."""
    said: list[list[str]] = [[]]
    for statement in statements:
        said += [[*before, statement] for before in said]
    return unknown_or("listing_said", *said, untold=True)


def fault(broken_listing: list[Told]) -> list[Told]:
    """Where the listing said defective, whether the fault is the one that it named."""
    asked = unknown_or("fault_was_listed", True, False, untold=True)
    return [
        {**said, **answer}
        for said in broken_listing
        for answer in (asked if "defective" in said.get("listing_said", ()) else [{}])
    ]


COMPLAINT = [
    *unknown_or("complaint", "different", "below_expectations"),
    *(
        {"complaint": complaint, **said}
        for complaint in ("used", "defective", "minor_scratches")
        for said in listing("used", "defective")
    ),
]
COUNTED = [
    {**ordered, **received, "cannot_tell": [*ordered.get("cannot_tell", []), *received.get("cannot_tell", [])]}
    for ordered in unknown_or("quantity_ordered", 20, untold=True)
    for received in unknown_or("quantity_received", 5, untold=True)
]

#: What is walked beside `ALWAYS`, by claim type (None: not yet known).
WALKED: dict[str | None, list[list[Told]]] = {
    None: [],
    "not_received": [CARRIER, DUE, DELIVERY_PROVED],
    "not_as_described": [COMPLAINT, DESCRIPTION_PROVED, EVIDENCE],
    "counterfeit": [listing("imitation"), DESCRIPTION_PROVED, EVIDENCE],
    "broken": [
        fault(listing("defective")),
        unknown_or("receipt_slip_signed", True, False, untold=True),
        DESCRIPTION_PROVED,
        EVIDENCE,
    ],
    "missing_parts": [COUNTED, DESCRIPTION_PROVED, EVIDENCE],
    "unwanted": [],
}


def combinations(claim_type: str | None, every: int = 1) -> Iterator[Told]:
    """All combinations for a claim type, or one in every so many."""
    start: Told = {"claim_type": claim_type} if claim_type else {}
    for number, parts in enumerate(product(*ALWAYS, *WALKED[claim_type])):
        if number % every:
            continue
        told: Told = dict(start)
        untold: list[str] = []
        for part in parts:
            untold += part.get("cannot_tell", ())
            told.update(part)
        told["cannot_tell"] = untold
        yield told
