"""Files that came: what became of them is said, from what the database has of them now."""

from __future__ import annotations

from collections.abc import Sequence

from rasa_sdk.executor import CollectingDispatcher

from actions.evidence_words import HELPS, NEEDED, as_custom, what_came, would_help
from actions.turn import Turn
from actions.wiring import engine
from buyer_protection.disputes import DRAFT, KeptClaim, disputes_of, find_claim, is_open
from buyer_protection.evidence import Receipt, evidence_of_buyer


def files_of_message(turn: Turn) -> list[Receipt]:
    """The files that the gateway speaks of: as many as it says, the newest of this buyer, the oldest of them first."""
    count = (turn.payload or {}).get("count")
    if not isinstance(count, int) or count < 1:
        return []
    return evidence_of_buyer(engine(), buyer_id=turn.buyer_id)[-count:]


def tell_files(turn: Turn, files: Sequence[Receipt], dispatcher: CollectingDispatcher) -> None:
    """Say in one message how many were accepted, where they are, and what would help; there is at least one file."""
    reference = files[-1].reference
    claim = find_claim(engine(), reference=reference, buyer_id=turn.buyer_id, now=turn.now) if reference else None
    if claim is None:
        _tell_held(turn, files, dispatcher)
    elif claim.state == DRAFT or turn.slot("requested_slot"):
        tell_with_claim(turn, files, claim, dispatcher)
    else:
        dispatcher.utter_message(
            response="utter_evidence_added_to_dispute",
            json_message={"kind": "evidence_received", "reference": claim.submitted_as, "count": len(files)},
            what=what_came(files),
            reference=claim.submitted_as,
        )


def tell_with_claim(turn: Turn, files: Sequence[Receipt], claim: KeptClaim, dispatcher: CollectingDispatcher) -> None:
    """Say what now counts for a claim, or that it is another one than that of this conversation."""
    kind = claim.facts.claim_type or ""
    accepted = claim.facts.evidence or 0
    values = {
        "what": what_came(files),
        "reference": claim.reference,
        "accepted": str(accepted),
        "done": str(min(accepted, NEEDED)),
        "needed": str(NEEDED),
    }
    counted = sum(file.counts for file in files)
    if turn.slot("claim_id") not in (None, claim.claim_id):
        response = "utter_evidence_kept_with_other_claim"
    elif not counted:
        response = "utter_evidence_only_documents"
    elif kind not in HELPS:
        response = "utter_evidence_kept_with_claim"
    elif accepted > counted:
        response = "utter_evidence_accepted_more"
    else:
        response = "utter_evidence_accepted"
        values["helps"] = would_help(kind)
    custom = {**as_custom("evidence_received", claim), "count": len(files)}
    dispatcher.utter_message(response=response, json_message=custom, **values)


def _tell_held(turn: Turn, files: Sequence[Receipt], dispatcher: CollectingDispatcher) -> None:
    """Held for the buyer: because there is no claim yet, the dispute is over, or there are several it could be for."""
    disputes = [] if turn.slot("requested_slot") else disputes_of(engine(), buyer_id=turn.buyer_id)
    reference = ""
    if any(is_open(dispute.status) for dispute in disputes):
        response = "utter_evidence_which_dispute"
    elif disputes:
        response, reference = "utter_evidence_dispute_over", disputes[0].reference
    else:
        response = "utter_evidence_held"
    dispatcher.utter_message(
        response=response,
        json_message={"kind": "evidence_received", "reference": reference, "count": len(files)},
        what=what_came(files),
        reference=reference,
    )
