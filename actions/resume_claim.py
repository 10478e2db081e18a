"""A kept claim is taken up again, with everything that was told."""

from __future__ import annotations

from typing import Any

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.about_dispute import answer_about_dispute
from actions.asides import answer_asides
from actions.claim_slots import changed, loaded
from actions.correcting_kept import correct_kept
from actions.keeping import assessed
from actions.next_question import next_question
from actions.reading_answers import DATE_SLOTS, read_answer
from actions.reading_corrections import read_corrections
from actions.reading_volunteered import read_volunteered
from actions.set_aside import offered_just_now, without
from actions.settling import settled
from actions.standing import tell_standing, tell_where_we_are
from actions.start_claim import StartClaim
from actions.story import story_of
from actions.telling_changes import tell_dropped, with_read_back
from actions.turn import Turn
from actions.turn_action import Events, TurnAction
from actions.wiring import engine
from buyer_protection.disputes import KeptClaim, disputes_of, is_open, read_reference, tie_notes, unfinished_claims
from buyer_protection.policy import NOT_ELIGIBLE, why
from language.answers import is_plain_no, is_plain_yes

#: Questions whose answer names itself, so that it is understood before the question is asked again.
ANSWERED_AT_ONCE = (*DATE_SLOTS, "order_id", "carrier_status", "supplier_response", "complaint", "confiscation_cause")


_TELLS = "inform"


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
        if taken_up is not None:
            answer_asides(turn, dispatcher)
            return taken_up
        if not tell_opened(turn, dispatcher):
            tells = _tells_facts(turn)
            if tells and not _has_dispute(turn):
                return StartClaim().act(turn, dispatcher)
            if tells:
                tell_where_we_are(turn, dispatcher)
            else:
                dispatcher.utter_message(response="utter_nothing_to_resume")
        answer_asides(turn, dispatcher)
        return [SlotSet("claim_open", False)]


def _has_dispute(turn: Turn) -> bool:
    """Whether a dispute of the buyer runs: what is told then is of that one, unless it says what went wrong."""
    return any(is_open(dispute.status) for dispute in disputes_of(engine(), buyer_id=turn.buyer_id))


def _tells_facts(turn: Turn) -> bool:
    """Whether a message tells facts, so that a claim begins with them where nothing is kept: "customs took it"."""
    if turn.intent != _TELLS or turn.payload is not None:
        return False
    story = story_of(turn.telling)
    return bool(story.facts or story.days)


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
        reading = read_corrections(turn.telling, slots, "")
        volunteered = read_volunteered(turn.telling, {**slots, **reading.changes})
        before, slots = slots, settled(slots, {**volunteered.changes, **reading.changes})
        with_read_back(reading, before).tell(dispatcher)
        tell_dropped(before, slots, reading.changes, dispatcher)
        volunteered.tell(dispatcher)
        if reading.is_empty:
            slots = _answered(turn.telling, slots, dispatcher)
    slots |= {"set_aside": without(turn.slots, draft.reference) or None, "offered": None}
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


def _answered(turn: Turn, slots: dict[str, Any], dispatcher: CollectingDispatcher) -> dict[str, Any]:
    """The slots with the message as the answer to the question that was left open, where it can only be that.

    A bare yes or no may answer anything, and one's own words may be no answer at all: with those it is asked again.
    """
    question = next_question(assessed(turn, slots), slots, is_linked=turn.is_linked)
    if question not in ANSWERED_AT_ONCE or is_plain_yes(turn.text) or is_plain_no(turn.text):
        return slots
    answered, _ = read_answer(question, turn, slots)
    answered.tell(dispatcher)
    return settled(slots, answered.changes)


def _meant(turn: Turn, drafts: list[KeptClaim]) -> KeptClaim | None:
    """The draft that is named, else one just reminded of or offered, else that of this conversation, else the newest.

    One that a button names is not replaced by another; "the other one" is not that of this conversation.
    """
    by_button = named_by_button(turn)
    if by_button:
        return next((draft for draft in drafts if draft.reference == by_button), None)
    wanted = {read_reference(turn.text) or turn.reminded_of or offered_just_now(turn)}
    if turn.intent == "other_claim":
        drafts = [draft for draft in drafts if draft.claim_id != turn.slot("claim_id")]
        wanted |= set((turn.slot("set_aside") or ())[:1])
    meant = [draft for draft in drafts if draft.reference in wanted]
    here = [draft for draft in drafts if draft.claim_id == turn.slot("claim_id")]
    return next(iter(meant or here or drafts), None)


def asked_again(draft: KeptClaim) -> tuple[str, ...]:
    """What may be different since: a refund request that had not been sent, and what the buyer told that excludes."""
    if draft.assessment.outcome == NOT_ELIGIBLE:
        decisive = {fact for reason in why(draft.assessment) if reason.part == "clauses" for fact in reason.facts}
        return tuple(sorted(decisive - draft.facts.verified))
    return ("refund_requested",) if draft.facts.refund_requested is False else ()
