"""A question for a day: open at first, and with buttons where what was written can be several days."""

from __future__ import annotations

import json

from rasa_sdk.executor import CollectingDispatcher

from actions import words
from actions.turn import Turn


def ask_day(slot: str, turn: Turn, dispatcher: CollectingDispatcher, **values: str) -> None:
    """Ask for the day of `slot`; the days it could be are offered with their weekdays."""
    days = turn.slot("date_candidates") or []
    if not days:
        dispatcher.utter_message(response=f"utter_ask_{slot}", **values)
        return
    dispatcher.utter_message(
        response="utter_ask_which_day",
        buttons=[{"title": words.day(day), "payload": "/inform" + json.dumps({slot: day})} for day in days],
        json_message={"kind": "question", "slot": slot, "input": "choice"},
    )
