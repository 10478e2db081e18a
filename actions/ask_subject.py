"""A noun or a verb alone, "refund" or "open": what is meant is asked, with choices."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions.about_dispute import answer_about_dispute
from actions.turn import Turn
from actions.turn_action import Events, TurnAction
from language.moves import move_in


class AskSubject(TurnAction):
    """Asks which of a few things is meant."""

    def name(self) -> str:
        """Named in data/rules/moves.yml."""
        return "action_ask_subject"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """Inside a claim the open question follows by itself, so there are no choices."""
        if turn.slot("requested_slot"):
            dispatcher.utter_message(response="utter_subject_inside")
            return []
        about_dispute = answer_about_dispute(turn, dispatcher)
        if about_dispute is not None:
            return about_dispute
        move = move_in(turn.text)
        dispatcher.utter_message(response=f"utter_subject_{move.about if move else 'parcel'}")
        return []
