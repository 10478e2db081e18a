"""The question before an open claim is thrown away."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions.naming import named
from actions.turn import Turn
from actions.turn_action import Events, TurnAction


class AskStartOver(TurnAction):
    """Asks once, and says what would be lost."""

    def name(self) -> str:
        """Called by the form."""
        return "action_ask_start_over"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """Only a plain yes throws it away."""
        dispatcher.utter_message(
            response="utter_ask_start_over",
            what=named(turn.slot("claim_type") or "", turn.slot("order_id") or ""),
        )
        return []
