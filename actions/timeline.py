"""What happened to a dispute so far, as its buyer may know it: what staff wrote for themselves is not told."""

from __future__ import annotations

from typing import Final

from rasa_sdk.executor import CollectingDispatcher

from actions import words
from actions.wiring import engine
from buyer_protection.disputes import Dispute, Event, events_of
from buyer_protection.disputes.status import AWAITING_BUYER, AWAITING_SUPPLIER

#: What is told of an event, by its kind and the status that it led to.
_TOLD: Final = {
    ("opened", "opened"): "utter_timeline_opened",
    ("asked", AWAITING_BUYER): "utter_timeline_asked_you",
    ("asked", AWAITING_SUPPLIER): "utter_timeline_asked_seller",
    ("reviewed", "under_review"): "utter_timeline_reviewed",
    ("decided", "decided"): "utter_timeline_decided",
    ("withdrawn", "withdrawn"): "utter_timeline_withdrawn",
}
_BUYER: Final = "buyer"
#: One line is no timeline.
_FEWEST: Final = 2
_AT_MOST: Final = 12


def tell_timeline(dispute: Dispute, dispatcher: CollectingDispatcher) -> None:
    """Say day by day what happened, and what the platform asks of the buyer; nothing where only the opening did."""
    events = events_of(engine(), reference=dispute.reference)
    told = [(response, event.at) for event in events if (response := _told(event, dispute))]
    lines = list(dict.fromkeys(words.text(response, on=words.day(at.date())) for response, at in told))
    if len(lines) >= _FEWEST:
        dispatcher.utter_message(
            response="utter_timeline", reference=dispute.reference, lines="\n".join(lines[-_AT_MOST:])
        )
    if dispute.status == AWAITING_BUYER:
        dispatcher.utter_message(response="utter_asked_of_you", question=reason_of(events, "asked"))


def _told(event: Event, dispute: Dispute) -> str:
    """The name of the words for an event; empty where it is not for the buyer."""
    if event.kind == "evidence":
        return "utter_timeline_evidence" if event.actor in (_BUYER, dispute.buyer_id) else ""
    return _TOLD.get((event.kind, event.to_status), "")


def tell_decision(dispute: Dispute, dispatcher: CollectingDispatcher) -> None:
    """Say what was decided and why, that it is final (FIN-1), and that another matter is another claim."""
    dispatcher.utter_message(
        response="utter_decision",
        decision=words.text(f"utter_decision_{dispute.decision}"),
        reason=reason_of(events_of(engine(), reference=dispute.reference), "decided"),
    )


def reason_of(events: list[Event], kind: str) -> str:
    """What staff wrote to the newest event of a kind: a question to the buyer, or why it was decided so."""
    return next((event.reason for event in reversed(events) if event.kind == kind), "")
