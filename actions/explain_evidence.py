"""How photos and videos are sent here; nothing that is typed counts as evidence."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions.evidence_words import how_to_send
from actions.taking_back import take_back
from actions.turn import Turn
from actions.turn_action import Events, TurnAction
from actions.wiring import engine
from buyer_protection.disputes import disputes_of, is_open, unfinished_claims


class ExplainEvidence(TurnAction):
    """Says how evidence is sent, and to which claim it goes where there is one."""

    def name(self) -> str:
        """Named in data/rules/evidence.yml."""
        return "action_explain_evidence"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """A path or a link is never fetched; the open question for evidence itself says how it is sent."""
        if take_back(turn, dispatcher):
            return []
        if turn.open_slot == "evidence":
            dispatcher.utter_message(response="utter_evidence_itself_only")
            return []
        reference = turn.slot("reference")
        if not reference:
            drafts = unfinished_claims(engine(), buyer_id=turn.buyer_id, now=turn.now)
            reference = drafts[0].reference if drafts else ""
        running = (
            []
            if reference
            else [each for each in disputes_of(engine(), buyer_id=turn.buyer_id) if is_open(each.status)]
        )
        if len(running) == 1:
            reference = running[0].reference
        if running:
            response = "utter_evidence_how_dispute" if reference else "utter_evidence_how_disputes"
        else:
            response = "utter_evidence_how" if reference else "utter_evidence_claim_first"
        dispatcher.utter_message(
            response=response,
            how=how_to_send(turn, reference),
            reference=reference,
        )
        return []
