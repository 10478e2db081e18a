"""What a buyer tells while a dispute runs, or asks after its decision, and that nothing else reads."""

from __future__ import annotations

import re
from typing import Final

from rasa_sdk.executor import CollectingDispatcher

from actions.keeping import note
from actions.reading import is_question
from actions.timeline import tell_decision
from actions.turn import Turn
from actions.wiring import engine
from buyer_protection.disputes import Dispute, disputes_of, is_open, unfinished_claims
from buyer_protection.disputes.status import DECIDED
from language.answers import answer

#: The topic of a note with what was told.
TOPIC: Final = "news"
#: Words of another order, which is no news of this one.
_ANOTHER: Final = re.compile(
    r"\b(?:another|other|second|next|new) (?:order|parcel|package|item|one|thing)\b", re.IGNORECASE
)
#: Fewer words tell nothing that staff could use.
_FEWEST_WORDS: Final = 2


def put_with_dispute(turn: Turn, dispatcher: CollectingDispatcher) -> bool:
    """Put what a message tells with the one dispute that runs, for staff to read; whether that was done.

    Not where a claim is kept that may be meant, and nothing that asks.
    """
    if turn.payload is not None or len(turn.text.split()) < _FEWEST_WORDS or is_question(turn.text):
        return False
    if answer("claim_type", turn.text) is not None and _ANOTHER.search(turn.text):
        return False
    dispute = _meant(turn)
    if dispute is None or not is_open(dispute.status):
        return False
    note(turn, TOPIC, dispute.claim_id)
    dispatcher.utter_message(response="utter_put_with_dispute", reference=dispute.reference)
    return True


def told_decision(turn: Turn, dispatcher: CollectingDispatcher) -> bool:
    """Tell the decision of the buyer's dispute and the way to a person; whether there is one to tell."""
    dispute = _meant(turn)
    if dispute is None or dispute.status != DECIDED:
        return False
    tell_decision(dispute, dispatcher)
    dispatcher.utter_message(response="utter_after_decision")
    return True


def _meant(turn: Turn) -> Dispute | None:
    """The dispute that a message can only be about: the one that runs, else the newest; None beside a kept claim."""
    if unfinished_claims(engine(), buyer_id=turn.buyer_id, now=turn.now):
        return None
    disputes = disputes_of(engine(), buyer_id=turn.buyer_id)
    running = [dispute for dispute in disputes if is_open(dispute.status)]
    if len(running) > 1:
        return None
    return next(iter(running or disputes), None)
