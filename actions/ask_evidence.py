"""The question for a photo or video: what to show for this kind of claim, and how it is sent here."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions.evidence_words import as_custom, how_to_send
from actions.keeping import keep
from actions.turn import Turn
from actions.turn_action import Events, TurnAction


class AskEvidence(TurnAction):
    """Asks for evidence (EVID-1)."""

    def name(self) -> str:
        """Called by the form."""
        return "action_ask_evidence"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """What was accepted already is said in the machine-readable part, for whoever draws it."""
        claim = keep(turn, turn.slots)
        dispatcher.utter_message(
            response=f"utter_evidence_guide_{claim.facts.claim_type}",
            json_message=as_custom("question", claim),
            how=how_to_send(turn, claim.reference),
        )
        return []
