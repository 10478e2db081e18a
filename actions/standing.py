"""Where the buyer's own matters stand, said where no question is open."""

from __future__ import annotations

from collections.abc import Sequence

from rasa_sdk.executor import CollectingDispatcher

from actions import words
from actions.telling import dispute_as_custom
from actions.turn import Turn
from actions.wiring import engine
from buyer_protection.disputes import Dispute, KeptClaim, disputes_of, heard, is_open, unfinished_claims

_AT_MOST = 5


def tell_standing(disputes: Sequence[Dispute], drafts: Sequence[KeptClaim], dispatcher: CollectingDispatcher) -> None:
    """Say how each dispute and each kept claim stands, the first few of them."""
    for dispute in disputes[:_AT_MOST]:
        dispatcher.utter_message(
            response=f"utter_dispute_status_{dispute.status}",
            json_message=dispute_as_custom(dispute),
            reference=dispute.reference,
            opened_on=words.day(dispute.opened_on),
        )
    for draft in drafts[: _AT_MOST - len(disputes[:_AT_MOST])]:
        earliest = draft.assessment.earliest_dispute_on
        dispatcher.utter_message(
            response=f"utter_draft_status_{draft.assessment.outcome}",
            reference=draft.reference,
            earliest_dispute_on=words.day_if_known(earliest),
        )


def tell_where_we_are(turn: Turn, dispatcher: CollectingDispatcher, otherwise: str = "utter_nothing_asked") -> None:
    """After a message that is not read: the open question comes back by itself, and without one this is said.

    The disputes that run, else the last one; the kept claims, with the offer to go on; else `otherwise`, a response.
    """
    if turn.slot("requested_slot"):
        return
    disputes = disputes_of(engine(), buyer_id=turn.buyer_id)
    drafts = unfinished_claims(engine(), buyer_id=turn.buyer_id, now=turn.now)
    running = [dispute for dispute in disputes if is_open(dispute.status)]
    tell_standing(running or disputes[: 0 if drafts else 1], drafts, dispatcher)
    heard(engine(), kept=drafts, now=turn.now)
    if drafts:
        dispatcher.utter_message(response="utter_offer_going_on", reference=drafts[0].reference)
    elif not disputes:
        dispatcher.utter_message(response=otherwise)
