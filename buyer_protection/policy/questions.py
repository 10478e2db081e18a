"""What is still to be asked: the facts that the answer waits for, in the order of the specification."""

from __future__ import annotations

from collections.abc import Iterator

from buyer_protection.policy.case import Case, applies

#: Facts that change no outcome but warn or help the platform, by claim type; each is asked at most once.
_OPTIONAL = {
    "broken": ("receipt_slip_signed",),
    "missing_parts": ("quantity_ordered", "quantity_received"),
    "not_received": ("delivery_due_on",),
}

#: Facts that are asked only where they bear on the claim.
_WHERE_IT_APPLIES = ("carrier_status", "confiscation_cause", "complaint", "listing_said", "fault_was_listed")


def missing(case: Case) -> tuple[str, ...]:
    """The facts without which there is no answer yet; what the buyer cannot tell is not missing."""
    return tuple(fact for fact in _wanted(case) if not case.facts.settled(fact))


def _wanted(case: Case) -> Iterator[str]:
    yield "claim_type"
    yield "paid_through_escrow"
    yield from (fact for fact in _WHERE_IT_APPLIES if applies(fact, case))
    yield "refund_requested"
    if case.facts.refund_requested:
        yield "refund_requested_on"
        yield "supplier_response"


def optional(case: Case) -> tuple[str, ...]:
    """The facts worth asking once that no outcome depends on."""
    facts = _OPTIONAL.get(case.facts.claim_type or "", ())
    return tuple(fact for fact in facts if not case.facts.settled(fact))


def decides(fact: str, case: Case) -> tuple[str, ...]:
    """The clauses that a fact can decide in this case; for a missing fact the reason why it is asked."""
    if fact == "listing_said":
        return listing_clauses(case)
    if fact == "supplier_response":
        return negotiation_clauses(case)
    return _DECIDES.get(fact, ())


_DECIDES = {
    "claim_type": ("COV-1", "COV-2"),
    "paid_through_escrow": ("PAY-1",),
    "carrier_status": ("EXC-1",),
    "confiscation_cause": ("FULL-3",),
    "complaint": ("NAD-1",),
    "fault_was_listed": ("NAD-X2",),
    "refund_requested": ("WAIT-1",),
    "refund_requested_on": ("WAIT-1",),
    "evidence": ("EVID-1",),
    "receipt_slip_signed": ("BRK-W1",),
    "quantity_ordered": ("MISS-1",),
    "quantity_received": ("MISS-1",),
    "delivery_due_on": ("COV-2",),
}

_LISTING_CLAUSE_OF_COMPLAINT = {"used": "NAD-X1", "defective": "NAD-X2", "minor_scratches": "NAD-X5"}


def listing_clauses(case: Case) -> tuple[str, ...]:
    """The exclusion that a listing could bring: NAD-X1, NAD-X2, NAD-X5 or FAKE-X1, as the claim and complaint are."""
    if case.is_a("counterfeit"):
        return ("FAKE-X1",)
    if case.is_a("broken"):
        return ("NAD-X2",)
    clause = _LISTING_CLAUSE_OF_COMPLAINT.get(case.facts.complaint or "") if case.is_a("not_as_described") else None
    return (clause,) if clause else ()


def negotiation_clauses(case: Case) -> tuple[str, ...]:
    """The ground that a refund already received would take away: COV-2 where nothing came, else COV-1."""
    if case.is_not_received:
        return ("COV-2",)
    return ("COV-1",) if case.is_received else ("COV-1", "COV-2")
