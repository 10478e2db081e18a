"""Where the text is silent: on these the ordinary grounds apply, and the platform decides."""

from __future__ import annotations

from buyer_protection.policy.case import Case, Decisive, Rules


def silent_1(case: Case) -> Decisive:
    """SILENT-1: confiscated for another cause than the supplier's fault, or for an unknown one."""
    if case.facts.confiscation_cause == "supplier" or not _status_is(case, "confiscated"):
        return ()
    return ("carrier_status", "confiscation_cause") if case.facts.confiscation_cause else ("carrier_status",)


def silent_2(case: Case) -> Decisive:
    """SILENT-2: delivered, but elsewhere or to somebody else."""
    return ("carrier_status",) if _status_is(case, "delivered_elsewhere") else ()


def silent_3(case: Case) -> Decisive:
    """SILENT-3: returned to the sender."""
    return ("carrier_status",) if _status_is(case, "returned") else ()


def _status_is(case: Case, status: str) -> bool:
    return case.is_not_received and case.facts.carrier_status == status


NOTES: Rules = {"SILENT-1": silent_1, "SILENT-2": silent_2, "SILENT-3": silent_3}
