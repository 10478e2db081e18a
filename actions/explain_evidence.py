"""How photos and videos are handed in here; nothing that is typed counts as evidence."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions.turn import Turn
from actions.turn_action import Events, TurnAction
from actions.wiring import engine
from buyer_protection.disputes import unfinished_claims


class ExplainEvidence(TurnAction):
    """Says where evidence goes, with the reference it goes under where there is one."""

    def name(self) -> str:
        """Named in data/rules/evidence.yml."""
        return "action_explain_evidence"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """A path or a link is never fetched."""
        reference = turn.slot("reference")
        if not reference:
            drafts = unfinished_claims(engine(), buyer_id=turn.buyer_id, now=turn.now)
            reference = drafts[0].reference if drafts else None
        if reference:
            dispatcher.utter_message(response="utter_evidence_how", reference=reference)
        else:
            dispatcher.utter_message(response="utter_evidence_claim_first")
        return []
