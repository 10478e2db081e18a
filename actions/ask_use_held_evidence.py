"""The offer of files that were sent before this claim: they are put to it only after a yes."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions.evidence_words import names, what_came
from actions.turn import Turn
from actions.turn_action import Events, TurnAction
from actions.wiring import engine
from buyer_protection.evidence import held


class AskUseHeldEvidence(TurnAction):
    """Asks whether the files that are held belong to this claim."""

    def name(self) -> str:
        """Called by the form."""
        return "action_ask_use_held_evidence"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """They are named as the buyer named them."""
        files = held(engine(), buyer_id=turn.buyer_id)
        dispatcher.utter_message(response="utter_ask_use_held_evidence", what=what_came(files), names=names(files))
        return []
