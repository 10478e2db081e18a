"""The offer of a kept claim of the same kind, told apart by its reference and the buyer's own words."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions import words
from actions.turn import Turn
from actions.turn_action import Events, TurnAction
from actions.wiring import engine
from buyer_protection.disputes import find_claim

#: As much of the buyer's own words as is needed to know which claim it is.
_ENOUGH = 120


class AskResumeDraft(TurnAction):
    """Asks whether a kept claim is meant."""

    def name(self) -> str:
        """Called by the form."""
        return "action_ask_resume_draft"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """The draft is the buyer's own, or there is none to offer."""
        draft = find_claim(engine(), claim_id=turn.slot("draft_claim_id"), buyer_id=turn.buyer_id, now=turn.now)
        if draft:
            told = draft.statement or words.value_of("claim_type", draft.facts.claim_type)
            dispatcher.utter_message(
                response="utter_ask_resume_draft",
                reference=draft.reference,
                told=words.shortened(told, _ENOUGH),
            )
        return []
