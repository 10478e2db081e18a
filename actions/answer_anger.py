"""Anger and nothing else: acknowledged in one line, and the help goes on."""

from __future__ import annotations

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.anger import QUIET_FOR
from actions.turn import Turn
from actions.turn_action import Events, TurnAction


class AnswerAnger(TurnAction):
    """Takes anger for what it is: somebody waited for something that went wrong."""

    hears_anger = False

    def name(self) -> str:
        """Named in data/rules/moves.yml."""
        return "action_answer_anger"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """The acknowledgement is said once in a while; inside a claim the question follows, outside the ways on."""
        heard = bool(turn.slot("anger_heard"))
        if turn.open_slot:
            dispatcher.utter_message(response="utter_anger_go_on" if heard else "utter_anger_inside")
        else:
            dispatcher.utter_message(response="utter_anger_ways_on" if heard else "utter_anger")
        return [SlotSet("anger_heard", QUIET_FOR)]
