"""A claim is left for a question about a dispute: what was told is kept, and it is offered again afterwards."""

from __future__ import annotations

from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.claim_slots import cleared
from actions.keeping import keep
from actions.turn import Turn
from actions.turn_action import Events, TurnAction


class LeaveClaim(TurnAction):
    """Leaves the form, and says nothing: the question was asked."""

    def name(self) -> str:
        """Named in data/rules/dispute.yml."""
        return "action_leave_claim"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """The claim is in the database as the conversation had it."""
        keep(turn, turn.slots)
        return [ActiveLoop(None), SlotSet("requested_slot", None), *cleared()]
