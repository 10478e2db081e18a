"""Files came that cannot be evidence here yet: they are kept, which is all that is said of them.

None of them where nothing could be kept, or nothing was there to be read: the gateway has said why, and the open
question follows.
"""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions.keeping import note_unread
from actions.standing import tell_where_we_are
from actions.turn import Turn
from actions.turn_action import Events, TurnAction
from buyer_protection.disputes import FILES


class KeepFiles(TurnAction):
    """Answers files that came without words."""

    def name(self) -> str:
        """Named in data/rules/not_typed.yml."""
        return "action_keep_files"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """How many, and no promise; staff see with the claim that there are files."""
        count = _count(turn)
        if count:
            note_unread(turn, FILES, str(count))
            dispatcher.utter_message(
                response="utter_file_kept" if count == 1 else "utter_files_kept",
                json_message={"kind": "files_kept", "count": count},
                count=str(count),
            )
        tell_where_we_are(turn, dispatcher)
        return []


def _count(turn: Turn) -> int:
    count = (turn.payload or {}).get("count")
    return count if isinstance(count, int) and count >= 0 else 1
