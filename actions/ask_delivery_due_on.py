"""The question for the last day of the delivery period; two possible days become two buttons."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions.date_question import ask_day
from actions.turn import Turn
from actions.turn_action import Events, TurnAction


class AskDeliveryDueOn(TurnAction):
    """Asks by when the order was to arrive (COV-2)."""

    def name(self) -> str:
        """Called by the form."""
        return "action_ask_delivery_due_on"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """Ask, or ask which of the possible days is meant."""
        ask_day("delivery_due_on", turn, dispatcher)
        return []
