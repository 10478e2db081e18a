"""The question which order it is: the buyer's own orders to choose from, where the shop's record has them."""

from __future__ import annotations

import json
from typing import Final

from rasa_sdk.executor import CollectingDispatcher

from actions import words
from actions.order_record import own_orders
from actions.turn import Turn
from actions.turn_action import Events, TurnAction
from buyer_protection.orders import Order

#: As many orders as can be looked through; another one's number can be typed.
_AT_MOST: Final = 8
#: As much of an item's name as a button shows.
_LONGEST: Final = 40


class AskOrderId(TurnAction):
    """Asks for the number of the order."""

    def name(self) -> str:
        """Called by the form."""
        return "action_ask_order_id"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """With a button for each of the newest orders, else for the number alone."""
        found = own_orders(turn)
        buttons = [
            {"title": _title(order), "payload": "/inform" + json.dumps({"order_id": order.order_id})}
            for order in found[:_AT_MOST]
        ]
        if buttons:
            unknown = {"title": words.text("utter_another_order"), "payload": "/say_unknown"}
            dispatcher.utter_message(
                response="utter_which_order",
                buttons=[*buttons, unknown],
                json_message={"kind": "question", "slot": "order_id", "input": "choice"},
            )
        else:
            dispatcher.utter_message(response="utter_ask_order_id")
        return []


def _title(order: Order) -> str:
    if not order.items:
        return order.order_id
    name = order.items[0].name
    return words.text("utter_order_named", order_id=order.order_id, items=words.shortened(name, _LONGEST))
