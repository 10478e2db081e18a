"""A kept claim is taken up again, with everything that was told."""

from __future__ import annotations

from typing import Any

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.claim_slots import changed, loaded
from actions.reading_answers import read_volunteered
from actions.settling import settled
from actions.turn import Turn
from actions.turn_action import Events, TurnAction
from actions.wiring import engine
from buyer_protection.disputes import KeptClaim, read_reference, unfinished_claims


class ResumeClaim(TurnAction):
    """Takes up the claim named by its reference, the one of this conversation, or the newest."""

    def name(self) -> str:
        """Named in data/rules/claim.yml."""
        return "action_resume_claim"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """Fill the slots from the database; where nothing is kept, say so and what can be done."""
        draft = _meant(turn, unfinished_claims(engine(), buyer_id=turn.buyer_id, now=turn.now))
        if draft is None:
            dispatcher.utter_message(response="utter_nothing_to_resume")
            return [SlotSet("claim_open", False)]
        slots: dict[str, Any] = {**turn.slots, **loaded(draft), "claim_open": True}
        dispatcher.utter_message(response="utter_resumed", reference=draft.reference)
        if turn.text:
            told_now = {**slots, "refund_requested": slots["refund_requested"] or None}
            reading = read_volunteered(turn, told_now)
            slots = settled(slots, reading.changes)
            for response, values in reading.said:
                dispatcher.utter_message(response=response, **values)
        return changed(turn.slots, _asked_again(slots))


def _meant(turn: Turn, drafts: list[KeptClaim]) -> KeptClaim | None:
    named = read_reference(turn.text)
    wanted = [draft for draft in drafts if draft.reference == named or draft.claim_id == turn.slot("claim_id")]
    return next(iter(wanted or drafts), None)


def _asked_again(slots: dict[str, Any]) -> dict[str, Any]:
    """A refund request that had not been sent may have been sent since: that alone is asked once more."""
    return {**slots, "refund_requested": None} if slots.get("refund_requested") is False else slots
