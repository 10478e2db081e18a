"""The specification read once more: the answer to a case, written straight down from the clauses.

Nothing here comes from the package.
Facts go in by their JSON names (`cannot_tell` and `verified` as lists), the answer has the fields of an assessment.
The numbers are those of the first edition: ten days, five ways to pay.
`warnings` come sorted, because the specification gives them no order.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

FIRST_METHODS = ("paypal", "visa", "mastercard", "moneybookers", "bank_transfer")
RECEIVED = ("not_as_described", "counterfeit", "broken", "missing_parts")
FULL_REFUND = {"not_shipped": "FULL-1", "no_valid_tracking": "FULL-2", "lost": "FULL-4"}
GROUND = {"not_as_described": "NAD-1", "counterfeit": "FAKE-1", "broken": "BRK-1", "missing_parts": "MISS-1"}
LISTING_CLAUSE = {"used": "NAD-X1", "defective": "NAD-X2", "minor_scratches": "NAD-X5"}
FIRST_MISSING = {
    "claim_type": ["COV-1", "COV-2"],
    "paid_through_escrow": ["PAY-1"],
    "carrier_status": ["EXC-1"],
    "confiscation_cause": ["FULL-3"],
    "complaint": ["NAD-1"],
    "fault_was_listed": ["NAD-X2"],
    "refund_requested": ["WAIT-1"],
    "refund_requested_on": ["WAIT-1"],
}


def specified(facts: dict[str, Any], on: date) -> dict[str, Any]:
    """The answer that the specification gives to these facts on this day."""
    claim = facts.get("claim_type", "")
    untold = facts.get("cannot_tell", [])
    verified = facts.get("verified", [])
    escrow = facts.get("paid_through_escrow")
    method = facts.get("payment_method")
    asked = facts.get("refund_requested")
    asked_on = date.fromisoformat(facts["refund_requested_on"]) if "refund_requested_on" in facts else None
    earliest = asked_on + timedelta(days=10) if asked_on else None
    if asked_on:
        asked = True
    answer = facts.get("supplier_response")
    status = facts.get("carrier_status")
    cause = facts.get("confiscation_cause")
    complaint = facts.get("complaint", "")
    listing = facts.get("listing_said")
    due_on = date.fromisoformat(facts["delivery_due_on"]) if "delivery_due_on" in facts else None
    nothing_came = claim == "not_received"
    something_came = claim in RECEIVED
    cov = "COV-2" if nothing_came else "COV-1"

    # Which clause a listing can bring, and whether it is asked for at all.
    if claim == "not_as_described":
        listing_clause = LISTING_CLAUSE.get(complaint, "")
    else:
        listing_clause = {"counterfeit": "FAKE-X1", "broken": "NAD-X2"}.get(claim, "")
    listed = listing or []
    fault_matters = claim == "broken" and "defective" in listed
    cause_matters = nothing_came and status == "confiscated"

    # 1. Exclusions.
    excluded = []
    if escrow is False or (escrow is None and method is not None and method not in FIRST_METHODS):
        excluded.append("PAY-1")
    if claim == "unwanted":
        excluded += ["EXC-3", "NAD-X3"]
    if answer == "refunded" and (nothing_came or something_came):
        excluded.append(cov)
    if nothing_came and status == "delivered":
        excluded.append("EXC-1")
    if nothing_came and facts.get("supplier_proved_delivery"):
        excluded.append("NOREF-1")
    if something_came and facts.get("supplier_proved_description"):
        excluded.append("EXC-2")
    if claim == "not_as_described":
        if complaint == "used" and "used" in listed:
            excluded.append("NAD-X1")
        if complaint == "defective" and "defective" in listed:
            excluded.append("NAD-X2")
        if complaint == "below_expectations":
            excluded.append("NAD-X4")
        if complaint == "minor_scratches" and "used" in listed:
            excluded.append("NAD-X5")
    if claim == "counterfeit" and "imitation" in listed:
        excluded.append("FAKE-X1")
    if fault_matters and facts.get("fault_was_listed"):
        excluded.append("NAD-X2")

    # 2. What is missing.
    missing = [] if claim else ["claim_type"]
    if escrow is None and "paid_through_escrow" not in untold:
        missing.append("paid_through_escrow")
    if nothing_came and status is None and "carrier_status" not in untold:
        missing.append("carrier_status")
    if cause_matters and cause is None and "confiscation_cause" not in untold:
        missing.append("confiscation_cause")
    if claim == "not_as_described" and not complaint:
        missing.append("complaint")
    if listing_clause and listing is None and "listing_said" not in untold:
        missing.append("listing_said")
    if fault_matters and "fault_was_listed" not in facts and "fault_was_listed" not in untold:
        missing.append("fault_was_listed")
    if asked is None:
        missing.append("refund_requested")
    if asked and asked_on is None:
        missing.append("refund_requested_on")
    if asked and answer is None and "supplier_response" not in untold:
        missing.append("supplier_response")

    # 3. to 6. The outcome and the clauses it rests on.
    full = [FULL_REFUND[status]] if nothing_came and status in FULL_REFUND else []
    if cause_matters and cause == "supplier":
        full = ["FULL-3"]
    if excluded:
        outcome, clauses, missing = "not_eligible", excluded, []
    elif missing:
        outcome = "more_information_needed"
        if missing[0] == "listing_said":
            clauses = [listing_clause]
        elif missing[0] == "supplier_response":
            clauses = [cov]
        else:
            clauses = FIRST_MISSING[missing[0]]
    elif asked is False:
        outcome, clauses = "refund_request_needed", ["WAIT-1"]
    elif earliest and on < earliest:
        outcome, clauses = "wait", ["WAIT-1"]
    elif something_came and not facts.get("evidence"):
        outcome, clauses, missing = "evidence_needed", ["EVID-1"], ["evidence"]
    else:
        outcome = "eligible"
        clauses = [cov, "WAIT-1"] + (["EVID-1"] if something_came else []) + full

    # What every assessment carries.
    worth_asking = {
        "broken": ["receipt_slip_signed"],
        "missing_parts": ["quantity_ordered", "quantity_received"],
        "not_received": ["delivery_due_on"],
    }.get(claim, [])
    remedies = []
    if claim and not excluded:
        remedies = ["MED-1"] + ([GROUND[claim]] if something_came else []) + full
        if claim == "missing_parts":
            remedies += ["MISS-2", "MISS-3", "MISS-4"]

    warnings = set()
    if claim == "broken" and (facts.get("receipt_slip_signed") or "receipt_slip_signed" in untold):
        warnings.add("BRK-W1")
    if asked is False:
        warnings.add("WAIT-1")
    if nothing_came and due_on is not None and on <= due_on:
        warnings.add("COV-2")
    if nothing_came and status == "lost" and "carrier_status" not in verified:
        warnings.add("FULL-4")
    if "paid_through_escrow" in untold:
        warnings.add("PAY-1")
    if nothing_came and "carrier_status" in untold:
        warnings.add("EXC-1")
    if listing_clause and "listing_said" in untold:
        warnings.add(listing_clause)
    if fault_matters and "fault_was_listed" in untold:
        warnings.add("NAD-X2")
    if "supplier_response" in untold:
        warnings |= {cov} if claim else {"COV-1", "COV-2"}
    if excluded:
        warnings = set()
    if facts.get("supplier_asked_offsite_payment"):
        warnings.add("PAY-3")

    notes = []
    if cause_matters and cause != "supplier":
        notes.append("SILENT-1")
    if nothing_came and status == "delivered_elsewhere":
        notes.append("SILENT-2")
    if nothing_came and status == "returned":
        notes.append("SILENT-3")

    # Which of the given facts bear on this claim; the others are ignored.
    bears = {
        "claim_type": True,
        "paid_through_escrow": True,
        "payment_method": True,
        "refund_requested": True,
        "refund_requested_on": True,
        "supplier_response": True,
        "supplier_asked_offsite_payment": True,
        "delivery_due_on": nothing_came,
        "carrier_status": nothing_came,
        "confiscation_cause": cause_matters,
        "supplier_proved_delivery": nothing_came,
        "supplier_proved_description": something_came,
        "complaint": claim == "not_as_described",
        "listing_said": listing_clause != "",
        "fault_was_listed": fault_matters,
        "receipt_slip_signed": claim == "broken",
        "quantity_ordered": claim == "missing_parts",
        "quantity_received": claim == "missing_parts",
        "evidence": something_came,
    }
    volunteered = ("supplier_asked_offsite_payment", "supplier_proved_delivery", "supplier_proved_description")
    given = {name for name, value in facts.items() if value is not None and not (name in volunteered and not value)}
    if asked_on:
        given.add("refund_requested")
    used = [name for name, matters in bears.items() if matters and name in given]
    vouched = set(verified) | ({"refund_requested"} if "refund_requested_on" in verified else set())
    return {
        "outcome": outcome,
        "clauses": clauses,
        "missing": missing,
        "optional": [name for name in worth_asking if name not in given and name not in untold],
        "earliest_dispute_on": earliest.isoformat() if earliest and not excluded else None,
        "remedies": remedies,
        "warnings": sorted(warnings),
        "notes": notes,
        "rests_on": {
            "declared": [name for name in used if name not in vouched],
            "verified": [name for name in used if name in vouched],
        },
        "edition": "undated",
    }
