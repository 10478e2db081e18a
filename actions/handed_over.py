"""A claim that went to another account: the conversation in which it was told cannot go on with it."""

from __future__ import annotations

from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.claim_slots import CLAIM_SLOTS
from actions.turn import Turn
from actions.wiring import engine
from buyer_protection.disputes import find_claim


def begun_anew(turn: Turn, dispatcher: CollectingDispatcher) -> dict[str, Any] | None:
    """The slots of a new claim where that of this conversation was handed over, which is said; else None.

    It happens to whoever links a messenger to an account, cuts the link, and writes on.
    """
    if turn.is_linked or not turn.slot("reference"):
        return None
    if find_claim(engine(), claim_id=turn.slot("claim_id"), buyer_id=turn.buyer_id, now=turn.now) is not None:
        return None
    dispatcher.utter_message(response="utter_claim_handed_over", reference=turn.slot("reference"))
    return {**turn.slots, **dict.fromkeys(CLAIM_SLOTS), "claim_id": turn.new_claim_id()}
