"""A tap on whether this helped: kept with the dispute that it was asked about, for staff to see."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions.dispute_question import HELPED, open_question
from actions.helping import SAY_HELPED, keep
from actions.turn import Turn
from actions.turn_action import Events, TurnAction


class KeepFeedback(TurnAction):
    """Keeps the answer."""

    def name(self) -> str:
        """Named in data/rules/dispute.yml."""
        return "action_keep_feedback"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """Where nothing was asked any more, nothing is kept, and that is said."""
        question = open_question(turn, HELPED)
        if question is None:
            dispatcher.utter_message(response="utter_nothing_asked")
            return []
        return keep(turn, question["reference"], turn.intent == SAY_HELPED, dispatcher)
