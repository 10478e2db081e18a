"""The facts that the policy asks for, and the values each may have."""

from __future__ import annotations

from typing import Final

NOT_RECEIVED: Final = "not_received"
NOT_AS_DESCRIBED: Final = "not_as_described"
COUNTERFEIT: Final = "counterfeit"
BROKEN: Final = "broken"
MISSING_PARTS: Final = "missing_parts"
UNWANTED: Final = "unwanted"

CLAIM_TYPES: Final = (NOT_RECEIVED, NOT_AS_DESCRIBED, COUNTERFEIT, BROKEN, MISSING_PARTS, UNWANTED)

#: The four kinds of claim about goods that came; EXC-2 and EVID-1 cover all of them.
RECEIVED: Final = (NOT_AS_DESCRIBED, COUNTERFEIT, BROKEN, MISSING_PARTS)

#: A way to pay that no edition lists.
OTHER_METHOD: Final = "other"

#: Facts with a closed list of values (`payment_method` is closed by the edition).
CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "claim_type": CLAIM_TYPES,
    "supplier_response": ("none", "negotiating", "agreed", "refused", "refunded"),
    "carrier_status": (
        "not_shipped",
        "no_valid_tracking",
        "in_transit",
        "delivered",
        "delivered_elsewhere",
        "returned",
        "lost",
        "confiscated",
    ),
    "confiscation_cause": ("supplier", "other"),
    "complaint": ("different", "used", "defective", "minor_scratches", "below_expectations"),
}

#: What a listing can have said that takes a claim away.
LISTING_STATEMENTS: Final = ("used", "defective", "imitation")

#: Complaints that a listing can have announced: only for these does `listing_said` matter.
LISTED_COMPLAINTS: Final = ("used", "defective", "minor_scratches")

YES_NO: Final = ("paid_through_escrow", "refund_requested", "fault_was_listed", "receipt_slip_signed")

#: Facts that are only ever volunteered or shown to staff: false is the same as unknown.
VOLUNTEERED: Final = ("supplier_asked_offsite_payment", "supplier_proved_delivery", "supplier_proved_description")

DATES: Final = ("refund_requested_on", "delivery_due_on")

COUNTS: Final = ("quantity_ordered", "quantity_received", "evidence")

#: Facts that a buyer may be unable to tell; the others cannot be done without.
MAY_BE_UNTOLD: Final = (
    "paid_through_escrow",
    "carrier_status",
    "confiscation_cause",
    "listing_said",
    "fault_was_listed",
    "supplier_response",
    "receipt_slip_signed",
    "quantity_ordered",
    "quantity_received",
    "delivery_due_on",
)

#: Every fact that says something about the case, in the order of the specification.
FACT_NAMES: Final = (
    "claim_type",
    "paid_through_escrow",
    "payment_method",
    "refund_requested",
    "refund_requested_on",
    "supplier_response",
    "supplier_asked_offsite_payment",
    "delivery_due_on",
    "carrier_status",
    "confiscation_cause",
    "supplier_proved_delivery",
    "supplier_proved_description",
    "complaint",
    "listing_said",
    "fault_was_listed",
    "receipt_slip_signed",
    "quantity_ordered",
    "quantity_received",
    "evidence",
)
