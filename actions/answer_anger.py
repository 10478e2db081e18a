"""Anger and nothing else: acknowledged in one line, and the help goes on."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions.turn import Turn
from actions.turn_action import Events, TurnAction


class AnswerAnger(TurnAction):
    """Takes anger for what it is: somebody waited for something that went wrong."""

    def name(self) -> str:
        """Named in data/rules/moves.yml."""
        return "action_answer_anger"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """Inside a claim the question follows; outside, the ways on are said."""
        inside = bool(turn.slot("requested_slot"))
        dispatcher.utter_message(response="utter_anger_inside" if inside else "utter_anger")
        return []
