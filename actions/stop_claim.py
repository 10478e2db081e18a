"""The buyer stops: the form is left, what was told is kept, and what else they want in the same message is done."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.asides import answer_asides
from actions.beginning import begun
from actions.claim_slots import changed, cleared
from actions.keeping import keep, kept_here
from actions.order_record import with_order_known
from actions.reading_answers import CLAIM_INTENTS
from actions.set_aside import offer_set_aside
from actions.turn import Turn
from actions.turn_action import Events, TurnAction
from buyer_protection.disputes import DRAFT

_BEGINS = {*CLAIM_INTENTS, "request_refund"}


class StopClaim(TurnAction):
    """Leaves the claim without losing it."""

    def name(self) -> str:
        """Named in data/rules/control.yml."""
        return "action_stop_claim"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """Say the reference under which the claim waits, then go after the other thing the message asks for."""
        left = None
        events: Events = []
        if turn.slot("requested_slot") and turn.slot("claim_id"):
            left = keep(turn, turn.slots).reference
            dispatcher.utter_message(response="utter_stopped", reference=left)
            events = [ActiveLoop(None), SlotSet("requested_slot", None), *cleared()]
        elif not turn.asides:
            _tell_nothing_runs(turn, dispatcher)
        begins = next((aside for aside in turn.asides if aside.intent in _BEGINS), None)
        if begins is not None:
            fresh = replace(turn, text=begins.text, intent=begins.intent, asides=())
            slots: dict[str, Any] = {**with_order_known(turn, begun(fresh, dispatcher)), "claim_open": True}
            return [*events, *changed({**turn.slots, **_empty(events)}, slots)]
        answer_asides(turn, dispatcher)
        events += [] if turn.asides else offer_set_aside(turn, dispatcher, but=left)
        return [*events, SlotSet("claim_open", False)]


def _tell_nothing_runs(turn: Turn, dispatcher: CollectingDispatcher) -> None:
    """No question is open: the claim that has its answer is named, so that nobody believes it is lost or goes on."""
    claim = kept_here(turn)
    if claim is not None and claim.state == DRAFT:
        dispatcher.utter_message(response="utter_left_as_it_is", reference=claim.reference)
    else:
        dispatcher.utter_message(response="utter_nothing_to_stop")


def _empty(events: Events) -> dict[str, Any]:
    """The slots that the events before have emptied."""
    return {event["name"]: event["value"] for event in events if event.get("event") == "slot"}
