"""The buyer's own day: from when on a dispute can be opened for the claim that they have (WAIT-1)."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions import words
from actions.keeping import assessed
from actions.standing import tell_standing
from actions.turn import Turn
from actions.wiring import engine
from buyer_protection.disputes import disputes_of, unfinished_claims
from buyer_protection.policy import Assessment
from language.moves import move_in


def tell_own_day(turn: Turn, dispatcher: CollectingDispatcher) -> bool:
    """Say that day and how far off it is, where a claim has one; whether it was said."""
    assessment = _assessment(turn)
    if assessment is None or assessment.earliest_dispute_on is None or assessment.outcome == "not_eligible":
        return False
    days = (assessment.earliest_dispute_on - assessment.case.on).days
    to_come = "utter_own_day_tomorrow" if days == 1 else "utter_own_day_to_come"
    dispatcher.utter_message(
        response=to_come if days > 0 else "utter_own_day_reached",
        earliest_dispute_on=words.day(assessment.earliest_dispute_on),
        days=str(days),
    )
    return True


def tell_own_dispute(turn: Turn, dispatcher: CollectingDispatcher) -> bool:
    """Say how the buyer's dispute stands, where there is no claim that waits; whether it was said.

    Only to a bare "when?": who asks for the rule hears the rule.
    """
    move = move_in(turn.text)
    disputes = disputes_of(engine(), buyer_id=turn.buyer_id) if move and not turn.open_slot else []
    tell_standing(disputes[:1], [], dispatcher)
    return bool(disputes)


def _assessment(turn: Turn) -> Assessment | None:
    """That of the claim of this conversation, else of the newest that is kept."""
    if turn.open_slot:
        return assessed(turn, turn.slots)
    kept = unfinished_claims(engine(), buyer_id=turn.buyer_id, now=turn.now)
    here = [claim for claim in kept if claim.claim_id == turn.slot("claim_id")]
    return next((claim.assessment for claim in (*here, *kept)), None)
