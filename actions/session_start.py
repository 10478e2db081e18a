"""The first message of a conversation: who answers here, what happens with what is told, how to reach a person."""

from __future__ import annotations

from rasa_sdk.events import ActionExecuted, SessionStarted
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import Turn
from actions.turn_action import Events, TurnAction


class SessionStart(TurnAction):
    """Introduces the assistant."""

    def name(self) -> str:
        """Called by Rasa before the first message of a conversation."""
        return "action_session_start"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """A conversation has one session: facts outlive any hour (see session_config in domain.yml)."""
        dispatcher.utter_message(response="utter_introduction")
        return [SessionStarted(), ActionExecuted("action_listen")]
