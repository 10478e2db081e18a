"""The answer where no dispute is opened now: why, what to do next, and that the claim is kept."""

from __future__ import annotations

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import words
from actions.keeping import keep
from actions.set_aside import offer_set_aside
from actions.telling import as_custom, tell_assessment
from actions.turn import Turn
from actions.turn_action import Events, TurnAction
from actions.wiring import engine
from buyer_protection.disputes import DECLINED, KeptClaim, reminder_of
from buyer_protection.policy import ELIGIBLE
from buyer_protection.policy.assessment import WAIT


class GiveAssessment(TurnAction):
    """Tells the assessment if that has not been done, and what happens next."""

    def name(self) -> str:
        """Named in data/rules/claim.yml."""
        return "action_give_assessment"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """The claim is read from the database, so that what is told is what is kept."""
        claim = keep(turn, turn.slots)
        told = tell_assessment(claim, turn.slot("told_outcome"), dispatcher)
        tell_next(turn, claim, dispatcher)
        offered = offer_set_aside(turn, dispatcher, but=claim.reference)
        return [SlotSet("told_outcome", told), SlotSet("reference", claim.reference), *offered]


def tell_next(turn: Turn, claim: KeptClaim, dispatcher: CollectingDispatcher) -> None:
    """Say what the buyer of a claim that has its answer can do next."""
    # A buyer whom nobody has linked to an account was not asked for consent, and hears first how to be.
    to_link = claim.assessment.outcome == ELIGIBLE and not turn.is_linked
    dispatcher.utter_message(
        response="utter_link_first" if to_link else f"utter_next_{claim.assessment.outcome}",
        json_message=as_custom(claim),
        reference=claim.reference,
        earliest_dispute_on=words.day_if_known(claim.assessment.earliest_dispute_on),
        waiting_days=str(claim.assessment.case.edition.waiting_days),
        reminder=_of_the_day(claim),
    )


def _of_the_day(claim: KeptClaim) -> str:
    """Whether the buyer is reminded of the day that the claim waits for; no words where it waits for none."""
    known = reminder_of(engine(), claim_id=claim.claim_id) if claim.assessment.outcome == WAIT else None
    if known is None:
        return ""
    return words.text("utter_will_not_remind" if known.state == DECLINED else "utter_will_remind")
