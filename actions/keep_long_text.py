"""A text too long to be read: it is kept for staff, and a short one is asked for."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions.keeping import tie_unread
from actions.standing import tell_where_we_are
from actions.turn import Turn
from actions.turn_action import Events, TurnAction


class KeepLongText(TurnAction):
    """Answers a message of more characters than are read."""

    def name(self) -> str:
        """Named in data/rules/not_typed.yml."""
        return "action_keep_long_text"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """The gateway has kept it as a note, which belongs to the claim of now, or to the next one."""
        tie_unread(turn)
        dispatcher.utter_message(response="utter_long_text_kept", json_message={"kind": "statement_kept"})
        tell_where_we_are(turn, dispatcher, otherwise="utter_tell_in_short")
        return []
