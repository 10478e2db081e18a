"""The question for the day of the first refund request; two possible days become two buttons."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions import words
from actions.date_question import ask_day
from actions.turn import Turn
from actions.turn_action import Events, TurnAction


class AskRefundRequestedOn(TurnAction):
    """Asks when the supplier was first asked for a refund (WAIT-1)."""

    def name(self) -> str:
        """Called by the form."""
        return "action_ask_refund_requested_on"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """Ask, or ask which of the possible days is meant."""
        ask_day("refund_requested_on", turn, dispatcher, today=words.day(turn.today))
        return []
