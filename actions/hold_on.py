"""The buyer needs a moment: the assistant waits and asks nothing until the next message."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions.turn import Turn
from actions.turn_action import Events, TurnAction


class HoldOn(TurnAction):
    """Waits without nagging: the open question stays open and is not asked again now."""

    def name(self) -> str:
        """Named in data/rules/moves.yml."""
        return "action_hold_on"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """One line."""
        dispatcher.utter_message(response="utter_take_your_time")
        return []
