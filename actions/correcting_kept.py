"""A kept claim is put right where no question is open: after its answer was told, on the same day or later.

What has become a dispute is not changed any more: what the buyer writes goes with it as a note for staff.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.claim_slots import changed, loaded
from actions.correcting import CHOICE
from actions.keeping import note
from actions.reading import Reading
from actions.reading_corrections import read_marked, read_sure_correction
from actions.reading_corrections_by_name import ask_anew
from actions.reading_decided import read_decided
from actions.replacing import was_told
from actions.taking_in import taken_in
from actions.turn import Turn
from actions.turn_action import Events
from actions.wiring import engine
from buyer_protection.disputes import DRAFT, KeptClaim, disputes_of, find_claim, is_open, tie_notes, unfinished_claims
from language.corrections import correction, said_against

#: The topic of a note that says what is wrong in a dispute.
TOPIC: Final = "correction"


def correct_kept(turn: Turn, dispatcher: CollectingDispatcher, *, reports: bool = False) -> Events | None:
    """The events that put right the claim that a message means; None where it puts nothing right.

    `reports`: the message may as well begin another claim, so only a sure correction counts.
    The claim of this conversation, else the one that changed last; a dispute that is open is left as it is.
    """
    if turn.payload is None and correction(turn.text) is None and not turn.slot("claim_id"):
        return None
    for claim in _claims(turn):
        slots: dict[str, Any] = {**turn.slots, **loaded(claim)}
        if turn.slot("claim_id") == claim.claim_id:
            slots["told_last"] = turn.slot("told_last")
        reading = _read(turn, slots, reports=reports)
        if reading.is_empty and turn.slot("claim_id") == claim.claim_id and claim.state == DRAFT:
            reading = read_decided(turn, claim.assessment, slots, reports=reports)
        if reading.is_empty:
            continue
        if claim.state != DRAFT:
            note(turn, TOPIC, claim.claim_id)
            dispatcher.utter_message(response="utter_dispute_not_changed", reference=claim.submitted_as)
            return [SlotSet("claim_open", False)]
        return _put_right(turn, claim, slots, reading, dispatcher)
    return None


def _read(turn: Turn, slots: dict[str, Any], *, reports: bool) -> Reading:
    if turn.payload is not None:
        fact = str(turn.payload.get(CHOICE))
        return ask_anew((fact,), slots) if was_told(slots, fact) else Reading()
    sure = read_sure_correction(turn, slots)
    return read_marked(turn, slots) if sure.is_empty and (not reports or said_against(turn.text)) else sure


def _put_right(
    turn: Turn, claim: KeptClaim, slots: dict[str, Any], reading: Reading, dispatcher: CollectingDispatcher
) -> Events:
    tie_notes(engine(), buyer_id=turn.buyer_id, claim_id=claim.claim_id)
    if turn.slot("claim_id") == claim.claim_id:
        slots["told_outcome"] = turn.slot("told_outcome")
    else:
        dispatcher.utter_message(response="utter_resumed", reference=claim.reference)
    after = taken_in(turn, reading, slots, dispatcher, answer=claim.assessment)
    return changed(turn.slots, {**after, "claim_open": True})


def _claims(turn: Turn) -> Iterator[KeptClaim]:
    """The claim of this conversation first, then drafts and those of open disputes, the one changed last first."""
    found = unfinished_claims(engine(), buyer_id=turn.buyer_id, now=turn.now)
    for dispute in disputes_of(engine(), buyer_id=turn.buyer_id):
        claim = find_claim(engine(), claim_id=dispute.claim_id, buyer_id=turn.buyer_id, now=turn.now)
        if claim is not None and is_open(dispute.status):
            found.append(claim)
    here = turn.slot("claim_id")
    yield from sorted(found, key=lambda claim: (claim.claim_id == here, claim.changed_at), reverse=True)
