"""A message that was not understood outside a claim: an uncovered topic is named, else the ways on are offered."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions.silence import tell_silences
from actions.turn import Turn
from actions.turn_action import Events, TurnAction


class Clarify(TurnAction):
    """Never silent: every message has an answer and a way on."""

    def name(self) -> str:
        """Named in data/rules/fallback.yml."""
        return "action_clarify"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """An uncovered topic is answered as such; all else gets the choices in buyers' words."""
        if not tell_silences(turn, None, dispatcher).topics:
            dispatcher.utter_message(response="utter_not_understood")
        return []
