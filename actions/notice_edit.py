"""An earlier message was changed in the messenger: seen and kept, but what was told stays until it is told anew."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions.keeping import note_unread
from actions.standing import tell_where_we_are
from actions.turn import Turn
from actions.turn_action import Events, TurnAction
from buyer_protection.disputes import EDITED_MESSAGE


class NoticeEdit(TurnAction):
    """Answers a message that was changed."""

    def name(self) -> str:
        """Named in data/rules/not_typed.yml."""
        return "action_notice_edit"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """No fact is changed by it: nobody could say which one was meant."""
        note_unread(turn, EDITED_MESSAGE, "")
        dispatcher.utter_message(response="utter_edit_noticed", json_message={"kind": "edit_kept"})
        tell_where_we_are(turn, dispatcher)
        return []
