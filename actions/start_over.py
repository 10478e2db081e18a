"""The buyer wants to start over while no question is open."""

from __future__ import annotations

from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.claim_slots import CLAIM_SLOTS, changed, loaded
from actions.starting_over import wished
from actions.turn import Turn
from actions.turn_action import Events, TurnAction
from actions.wiring import engine
from buyer_protection.disputes import DRAFT, find_claim


class StartOver(TurnAction):
    """Begins a blank claim; the claim that this conversation has just answered is asked about first."""

    def name(self) -> str:
        """Named in data/rules/control.yml."""
        return "action_start_over"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """What was set aside or stopped before stays as it is."""
        slots: dict[str, Any] = {**turn.slots, **dict.fromkeys(CLAIM_SLOTS), "claim_open": True}
        claim_id = turn.slot("claim_id")
        claim = find_claim(engine(), claim_id=claim_id, buyer_id=turn.buyer_id, now=turn.now) if claim_id else None
        if claim is not None and claim.state == DRAFT:
            return changed(turn.slots, wished(turn, {**slots, **loaded(claim)}))
        dispatcher.utter_message(response="utter_new_claim")
        return changed(turn.slots, {**slots, "claim_id": turn.new_claim_id()})
