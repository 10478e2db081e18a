"""The claim form: reads each message, keeps the claim, and asks the policy what to ask next."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.anger import hear_anger
from actions.asides import answer_asides
from actions.asked_so_often import next_in_a_row
from actions.claim_slots import changed, from_record, loaded
from actions.correcting import question as asked_anew
from actions.handed_over import begun_anew
from actions.held_evidence import adopt_if_wanted, offered_first
from actions.keeping import assessed
from actions.misunderstood import NOT_UNDERSTOOD, in_other_words
from actions.next_question import next_question
from actions.order_record import keep_with_order, with_order_known
from actions.reading import Reading
from actions.reading_messages import read_message, read_told
from actions.recap import BACK_FROM_PERSON, tell_recap
from actions.silence import tell_silences
from actions.starting_over import started_over
from actions.switching import elsewhere
from actions.taking_back import take_back
from actions.taking_in import taken_in
from actions.telling import tell_assessment
from actions.turn import Turn
from actions.turn_action import Events, TurnAction
from actions.wiring import engine
from actions.worth_keeping import worth_keeping
from buyer_protection.disputes import find_claim, tie_notes

#: Outcomes that are told as soon as they are known, while the record's own fields are still asked.
_TOLD_AT_ONCE = ("wait", "evidence_needed", "eligible")


class ValidateClaimForm(TurnAction):
    """Turns one message into facts and computes the next question; leaves digressions to the rules."""

    hears_anger = understands = False
    leaves_to_rules = True

    def name(self) -> str:
        """Called by Rasa whenever the form runs."""
        return "validate_claim_form"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """Read the message if no other action of this turn has, then decide what is asked next."""
        slot = turn.open_slot
        is_to_be_read = bool(slot) and _is_unread(turn)
        anew = begun_anew(turn, dispatcher) or (elsewhere(turn, dispatcher) if is_to_be_read else None)
        slots = dict(turn.slots) if anew is None else anew
        understood = None
        if anew is None and slot and is_to_be_read and not take_back(turn, dispatcher):
            reading = read_message(slot, turn, slots)
            told = read_told(slot, turn, slots) if turn.asides else None
            if reading.is_digression and told is None:
                return []
            slots |= hear_anger(turn, dispatcher)
            understood = in_other_words(told or _beside(turn, reading), slot, slots)
            slots = taken_in(turn, understood, slots, dispatcher, asked=slot)
            answer_asides(replace(turn, slots=slots), dispatcher)
            tell_silences(turn, _kept_id(slots), dispatcher)
        slots = started_over(turn, slots, dispatcher)
        slots = with_order_known(turn, _with_draft(turn, slots))
        adopt_if_wanted(turn, slots, dispatcher)
        question = _stand(turn, slots, dispatcher)
        slots["next_step"] = None if question else _next_step(slots)
        tell_recap(turn, slots, question, dispatcher)
        question = next_in_a_row(
            question,
            slots,
            wanted_again="action_say_again" in turn.actions,
            is_new=BACK_FROM_PERSON in turn.actions
            or (understood is not None and bool(understood.changes) and _asks_anew(question, turn, slots)),
        )
        # Set to nothing on the way, the question would end the form.
        slots.pop("requested_slot", None)
        return [*changed(turn.slots, slots), SlotSet("outcome", slots["outcome"]), SlotSet("requested_slot", question)]


def _beside(turn: Turn, reading: Reading) -> Reading:
    """The reading of a message that asks something too: with its answer nobody hears that nothing was understood."""
    if not turn.asides:
        return reading
    return Reading(reading.changes, [said for said in reading.said if said[0] not in NOT_UNDERSTOOD])


def _asks_anew(question: str | None, turn: Turn, slots: dict[str, Any]) -> bool:
    """Whether a question after an answer is another than before: a new summary, or the answer shown back to be sure."""
    shown_back = ("suspected", "date_candidates")
    return question == "consent" or any(slots.get(name) not in (None, turn.slot(name)) for name in shown_back)


def _next_step(slots: dict[str, Any]) -> str:
    """What the rules do when the form has nothing left to ask."""
    return "open_dispute" if slots["outcome"] == "eligible" and slots.get("consent") else "give_assessment"


def _is_unread(turn: Turn) -> bool:
    """Whether no action has answered this message yet: after a digression the form runs once more only to ask again."""
    return not set(turn.actions) - {"claim_form", "action_extract_slots"}


def _with_draft(turn: Turn, slots: dict[str, Any]) -> dict[str, Any]:
    """The slots of the kept draft where the buyer takes it up, else the new claim's."""
    if slots.get("resume_draft") and slots.get("draft_claim_id"):
        draft = find_claim(engine(), claim_id=slots["draft_claim_id"], buyer_id=turn.buyer_id, now=turn.now)
        if draft:
            tie_notes(engine(), buyer_id=turn.buyer_id, claim_id=draft.claim_id)
            return {**slots, **loaded(draft)}
    return slots


def _stand(turn: Turn, slots: dict[str, Any], dispatcher: CollectingDispatcher) -> str | None:
    """Keep the claim, tell its assessment where it is new, and return the next question; updates `slots`."""
    assessment = assessed(turn, slots)
    slots["outcome"] = assessment.outcome
    question = next_question(assessment, slots, is_linked=turn.is_linked)
    if not worth_keeping(slots, question):
        return asked_anew(slots) or question
    claim = keep_with_order(turn, slots, dispatcher)
    slots |= from_record(claim)
    if asked_anew(slots):
        return asked_anew(slots)
    question = offered_first(next_question(claim.assessment, slots, is_linked=turn.is_linked), turn, slots)
    if question and claim.assessment.outcome in _TOLD_AT_ONCE and question not in claim.assessment.optional:
        slots["told_outcome"] = tell_assessment(claim, slots.get("told_outcome"), dispatcher)
    return question


def _kept_id(slots: dict[str, Any]) -> str | None:
    return slots["claim_id"] if slots.get("reference") else None
