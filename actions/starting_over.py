"""Starting over: the open claim is thrown away, after being asked once where something would be lost by it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from rasa_sdk.executor import CollectingDispatcher

from actions.claim_slots import CLAIM_SLOTS, told
from actions.turn import Turn
from actions.wiring import engine
from buyer_protection.disputes import drop_claim

#: What the slot `start_over` holds from the wish until the answer.
ASKED: Final = "asked"


def wished(turn: Turn, slots: Mapping[str, Any]) -> dict[str, Any]:
    """The slots in which it is asked whether the claim is thrown away; a blank claim at once where it holds nothing."""
    if slots.get("start_over") == ASKED or _holds_something(slots):
        return {**slots, "start_over": ASKED}
    return {**slots, "start_over": True}


def started_over(turn: Turn, slots: dict[str, Any], dispatcher: CollectingDispatcher) -> dict[str, Any]:
    """The slots of a blank claim after a yes, of the same claim after a no; else `slots` as they are."""
    answer = slots.get("start_over")
    if answer is True:
        if slots.get("reference"):
            drop_claim(engine(), claim_id=slots["claim_id"], buyer_id=turn.buyer_id, turn_id=turn.id, now=turn.now)
        dispatcher.utter_message(response="utter_started_over")
        # Nothing is written of a blank claim until something is told.
        return {**slots, **dict.fromkeys(CLAIM_SLOTS), "claim_id": turn.new_claim_id(), "requested_slot": None}
    if answer is False:
        dispatcher.utter_message(response="utter_not_started_over")
        return {**slots, "start_over": None}
    return slots


def _holds_something(slots: Mapping[str, Any]) -> bool:
    """Whether more was told than which kind of claim it is."""
    return bool(told(slots).keys() - {"claim_type"}) or any(
        slots.get(name) for name in ("order_id", "item", "statement", "wish", "evidence", "has_long_statement")
    )
