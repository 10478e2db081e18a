"""A greeting by state: a kept claim is offered again, an open dispute is named."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions import words
from actions.turn import Turn
from actions.turn_action import Events, TurnAction
from actions.wiring import engine
from buyer_protection.disputes import disputes_of, heard, is_open, unfinished_claims


class Greet(TurnAction):
    """Greets, and says where the buyer's own matters stand."""

    def name(self) -> str:
        """Named in data/rules/smalltalk.yml."""
        return "action_greet"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """One line of greeting with the way on."""
        if turn.slot("requested_slot"):
            dispatcher.utter_message(response="utter_greet_inside")
            return []
        drafts = unfinished_claims(engine(), buyer_id=turn.buyer_id, now=turn.now)
        if drafts:
            earliest = drafts[0].assessment.earliest_dispute_on
            dispatcher.utter_message(
                response=f"utter_greet_{drafts[0].assessment.outcome}",
                reference=drafts[0].reference,
                earliest_dispute_on=words.day_if_known(earliest),
            )
            heard(engine(), kept=drafts[:1], now=turn.now)
            return []
        running = [dispute for dispute in disputes_of(engine(), buyer_id=turn.buyer_id) if is_open(dispute.status)]
        if running:
            dispatcher.utter_message(response="utter_greet_dispute", reference=running[0].reference)
        else:
            dispatcher.utter_message(response="utter_greet")
        return []
