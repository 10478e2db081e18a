"""What an order's record vouches for, under the policy's names (PAY-1, EXC-1, FULL-1 to FULL-4, COV-2)."""

from __future__ import annotations

from typing import Any, Final

from buyer_protection.orders.order import Order
from buyer_protection.policy.vocabulary import MISSING_PARTS

_FACTS: Final = ("paid_through_escrow", "payment_method", "delivery_due_on", "carrier_status", "confiscation_cause")


def vouched_for(order: Order, claim_type: str | None = None) -> dict[str, Any]:
    """The policy's facts that the record knows, as JSON; what it does not know is left out.

    How many pieces were ordered is one of them only where that matters to the claim (MISS-1), or its kind is not known
    yet, and the order has one line: else nobody knows which line it is.
    """
    known = order.to_dict()
    facts: dict[str, Any] = {name: known[name] for name in _FACTS if name in known}
    if len(order.items) == 1 and claim_type in (None, MISSING_PARTS):
        facts["quantity_ordered"] = order.items[0].quantity
    return facts
