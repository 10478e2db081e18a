"""A no where no claim's question is open: to a question about a dispute, or to nothing."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions.about_dispute import answer_about_dispute
from actions.turn import Turn
from actions.turn_action import Events, TurnAction


class AnswerNo(TurnAction):
    """Answers a no outside of a claim."""

    def name(self) -> str:
        """Named in data/rules/control.yml."""
        return "action_answer_no"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """Nothing is done by a no."""
        events = answer_about_dispute(turn, dispatcher)
        if events is not None:
            return events
        dispatcher.utter_message(response="utter_nothing_asked")
        return []
