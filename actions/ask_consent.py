"""The summary before a dispute is opened: everything that will stand in the record, and the question."""

from __future__ import annotations

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import words
from actions.consent import asked
from actions.keeping import keep
from actions.noted import noted
from actions.turn import Turn
from actions.turn_action import Events, TurnAction


class AskConsent(TurnAction):
    """Shows the whole record and asks for a plain yes."""

    def name(self) -> str:
        """Called by the form."""
        return "action_ask_consent"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """Remember which summary was shown, and when: only a yes to this one counts."""
        claim = keep(turn, turn.slots)
        summary = noted(claim, {"item": words.text("utter_value_whole_order")})
        dispatcher.utter_message(response="utter_ask_consent", summary=summary)
        return [SlotSet("consent_asked", asked(turn, claim))]
