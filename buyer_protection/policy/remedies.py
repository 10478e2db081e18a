"""What the platform does for a buyer whose claim nothing excludes: one function for each clause.

Each returns the facts that bring the remedy, or nothing.
"""

from __future__ import annotations

from buyer_protection.policy.case import Case, Decisive, Rules


def med_1(case: Case) -> Decisive:
    """MED-1: the platform contacts both sides and mediates on the evidence; for every claim whose type is known."""
    return ("claim_type",) if case.facts.claim_type else ()


def nad_1(case: Case) -> Decisive:
    """NAD-1: goods not as described, the platform negotiates the refund with both sides."""
    return _of_type(case, "not_as_described")


def fake_1(case: Case) -> Decisive:
    """FAKE-1: suspected fake, the platform negotiates the refund with both sides."""
    return _of_type(case, "counterfeit")


def brk_1(case: Case) -> Decisive:
    """BRK-1: broken or not working, the platform negotiates the refund on the evidence."""
    return _of_type(case, "broken")


def miss_1(case: Case) -> Decisive:
    """MISS-1: parts missing or the wrong quantity, the platform negotiates the refund with both sides."""
    return _of_type(case, "missing_parts")


def full_1(case: Case) -> Decisive:
    """FULL-1: full refund where the supplier never shipped."""
    return _with_status(case, "not_shipped")


def full_2(case: Case) -> Decisive:
    """FULL-2: full refund where the supplier gave no correct tracking number."""
    return _with_status(case, "no_valid_tracking")


def full_3(case: Case) -> Decisive:
    """FULL-3: full refund where customs confiscated the goods through the supplier's fault."""
    by_supplier = case.facts.confiscation_cause == "supplier" and _with_status(case, "confiscated")
    return ("carrier_status", "confiscation_cause") if by_supplier else ()


def full_4(case: Case) -> Decisive:
    """FULL-4: full refund where the goods are proven lost in transit."""
    return _with_status(case, "lost")


def miss_2(case: Case) -> Decisive:
    """MISS-2: the platform verifies what all sides say; a supplier at fault must complete the shipment."""
    return _of_type(case, "missing_parts")


def miss_3(case: Case) -> Decisive:
    """MISS-3: the buyer may instead return the goods, paying the shipping, for a full refund."""
    return _of_type(case, "missing_parts")


def miss_4(case: Case) -> Decisive:
    """MISS-4: where the supplier refuses the full refund, the platform helps to negotiate a partial one."""
    return _of_type(case, "missing_parts")


def _of_type(case: Case, claim_type: str) -> Decisive:
    return ("claim_type",) if case.is_a(claim_type) else ()


def _with_status(case: Case, status: str) -> Decisive:
    return ("carrier_status",) if case.is_not_received and case.facts.carrier_status == status else ()


FULL_REFUNDS: Rules = {"FULL-1": full_1, "FULL-2": full_2, "FULL-3": full_3, "FULL-4": full_4}

REMEDIES: Rules = {
    "MED-1": med_1,
    "NAD-1": nad_1,
    "FAKE-1": fake_1,
    "BRK-1": brk_1,
    "MISS-1": miss_1,
    **FULL_REFUNDS,
    "MISS-2": miss_2,
    "MISS-3": miss_3,
    "MISS-4": miss_4,
}
