"""Made-up buyers and what they tell."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta, timezone
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from buyer_protection.disputes import Dispute, KeptClaim, Opened, find_dispute, keep_claim, open_dispute
from buyer_protection.disputes.evidence_tables import evidence

BUYER = "buyer-1"
REQUESTED_ON = date(2024, 2, 20)
#: Ten days later, over a leap day.
NOW = datetime(2024, 3, 1, 0, 0, tzinfo=timezone.utc)
DAY_NINE = NOW - timedelta(milliseconds=1)

NOT_RECEIVED: dict[str, Any] = {
    "claim_type": "not_received",
    "paid_through_escrow": True,
    "carrier_status": "in_transit",
    "refund_requested_on": REQUESTED_ON.isoformat(),
    "supplier_response": "none",
}
BROKEN: dict[str, Any] = {
    "claim_type": "broken",
    "paid_through_escrow": True,
    "listing_said": [],
    "refund_requested_on": REQUESTED_ON.isoformat(),
    "supplier_response": "refused",
}


def keep(engine: Engine, claim_id: str = "claim-1", **changes: Any) -> KeptClaim:
    """A kept claim of a parcel that did not come, complete unless something else is said."""
    told: dict[str, Any] = {
        "buyer_id": BUYER,
        "turn_id": "turn-1",
        "now": NOW,
        "facts": NOT_RECEIVED,
        "order_id": "8001-22",
        "item": "lamp",
        "statement": "Nothing came.",
        "wish": "My money back.",
    }
    return keep_claim(engine, claim_id=claim_id, **(told | changes))


def hand_in(engine: Engine, claim_id: str = "claim-1", sha256: str = "0" * 64, counts: bool = True) -> None:
    """The row of an accepted photo; or of a file that is kept and not counted."""
    row = {
        "claim_id": claim_id,
        "sha256": sha256,
        "media_type": "image/jpeg",
        "size": 1,
        "original_name": "a.jpg",
        "stored_name": f"{claim_id}-{sha256[-8:]}.jpg",
        "attached_at": NOW,
        "attached_by": "ann",
        "evidence_id": secrets.token_urlsafe(16),
        "buyer_id": BUYER,
        "kind": "photo" if counts else "document",
        "counts": counts,
        "shown_name": "",
        "shown_type": "",
        "checked": [],
        "removed": [],
        "channel": "staff",
        "condition": "kept",
    }
    with engine.begin() as connection:
        connection.execute(sa.insert(evidence).values(row))


def opening(engine: Engine, claim_id: str = "claim-1", **changes: Any) -> Any:
    """The answer to opening a dispute for a claim."""
    asked: dict[str, Any] = {"buyer_id": BUYER, "turn_id": "turn-2", "now": NOW}
    return open_dispute(engine, claim_id=claim_id, **(asked | changes))


def opened(engine: Engine, claim_id: str = "claim-1", **changes: Any) -> Dispute:
    """A dispute that was just opened for a kept claim."""
    keep(engine, claim_id, **changes)
    answer = opening(engine, claim_id, buyer_id=changes.get("buyer_id", BUYER))
    assert isinstance(answer, Opened), answer
    dispute = find_dispute(engine, reference=answer.reference)
    assert dispute is not None
    return dispute
