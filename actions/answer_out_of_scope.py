"""Something else than orders and Buyer Protection."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions.about_dispute import answer_about_dispute
from actions.turn import Turn
from actions.turn_action import Events, TurnAction
from language.tone import is_angry


class AnswerOutOfScope(TurnAction):
    """Says what can be done here."""

    def name(self) -> str:
        """Named in data/rules/out_of_scope.yml."""
        return "action_answer_out_of_scope"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """Right after a question about a dispute it may be an answer to that, in words of the buyer's own.

        Anger in the middle of a claim has its line, and the open question follows: no word of what can not be done.
        """
        if turn.open_slot:
            if not is_angry(turn.text):
                dispatcher.utter_message(response="utter_out_of_scope")
            return []
        events = answer_about_dispute(turn, dispatcher, is_understood=False)
        if events is not None:
            return events
        dispatcher.utter_message(response="utter_out_of_scope")
        return []
