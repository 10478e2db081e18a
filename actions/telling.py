"""An assessment told in words, clause by clause; the words stand in `data/responses`, found by the clause's id."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions import words
from buyer_protection.disputes import Dispute, KeptClaim, Opened
from buyer_protection.policy import Assessment, why


def tell_assessment(claim: KeptClaim, told: str | None, dispatcher: CollectingDispatcher) -> str:
    """Say what the policy says of a claim, unless that was told already; returns the outcome that is told now."""
    assessment = claim.assessment
    if told == assessment.outcome:
        return told
    dispatcher.utter_message(
        response=f"utter_assessment_{assessment.outcome}",
        json_message=as_custom(claim),
        reasons=_reasons(assessment),
        earliest_dispute_on=words.day_if_known(assessment.earliest_dispute_on),
        waiting_days=str(assessment.case.edition.waiting_days),
        reference=claim.reference,
    )
    also = _also(assessment)
    if also:
        dispatcher.utter_message(response="utter_good_to_know", lines=also)
    return assessment.outcome


def as_custom(claim: KeptClaim) -> dict[str, object]:
    """The machine-readable side of a message that assesses.

    `days_left` is how many of the `waiting_days` it is until the earliest one for a dispute (WAIT-1), 0 once it has
    come, None where it is not known. While it is above 0, `calendar` is the path of the claim's calendar file, which
    the gateway signs.
    """
    assessment = claim.assessment
    earliest = assessment.earliest_dispute_on
    left = None if earliest is None else max(0, (earliest - assessment.case.on).days)
    custom = {
        "kind": "assessment",
        "reference": claim.reference,
        **assessment.to_dict(),
        "days_left": left,
        "waiting_days": assessment.case.edition.waiting_days,
    }
    return {**custom, "calendar": f"/widget/calendar/{claim.reference}.ics"} if left else custom


def dispute_as_custom(dispute: Dispute | Opened) -> dict[str, object]:
    """The machine-readable side of a message about a dispute."""
    return {
        "kind": "dispute",
        "reference": dispute.reference,
        "status": dispute.status,
        "opened_on": dispute.opened_on.isoformat(),
    }


def _reasons(assessment: Assessment) -> str:
    """Why, one line for each clause that the outcome rests on."""
    prefix = "because" if assessment.outcome == "not_eligible" else "ground"
    return words.lines([f"utter_{prefix}_{clause}" for clause in assessment.clauses], **_values(assessment))


def _also(assessment: Assessment) -> str:
    """What the platform does, what could still go wrong, where the text is silent, and what a record vouches for."""
    said = [
        *(f"utter_remedy_{clause}" for clause in assessment.remedies),
        *_warnings(assessment),
        *(f"utter_note_{silence}" for silence in assessment.notes),
    ]
    if assessment.verified:
        said.append("utter_rests_on_records")
    return words.lines(said, **_values(assessment))


def _warnings(assessment: Assessment) -> list[str]:
    """One line for each fact that calls for a warning; what the buyer cannot tell may have words of its own."""
    said = []
    for reason in why(assessment):
        if reason.part == "warnings":
            for fact in reason.facts:
                untold = f"utter_warning_{reason.clause}_untold"
                said.append(
                    untold
                    if fact in assessment.case.facts.cannot_tell and words.exists(untold)
                    else f"utter_warning_{reason.clause}"
                )
    return list(dict.fromkeys(said))


def _values(assessment: Assessment) -> dict[str, str]:
    facts = assessment.case.facts
    return {
        "waiting_days": str(assessment.case.edition.waiting_days),
        "earliest_dispute_on": words.day_if_known(assessment.earliest_dispute_on),
        "delivery_due_on": words.day_if_known(facts.delivery_due_on),
        "refund_requested_on": words.day_if_known(facts.refund_requested_on),
        "records": ", ".join(words.text(f"utter_label_{fact}") for fact in assessment.verified),
    }
