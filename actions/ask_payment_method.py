"""The question for the way of paying, which is asked only where one that was told is to be changed."""

from __future__ import annotations

import json

from rasa_sdk.executor import CollectingDispatcher

from actions import words
from actions.turn import Turn
from actions.turn_action import Events, TurnAction
from buyer_protection.policy import payment_methods


class AskPaymentMethod(TurnAction):
    """Asks how it was paid (PAY-1, PAY-2)."""

    def name(self) -> str:
        """Called by the form."""
        return "action_ask_payment_method"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """With a button for each way that an edition of the policy lists."""
        dispatcher.utter_message(
            response="utter_ask_payment_method",
            buttons=[
                {
                    "title": words.value_of("payment_method", method),
                    "payload": "/inform" + json.dumps({"payment_method": method}),
                }
                for method in payment_methods()
            ],
            json_message={"kind": "question", "slot": "payment_method", "input": "choice"},
        )
        return []
