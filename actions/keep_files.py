"""Files came without words: what became of them is said, and where that leaves the buyer.

Nothing is said of files that were not taken: the gateway has said why, and the open question follows.
"""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions.handed_in import files_of_message, tell_files
from actions.standing import tell_where_we_are
from actions.turn import Turn
from actions.turn_action import Events, TurnAction


class KeepFiles(TurnAction):
    """Answers files that came without words."""

    def name(self) -> str:
        """Named in data/rules/not_typed.yml."""
        return "action_keep_files"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """They count already: the form, which runs next where a claim is open, finds them and goes on by itself."""
        files = files_of_message(turn)
        if files and tell_files(turn, files, dispatcher):
            return []
        tell_where_we_are(turn, dispatcher, otherwise="utter_tell_in_short" if files else "utter_nothing_asked")
        return []
