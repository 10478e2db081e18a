"""A kept claim is taken up again, with everything that was told."""

from __future__ import annotations

from typing import Any

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.about_dispute import answer_about_dispute
from actions.claim_slots import changed, loaded
from actions.correcting_kept import correct_kept
from actions.reading_answers import read_volunteered
from actions.reading_corrections import read_corrections
from actions.settling import settled
from actions.standing import tell_standing
from actions.telling_changes import tell_dropped, with_read_back
from actions.turn import Turn
from actions.turn_action import Events, TurnAction
from actions.wiring import engine
from buyer_protection.disputes import KeptClaim, disputes_of, read_reference, tie_notes, unfinished_claims
from buyer_protection.policy import NOT_ELIGIBLE, why


class ResumeClaim(TurnAction):
    """Takes up the claim named by its reference, the one of this conversation, or the newest."""

    def name(self) -> str:
        """Named in data/rules/claim.yml."""
        return "action_resume_claim"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """Where nothing is kept, say so and what can be done."""
        about_dispute = answer_about_dispute(turn, dispatcher)
        if about_dispute is not None:
            return [*about_dispute, SlotSet("claim_open", False)]
        taken_up = correct_kept(turn, dispatcher) or take_up(turn, dispatcher)
        if taken_up is None:
            if not tell_opened(turn, dispatcher):
                dispatcher.utter_message(response="utter_nothing_to_resume")
            return [SlotSet("claim_open", False)]
        return taken_up


def take_up(turn: Turn, dispatcher: CollectingDispatcher) -> Events | None:
    """The events that fill the slots from the database and with what the message tells; None where nothing is kept."""
    draft = _meant(turn, unfinished_claims(engine(), buyer_id=turn.buyer_id, now=turn.now))
    if draft is None:
        return None
    tie_notes(engine(), buyer_id=turn.buyer_id, claim_id=draft.claim_id)
    slots: dict[str, Any] = {**turn.slots, **loaded(draft), "claim_open": True}
    dispatcher.utter_message(response="utter_resumed", reference=draft.reference)
    slots |= dict.fromkeys(asked_again(draft))
    if turn.text:
        reading = read_corrections(turn, slots, "")
        volunteered = read_volunteered(turn, {**slots, **reading.changes})
        before, slots = slots, settled(slots, {**volunteered.changes, **reading.changes})
        with_read_back(reading, before).tell(dispatcher)
        tell_dropped(before, slots, reading.changes, dispatcher)
        volunteered.tell(dispatcher)
    return changed(turn.slots, slots)


def named_by_button(turn: Turn) -> str | None:
    """The reference that a pressed button carries; None where it carries none, or nothing was pressed."""
    return read_reference(str((turn.payload or {}).get("reference") or ""))


def tell_opened(turn: Turn, dispatcher: CollectingDispatcher) -> bool:
    """Whether the claim that a button names became a dispute, which then is said: a reminder's button has no end."""
    named = named_by_button(turn)
    became = [dispute for dispute in disputes_of(engine(), buyer_id=turn.buyer_id) if dispute.reference == named]
    tell_standing(became, [], dispatcher)
    return bool(became)


def _meant(turn: Turn, drafts: list[KeptClaim]) -> KeptClaim | None:
    by_button = named_by_button(turn)
    if by_button:
        return next((draft for draft in drafts if draft.reference == by_button), None)
    named = read_reference(turn.text) or turn.reminded_of
    by_name = [draft for draft in drafts if draft.reference == named]
    of_now = [draft for draft in drafts if draft.claim_id == turn.slot("claim_id")]
    return next(iter(by_name or of_now or drafts), None)


def asked_again(draft: KeptClaim) -> tuple[str, ...]:
    """What may be different since: a refund request that had not been sent, and what the buyer told that excludes."""
    if draft.assessment.outcome == NOT_ELIGIBLE:
        decisive = {fact for reason in why(draft.assessment) if reason.part == "clauses" for fact in reason.facts}
        return tuple(sorted(decisive - draft.facts.verified))
    return ("refund_requested",) if draft.facts.refund_requested is False else ()
