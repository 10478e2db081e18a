"""What a buyer must be warned of: clauses that do not decide now but could still bite.

Each function returns the facts that call for the warning, or nothing.
A fact that the buyer cannot tell calls for the clause it could still bring.
"""

from __future__ import annotations

from buyer_protection.policy.case import Case, Decisive, Rules, applies
from buyer_protection.policy.questions import listing_clauses, negotiation_clauses


def brk_w1(case: Case) -> Decisive:
    """BRK-W1: the receipt slip of a broken thing was signed, or may have been."""
    if not case.is_a("broken"):
        return ()
    signed = case.facts.receipt_slip_signed or case.cannot_tell("receipt_slip_signed")
    return ("receipt_slip_signed",) if signed else ()


def pay_3(case: Case) -> Decisive:
    """PAY-3: the supplier asked to be paid outside escrow; to be reported whatever the answer is."""
    return ("supplier_asked_offsite_payment",) if case.facts.supplier_asked_offsite_payment else ()


def wait_1(case: Case) -> Decisive:
    """WAIT-1: no refund request was sent, so the days have not begun."""
    return ("refund_requested",) if case.facts.refund_requested is False else ()


def cov_2(case: Case) -> Decisive:
    """COV-2: the delivery period is not over yet, or the negotiation about goods that never came may have succeeded."""
    due_on = case.facts.delivery_due_on
    not_over = case.is_not_received and due_on is not None and case.on <= due_on
    return (("delivery_due_on",) if not_over else ()) + _negotiation_untold(case, "COV-2")


def full_4(case: Case) -> Decisive:
    """FULL-4: only the buyer says that the goods were lost; a full refund rests on proof."""
    told = case.is_not_received and case.facts.carrier_status == "lost" and "carrier_status" not in case.facts.verified
    return ("carrier_status",) if told else ()


def pay_1(case: Case) -> Decisive:
    """PAY-1: the buyer cannot tell whether escrow was used."""
    return ("paid_through_escrow",) if case.cannot_tell("paid_through_escrow") else ()


def exc_1(case: Case) -> Decisive:
    """EXC-1: the buyer cannot tell what the carrier's records say."""
    return ("carrier_status",) if case.is_not_received and case.cannot_tell("carrier_status") else ()


def nad_x1(case: Case) -> Decisive:
    """NAD-X1: the listing may have said used."""
    return _listing_untold(case, "NAD-X1")


def nad_x2(case: Case) -> Decisive:
    """NAD-X2: the listing may have said defective, or the fault may be the one it named."""
    if applies("fault_was_listed", case) and case.cannot_tell("fault_was_listed"):
        return ("fault_was_listed",)
    return _listing_untold(case, "NAD-X2")


def nad_x5(case: Case) -> Decisive:
    """NAD-X5: the listing may have said used, and scratches are minor."""
    return _listing_untold(case, "NAD-X5")


def fake_x1(case: Case) -> Decisive:
    """FAKE-X1: the listing may have said imitation."""
    return _listing_untold(case, "FAKE-X1")


def cov_1(case: Case) -> Decisive:
    """COV-1: the buyer cannot tell what the supplier answered, so the money may be back."""
    return _negotiation_untold(case, "COV-1")


def _listing_untold(case: Case, clause: str) -> Decisive:
    return ("listing_said",) if case.cannot_tell("listing_said") and clause in listing_clauses(case) else ()


def _negotiation_untold(case: Case, clause: str) -> Decisive:
    untold = case.cannot_tell("supplier_response") and clause in negotiation_clauses(case)
    return ("supplier_response",) if untold else ()


WARNINGS: Rules = {
    "BRK-W1": brk_w1,
    "PAY-3": pay_3,
    "WAIT-1": wait_1,
    "COV-2": cov_2,
    "FULL-4": full_4,
    "PAY-1": pay_1,
    "EXC-1": exc_1,
    "NAD-X1": nad_x1,
    "NAD-X2": nad_x2,
    "NAD-X5": nad_x5,
    "FAKE-X1": fake_x1,
    "COV-1": cov_1,
}

#: The one warning that stands beside an exclusion.
ALWAYS_SAID: Rules = {"PAY-3": pay_3}
