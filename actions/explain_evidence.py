"""How photos and videos are sent here; nothing that is typed counts as evidence."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions.evidence_words import how_to_send
from actions.taking_back import take_back
from actions.turn import Turn
from actions.turn_action import Events, TurnAction
from actions.wiring import engine
from buyer_protection.disputes import unfinished_claims


class ExplainEvidence(TurnAction):
    """Says how evidence is sent, and to which claim it goes where there is one."""

    def name(self) -> str:
        """Named in data/rules/evidence.yml."""
        return "action_explain_evidence"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """A path or a link is never fetched; the open question for evidence itself says how it is sent."""
        if take_back(turn, dispatcher):
            return []
        if turn.slot("requested_slot") == "evidence":
            dispatcher.utter_message(response="utter_evidence_itself_only")
            return []
        reference = turn.slot("reference")
        if not reference:
            drafts = unfinished_claims(engine(), buyer_id=turn.buyer_id, now=turn.now)
            reference = drafts[0].reference if drafts else ""
        dispatcher.utter_message(
            response="utter_evidence_how" if reference else "utter_evidence_claim_first",
            how=how_to_send(turn, reference),
            reference=reference,
        )
        return []
