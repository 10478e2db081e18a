"""What an eligible claim rests on."""

from __future__ import annotations

from buyer_protection.policy.case import Case, Decisive, Rules
from buyer_protection.policy.remedies import FULL_REFUNDS


def cov_2(case: Case) -> Decisive:
    """COV-2: nothing came, and no refund has been agreed and paid."""
    return ("claim_type",) if case.is_not_received else ()


def cov_1(case: Case) -> Decisive:
    """COV-1: what came is not what was described, and no refund has been agreed and paid."""
    return ("claim_type",) if case.is_received else ()


def wait_1(case: Case) -> Decisive:
    """WAIT-1: the days since the first refund request are over."""
    return ("refund_requested_on",) if case.facts.refund_requested_on else ()


def evid_1(case: Case) -> Decisive:
    """EVID-1: a photo or video was accepted, for each of the four received kinds."""
    return ("evidence",) if case.is_received and case.facts.evidence else ()


GROUNDS: Rules = {"COV-2": cov_2, "COV-1": cov_1, "WAIT-1": wait_1, "EVID-1": evid_1, **FULL_REFUNDS}


def lacks_evidence(case: Case) -> bool:
    """EVID-1: whether a photo or video is still asked for."""
    return case.is_received and not case.facts.evidence
