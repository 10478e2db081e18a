"""The buyer stops: the form is left, and what was told is kept."""

from __future__ import annotations

from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.claim_slots import cleared
from actions.keeping import keep
from actions.turn import Turn
from actions.turn_action import Events, TurnAction


class StopClaim(TurnAction):
    """Leaves the claim without losing it."""

    def name(self) -> str:
        """Named in data/rules/control.yml."""
        return "action_stop_claim"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """Say the reference under which the claim waits."""
        if not turn.slot("requested_slot") or not turn.slot("claim_id"):
            dispatcher.utter_message(response="utter_nothing_to_stop")
            return []
        claim = keep(turn, turn.slots)
        dispatcher.utter_message(response="utter_stopped", reference=claim.reference)
        return [ActiveLoop(None), SlotSet("requested_slot", None), *cleared()]
