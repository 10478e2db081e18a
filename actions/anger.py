"""Anger is acknowledged in one line, not in every turn; then the help goes on as ever."""

from __future__ import annotations

from typing import Any, Final

from rasa_sdk.executor import CollectingDispatcher

from actions.turn import Turn
from language.tone import is_angry

#: After one acknowledgement none follows for so many messages.
QUIET_FOR: Final = 5


def hear_anger(turn: Turn, dispatcher: CollectingDispatcher, response: str = "utter_anger_heard") -> dict[str, Any]:
    """Say the line where the message is angry and it was not said lately; the slots to be changed for it.

    `response` is empty where the message is answered with regret anyway, so that one line is enough.
    """
    left = turn.slot("anger_heard") or 0
    if left:
        return {"anger_heard": left - 1 or None}
    if not is_angry(turn.text):
        return {}
    if response:
        dispatcher.utter_message(response=response)
    return {"anger_heard": QUIET_FOR}
