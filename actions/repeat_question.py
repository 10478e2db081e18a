"""A button of an earlier question was pressed: nothing is done by it, and the buyer hears what is asked now."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions.standing import tell_where_we_are
from actions.turn import Turn
from actions.turn_action import Events, TurnAction


class RepeatQuestion(TurnAction):
    """Answers a button that had its time."""

    def name(self) -> str:
        """Named in data/rules/not_typed.yml."""
        return "action_repeat_question"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """The open question comes back from the form, with its own buttons; a yes to an older one is no yes."""
        dispatcher.utter_message(response="utter_choice_was_earlier")
        tell_where_we_are(turn, dispatcher)
        return []
