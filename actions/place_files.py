"""Files that came while no claim was at hand go where the buyer says, by a button; nowhere without that."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions.evidence_words import what_came
from actions.standing import tell_where_we_are
from actions.turn import Turn
from actions.turn_action import Events, TurnAction
from actions.wiring import current_settings, engine
from buyer_protection.disputes import DRAFT, find_claim
from buyer_protection.evidence import Limits, adopt, evidence_of_buyer, held


class PlaceFiles(TurnAction):
    """Puts files to the claim or dispute that the buyer names."""

    def name(self) -> str:
        """Named in data/rules/not_typed.yml."""
        return "action_place_files"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """Say where they are now; what could not be added stays held, and is offered when a claim needs it."""
        payload = turn.payload or {}
        named = set(payload.get("evidence_ids") or ())
        reference = str(payload.get("claim_reference") or "")
        # Those of an answer that was lost, or of a button pressed twice, are there already.
        theirs = [file for file in evidence_of_buyer(engine(), buyer_id=turn.buyer_id) if file.evidence_id in named]
        files = [file for file in theirs if file.reference in ("", reference)]
        claim = find_claim(engine(), reference=reference, buyer_id=turn.buyer_id, now=turn.now) if reference else None
        if claim is None or not files:
            dispatcher.utter_message(response="utter_evidence_stays_held" if files else "utter_evidence_gone_meanwhile")
            tell_where_we_are(turn, dispatcher, otherwise="utter_tell_in_short")
            return []
        adopt(
            engine(),
            buyer_id=turn.buyer_id,
            claim_id=claim.claim_id,
            now=turn.now,
            turn_id=turn.id,
            limits=Limits.of(current_settings()),
            only=named,
        )
        rest = {file.evidence_id for file in held(engine(), buyer_id=turn.buyer_id)}
        placed = [file for file in files if file.evidence_id not in rest]
        is_draft = claim.state == DRAFT
        reference = claim.reference if is_draft else claim.submitted_as
        if placed:
            dispatcher.utter_message(
                response="utter_evidence_kept_with_claim" if is_draft else "utter_evidence_added_to_dispute",
                json_message={"kind": "evidence_received", "reference": reference, "count": len(placed)},
                what=what_came(placed),
                reference=reference,
            )
        if len(placed) < len(files):
            dispatcher.utter_message(response="utter_evidence_not_placed", reference=reference)
        tell_where_we_are(turn, dispatcher)
        return []
