"""What takes a claim out of Buyer Protection: one function for each clause that can exclude.

Each returns the facts that exclude, or nothing.
A fact that the buyer cannot tell is None here, so not knowing never excludes; PAY-1 by the method is the one exception.
"""

from __future__ import annotations

from buyer_protection.policy.case import Case, Decisive, Rules


def pay_1(case: Case) -> Decisive:
    """PAY-1: not paid through escrow; where that is not given, a method outside the edition's list says so."""
    facts = case.facts
    if facts.paid_through_escrow is False:
        return ("paid_through_escrow",)
    if facts.paid_through_escrow is None and facts.payment_method and not case.edition.accepts(facts.payment_method):
        return ("payment_method",)
    return ()


def cov_1(case: Case) -> Decisive:
    """COV-1: with the money back, a negotiation about goods that came has succeeded."""
    refunded = case.is_received and case.facts.supplier_response == "refunded"
    return ("supplier_response",) if refunded else ()


def cov_2(case: Case) -> Decisive:
    """COV-2: with the money back, a negotiation about goods that never came has succeeded."""
    refunded = case.is_not_received and case.facts.supplier_response == "refunded"
    return ("supplier_response",) if refunded else ()


def exc_1(case: Case) -> Decisive:
    """EXC-1: nothing came, says the buyer, but the carrier's records show that the buyer received it."""
    delivered = case.is_not_received and case.facts.carrier_status == "delivered"
    return ("carrier_status",) if delivered else ()


def noref_1(case: Case) -> Decisive:
    """NOREF-1: staff have seen the carrier's proof, produced by the supplier, that the buyer received the order."""
    proved = case.is_not_received and case.facts.supplier_proved_delivery
    return ("supplier_proved_delivery",) if proved else ()


def exc_2(case: Case) -> Decisive:
    """EXC-2: staff have seen the supplier's proof that the goods are as described; for all four received kinds."""
    proved = case.is_received and case.facts.supplier_proved_description
    return ("supplier_proved_description",) if proved else ()


def exc_3(case: Case) -> Decisive:
    """EXC-3: delivered, nothing wrong with it, and no longer wanted."""
    return ("claim_type",) if case.is_a("unwanted") else ()


def nad_x1(case: Case) -> Decisive:
    """NAD-X1: the complaint is that it is used, and the listing clearly said used."""
    return _complaint_was_listed(case, "used", "used")


def nad_x2(case: Case) -> Decisive:
    """NAD-X2: the complaint is that it is defective, and the listing clearly said defective.

    On a broken thing only where the fault is also the one that the listing named.
    """
    if case.is_a("broken") and case.listed("defective") and case.facts.fault_was_listed:
        return ("listing_said", "fault_was_listed")
    return _complaint_was_listed(case, "defective", "defective")


def nad_x3(case: Case) -> Decisive:
    """NAD-X3: the buyer does not want the goods any more."""
    return exc_3(case)


def nad_x4(case: Case) -> Decisive:
    """NAD-X4: the goods match the listing and merely fell short of expectations."""
    fell_short = case.is_a("not_as_described") and case.facts.complaint == "below_expectations"
    return ("complaint",) if fell_short else ()


def nad_x5(case: Case) -> Decisive:
    """NAD-X5: listed as used, and arrived with minor scratches."""
    return _complaint_was_listed(case, "minor_scratches", "used")


def fake_x1(case: Case) -> Decisive:
    """FAKE-X1: the complaint is that it is a fake, and the listing clearly said imitation."""
    listed = case.is_a("counterfeit") and case.listed("imitation")
    return ("listing_said",) if listed else ()


def _complaint_was_listed(case: Case, complaint: str, statement: str) -> Decisive:
    listed = case.is_a("not_as_described") and case.facts.complaint == complaint and case.listed(statement)
    return ("complaint", "listing_said") if listed else ()


#: In the order of "The answer, in this order" in the specification.
EXCLUSIONS: Rules = {
    "PAY-1": pay_1,
    "EXC-3": exc_3,
    "NAD-X3": nad_x3,
    "COV-2": cov_2,
    "COV-1": cov_1,
    "EXC-1": exc_1,
    "NOREF-1": noref_1,
    "EXC-2": exc_2,
    "NAD-X1": nad_x1,
    "NAD-X2": nad_x2,
    "NAD-X4": nad_x4,
    "NAD-X5": nad_x5,
    "FAKE-X1": fake_x1,
}
