"""The question which of several told facts is to be changed."""

from __future__ import annotations

import json
from typing import Final

from rasa_sdk.executor import CollectingDispatcher

from actions import words
from actions.correcting import CHOICE, INTENT, WHICH
from actions.replacing import shown
from actions.turn import Turn
from actions.turn_action import Events, TurnAction

#: As much of a value as a button shows.
_LONGEST: Final = 40


class AskCorrecting(TurnAction):
    """Offers the facts that can be meant, each with the value that it has."""

    def name(self) -> str:
        """Called by the form."""
        return "action_ask_correcting"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """One button for each."""
        choices = (turn.slot("correcting") or {}).get("choices") or []
        dispatcher.utter_message(
            response="utter_ask_correcting",
            buttons=[
                {"title": _title(turn, fact), "payload": f"/{INTENT}" + json.dumps({CHOICE: fact})} for fact in choices
            ],
            json_message={"kind": "question", "slot": WHICH, "input": "choice"},
        )
        return []


def _title(turn: Turn, fact: str) -> str:
    label = words.text(f"utter_label_{fact}")
    if turn.slot(fact) is None:
        return label
    value = words.shortened(shown(fact, turn.slot(fact)), _LONGEST)
    return words.text("utter_label_and_value", label=label, value=value)
