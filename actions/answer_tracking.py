"""Where a parcel is: the assistant cannot see that, and says where the buyer can."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions.turn import Turn
from actions.turn_action import Events, TurnAction


class AnswerTracking(TurnAction):
    """Answers "where is my order?"."""

    answers = "track_order"

    def name(self) -> str:
        """Named in data/rules/dispute.yml."""
        return "action_answer_tracking"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """One message; nothing is kept."""
        dispatcher.utter_message(response="utter_track_order")
        return []
