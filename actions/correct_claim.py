"""Something told before is to be changed, and no question is open."""

from __future__ import annotations

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.correcting_kept import correct_kept
from actions.turn import Turn
from actions.turn_action import Events, TurnAction
from actions.wiring import engine
from buyer_protection.disputes import unfinished_claims
from language.corrections import correction


class CorrectClaim(TurnAction):
    """Puts the kept claim right, or says what there is to be changed."""

    def name(self) -> str:
        """Named in data/rules/claim.yml."""
        return "action_correct_claim"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """Where nothing is put right, say how to, or that nothing is kept."""
        events = correct_kept(turn, dispatcher)
        if events is not None:
            return events
        said = correction(turn.text)
        drafts = unfinished_claims(engine(), buyer_id=turn.buyer_id, now=turn.now)
        if said is not None and not said.is_sure:
            dispatcher.utter_message(response="utter_nothing_asked")
        elif drafts:
            dispatcher.utter_message(response="utter_change_not_understood", reference=drafts[0].reference)
        else:
            dispatcher.utter_message(response="utter_nothing_to_change")
        return [SlotSet("claim_open", False)]
