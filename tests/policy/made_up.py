"""Made-up facts for hypothesis: any facts that can be true together, and days to look at them."""

from __future__ import annotations

import os
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

#: The same examples each time, and fewer of them where mutation testing runs this some hundred times.
laws = settings(
    max_examples=20 if os.environ.get("POLICY_TESTS") == "quick" else 300,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)

CARRIER = (
    "not_shipped",
    "no_valid_tracking",
    "in_transit",
    "delivered",
    "delivered_elsewhere",
    "returned",
    "lost",
    "confiscated",
)
UNTOLD = (
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

near = st.dates(min_value=date(2024, 1, 20), max_value=date(2024, 3, 20))
any_day = st.dates() | near

#: Each fact's values; what is left out of a dictionary is unknown.
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "claim_type": st.sampled_from(
        ("not_received", "not_as_described", "counterfeit", "broken", "missing_parts", "unwanted")
    ),
    "paid_through_escrow": st.sampled_from((True, True, True, False)),
    "payment_method": st.sampled_from(("paypal", "visa", "mastercard", "moneybookers", "bank_transfer", "other")),
    "refund_requested": st.booleans(),
    "refund_requested_on": any_day.map(date.isoformat),
    "supplier_response": st.sampled_from(("none", "negotiating", "agreed", "refused", "refunded")),
    "supplier_asked_offsite_payment": st.booleans(),
    "delivery_due_on": any_day.map(date.isoformat),
    "carrier_status": st.sampled_from(CARRIER),
    "confiscation_cause": st.sampled_from(("supplier", "other")),
    "supplier_proved_delivery": st.sampled_from((False, False, True)),
    "supplier_proved_description": st.sampled_from((False, False, True)),
    "complaint": st.sampled_from(("different", "used", "defective", "minor_scratches", "below_expectations")),
    "listing_said": st.lists(st.sampled_from(("used", "defective", "imitation")), unique=True),
    "fault_was_listed": st.booleans(),
    "receipt_slip_signed": st.booleans(),
    "quantity_ordered": st.integers(min_value=0),
    "quantity_received": st.integers(min_value=0),
    "evidence": st.integers(min_value=0, max_value=3),
}


@st.composite
def told(draw: st.DrawFn) -> dict[str, Any]:
    """Facts by JSON names, possible together: as `Facts.from_dict` takes them."""
    values = draw(st.fixed_dictionaries({}, optional=VALUES))
    if values.get("refund_requested") is False:
        values.pop("refund_requested_on", None)
    untold = [name for name in UNTOLD if name not in values]
    vouched = [name for name, value in values.items() if not (name.startswith("supplier_") and value is False)]
    if untold:
        values["cannot_tell"] = draw(st.lists(st.sampled_from(untold), unique=True))
    if vouched:
        values["verified"] = draw(st.lists(st.sampled_from(vouched), unique=True))
    return values


@st.composite
def nearly_settled(draw: st.DrawFn) -> dict[str, Any]:
    """Facts of which little is missing: those that come near to an answer."""
    values = {name: draw(VALUES[name]) for name in ("claim_type", "paid_through_escrow", "carrier_status", "complaint")}
    values |= {name: draw(VALUES[name]) for name in ("listing_said", "fault_was_listed", "confiscation_cause")}
    values |= {"refund_requested_on": draw(near).isoformat(), "supplier_response": draw(VALUES["supplier_response"])}
    for name in draw(st.lists(st.sampled_from(sorted(values)), max_size=3)):
        values.pop(name, None)
    if draw(st.booleans()):
        values["evidence"] = draw(VALUES["evidence"])
    untold = [name for name in UNTOLD if name not in values]
    return {**values, "cannot_tell": draw(st.lists(st.sampled_from(untold), unique=True, max_size=3))}


def days_later(day: date, days: int) -> date:
    """A day some days later, or the last one of the calendar."""
    return day + timedelta(days=min(days, (date.max - day).days))
