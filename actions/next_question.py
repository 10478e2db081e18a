"""The next question of a claim, computed by the policy: what is missing, what is optional, then the record's fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from actions.claim_slots import RECORD_FIELDS, is_untold
from buyer_protection.policy import Assessment

#: Outcomes after which nothing is asked.
_ENDS: Final = ("not_eligible", "refund_request_needed")


def next_question(assessment: Assessment, slots: Mapping[str, Any], *, is_linked: bool = True) -> str | None:
    """The slot to ask for next, None where nothing is left to ask and the claim has its answer.

    Whether the claim is thrown away comes first, where the buyer wants to start over.
    A kept draft of the same kind is offered before anything else; the order is asked for before what its record knows.
    Nothing is asked that cannot change the answer: an excluded claim ends at once, and a buyer whom nobody has linked
    to an account is not asked for a consent that could not be followed.
    """
    if slots.get("start_over"):
        return "start_over"
    if slots.get("draft_claim_id") and slots.get("resume_draft") is None:
        return "resume_draft"
    if slots.get("order_first") and is_untold(slots, "order_id") and _leads_on(assessment):
        return "order_id"
    if _excluded_by_the_method_alone(assessment):
        return "paid_through_escrow"
    if assessment.outcome in _ENDS:
        return None
    if assessment.outcome == "more_information_needed":
        return assessment.missing[0]
    if assessment.optional:
        return assessment.optional[0]
    if assessment.outcome == "evidence_needed":
        return "evidence"
    untold = next((field for field in RECORD_FIELDS if is_untold(slots, field)), None)
    if untold:
        return untold
    if assessment.outcome == "eligible" and slots.get("consent") is None and is_linked:
        return "consent"
    return None


def _leads_on(assessment: Assessment) -> bool:
    """Whether the kind of claim is known and it has not ended: then an order's record can spare questions."""
    return assessment.outcome not in _ENDS and "claim_type" not in assessment.missing


def _excluded_by_the_method_alone(assessment: Assessment) -> bool:
    """PAY-1 by a method that was mentioned, while escrow, which decides, was not asked about yet."""
    return assessment.clauses == ("PAY-1",) and not assessment.case.facts.settled("paid_through_escrow")
