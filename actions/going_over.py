"""From one claim to another in the middle of it, by a button that names the other, such as a reminder's."""

from __future__ import annotations

from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.claim_slots import loaded
from actions.keeping import keep
from actions.resume_claim import asked_again, named_by_button, tell_opened
from actions.set_aside import set_aside, without
from actions.turn import Turn
from actions.wiring import engine
from buyer_protection.disputes import DRAFT, find_claim, tie_notes


def gone_over(turn: Turn, dispatcher: CollectingDispatcher) -> dict[str, Any] | None:
    """The slots of the claim that a pressed button names; the one before is kept, and both are said.

    Those of now where it names this very claim, or one that is no draft any more. None where none was pressed.
    """
    reference = named_by_button(turn)
    if turn.intent != "resume_claim" or reference is None:
        return None
    if reference == turn.slot("reference"):
        dispatcher.utter_message(response="utter_going_on")
        return dict(turn.slots)
    other = find_claim(engine(), reference=reference, buyer_id=turn.buyer_id, now=turn.now)
    if other is None or other.state != DRAFT:
        if not tell_opened(turn, dispatcher):
            dispatcher.utter_message(response="utter_claim_gone")
        return dict(turn.slots)
    aside = without(turn.slots, other.reference)
    if turn.slot("claim_id") and (turn.slot("claim_type") or turn.slot("reference")):
        kept = keep(turn, turn.slots)
        dispatcher.utter_message(response="utter_left_for_other", reference=kept.reference)
        aside = set_aside({"set_aside": aside}, kept.reference)
    dispatcher.utter_message(response="utter_resumed", reference=other.reference)
    tie_notes(engine(), buyer_id=turn.buyer_id, claim_id=other.claim_id)
    return {
        **turn.slots,
        **loaded(other),
        "claim_open": True,
        **dict.fromkeys(asked_again(other)),
        "set_aside": aside or None,
    }
