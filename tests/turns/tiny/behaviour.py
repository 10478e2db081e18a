"""Custom actions of the tiny assistant: one for each place at which Rasa calls an action."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActionExecuted, SessionStarted, SlotSet
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher

Events = list[dict[str, Any]]


def session_start(dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
    """What is said first."""
    dispatcher.utter_message(response="utter_introduction")
    return [SessionStarted(), ActionExecuted("action_listen")]


def read_mood(dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
    """A slot with a mapping of its own."""
    return [SlotSet("mood", "loud" if (tracker.latest_message.get("text") or "").isupper() else "calm")]


def validate_slots(dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
    """The check of mapped slots."""
    return []


def validate_box(dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
    """The check of the form: red and blue are colours."""
    colour = tracker.get_slot("colour")
    if colour in (None, "red", "blue"):
        return []
    dispatcher.utter_message(response="utter_no_such_colour", typed=colour)
    return [SlotSet("colour", None)]


def ask_colour(dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
    """The question of the form."""
    question = {"kind": "question", "slot": "colour", "input": "choice"}
    dispatcher.utter_message(response="utter_which_colour", json_message=question)
    return []


def close_box(dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
    """The end."""
    dispatcher.utter_message(response="utter_box_is_closed")
    return [SlotSet("colour", None)]


ACTIONS = {
    "action_session_start": session_start,
    "action_read_mood": read_mood,
    "action_validate_slot_mappings": validate_slots,
    "validate_box_form": validate_box,
    "action_ask_colour": ask_colour,
    "action_close_box": close_box,
}


def executor() -> ActionExecutor:
    """These actions, ready to be run."""
    ready = ActionExecutor()
    for name, action in ACTIONS.items():
        ready.register_function(name, action)
    return ready
