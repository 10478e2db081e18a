"""A question that was asked three times in a row: what can be done about it, instead of asking a fourth time."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions import words
from actions.turn import Turn
from actions.turn_action import Events, TurnAction


class AskWayOn(TurnAction):
    """Offers to ask again, to leave the claim for now, or a person; an answer is still taken."""

    def name(self) -> str:
        """Called by the form."""
        return "action_ask_way_on"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """Names what the open question is about."""
        label = f"utter_label_{turn.slot('stuck_on')}"
        about = words.text(label if words.exists(label) else "utter_label_question")
        dispatcher.utter_message(response="utter_ask_way_on", about=about)
        return []
