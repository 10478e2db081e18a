"""Claims to test with: for each type one that is eligible, and whatever a test wants to be different."""

from __future__ import annotations

from datetime import date
from typing import Any

from buyer_protection.policy import Assessment, Facts, assess

#: The first refund request went out on the 1st: a dispute can be submitted from the 11th on.
REQUESTED_ON = date(2024, 5, 1)
TENTH_DAY = date(2024, 5, 11)

_SETTLED: dict[str, dict[str, Any]] = {
    "not_received": {"carrier_status": "in_transit"},
    "not_as_described": {"complaint": "different", "evidence": 1},
    "counterfeit": {"listing_said": [], "evidence": 1},
    "broken": {"listing_said": [], "evidence": 1},
    "missing_parts": {"evidence": 1},
    "unwanted": {},
}

RECEIVED = ("not_as_described", "counterfeit", "broken", "missing_parts")
DISPUTABLE = ("not_received", *RECEIVED)


def a_claim(claim_type: str, **different: Any) -> dict[str, Any]:
    """An eligible claim of a type by JSON names; a fact given as None is left out."""
    told = {
        "claim_type": claim_type,
        "paid_through_escrow": True,
        "refund_requested_on": REQUESTED_ON.isoformat(),
        "supplier_response": "refused",
        **_SETTLED[claim_type],
        **different,
    }
    return {name: value for name, value in told.items() if value is not None}


def without_request(claim_type: str, **different: Any) -> dict[str, Any]:
    """A claim of which no refund request is known."""
    return a_claim(claim_type, **{"refund_requested_on": None, "supplier_response": None, **different})


def assessed(told: dict[str, Any], on: date = TENTH_DAY) -> Assessment:
    """What the policy says of a claim by JSON names."""
    return assess(Facts.from_dict(told), on)
