"""Small talk: answered in a line, and the matter goes on."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions.turn import Turn
from actions.turn_action import Events, TurnAction
from language.moves import move_in


class SmallTalk(TurnAction):
    """Answers what people ask a machine."""

    answers = "small_talk"
    says_what_next = True

    def name(self) -> str:
        """Named in data/rules/moves.yml."""
        return "action_small_talk"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """One line about what was asked."""
        move = move_in(turn.text)
        dispatcher.utter_message(response=f"utter_small_talk_{move.about if move else 'what_can_you_do'}")
        return []
