"""A person is wanted: recorded for staff, with a reference for the buyer."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions.keeping import keep
from actions.turn import Turn
from actions.turn_action import Events, TurnAction
from actions.wiring import engine
from buyer_protection.disputes import ask_for_person, handoff_of


class CallPerson(TurnAction):
    """Records that a person is wanted."""

    answers = "request_human"

    def name(self) -> str:
        """Named in data/rules/control.yml."""
        return "action_call_person"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """The open claim goes with it, so that staff see what was told."""
        claim_id = keep(turn, turn.slots).claim_id if turn.slot("claim_id") and turn.slot("requested_slot") else None
        reference = ask_for_person(
            engine(),
            buyer_id=turn.buyer_id,
            claim_id=claim_id,
            turn_id=turn.id,
            now=turn.now,
            reason=turn.text or turn.intent,
        )
        handoff = handoff_of(engine(), buyer_id=turn.buyer_id)
        is_new = handoff is None or handoff.turn_id == turn.id
        dispatcher.utter_message(
            response="utter_person_called" if is_new else "utter_person_called_before",
            json_message={"kind": "handoff", "reference": reference},
            reference=reference,
        )
        return []
