"""The claim form: reads each message, keeps the claim, and asks the policy what to ask next."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.asides import answer_asides
from actions.claim_slots import RECORD_FIELDS, changed, from_record, loaded
from actions.correcting import gone_on, read_choice, read_leaving
from actions.correcting import question as asked_anew
from actions.digressions import digresses
from actions.going_over import gone_over
from actions.handed_over import begun_anew
from actions.held_evidence import adopt_if_wanted, offered_first
from actions.keeping import assessed, keep
from actions.next_question import next_question
from actions.not_typed import is_not_typed, read_not_typed
from actions.order_record import keep_with_order, with_order_known
from actions.reading import Reading, together
from actions.reading_answers import begins_with_no, is_untold, read_answer, read_payload, read_untold, read_volunteered
from actions.reading_corrections import either_fact, read_corrections, read_marked, read_sure_correction
from actions.reading_yes_or_no import PLAIN_YES_ONLY, read_yes_or_no
from actions.silence import tell_silences
from actions.taking_back import take_back
from actions.taking_in import taken_in
from actions.telling import tell_assessment
from actions.turn import Turn
from actions.turn_action import Events, TurnAction
from actions.wiring import engine
from buyer_protection.disputes import find_claim, tie_notes

#: Outcomes that are told as soon as they are known, while the record's own fields are still asked.
_TOLD_AT_ONCE = ("wait", "evidence_needed", "eligible")


class ValidateClaimForm(TurnAction):
    """Turns one message into facts and computes the next question; leaves digressions to the rules."""

    def name(self) -> str:
        """Called by Rasa whenever the form runs."""
        return "validate_claim_form"

    def act(self, turn: Turn, dispatcher: CollectingDispatcher) -> Events:
        """Read the message if no other action of this turn has, then decide what is asked next."""
        slot = turn.slot("requested_slot")
        is_to_be_read = bool(slot) and _is_unread(turn)
        anew = begun_anew(turn, dispatcher) or (gone_over(turn, dispatcher) if is_to_be_read else None)
        slots = dict(turn.slots) if anew is None else anew
        if anew is None and is_to_be_read and not take_back(turn, dispatcher):
            reading = _read(slot, turn, slots)
            told = _read_told(slot, turn, slots) if turn.asides else None
            if reading.is_digression and told is None:
                return []
            slots = taken_in(turn, told or reading, slots, dispatcher, asked=slot)
            if told is not None:
                answer_asides(turn, dispatcher)
            tell_silences(turn, _kept_id(slots), dispatcher)
        slots = with_order_known(turn, _with_draft(turn, slots))
        adopt_if_wanted(turn, slots, dispatcher)
        question = _stand(turn, slots, dispatcher)
        slots["next_step"] = None if question else _next_step(slots)
        return [*changed(turn.slots, slots), SlotSet("outcome", slots["outcome"]), SlotSet("requested_slot", question)]


def _next_step(slots: dict[str, Any]) -> str:
    """What the rules do when the form has nothing left to ask."""
    return "open_dispute" if slots["outcome"] == "eligible" and slots.get("consent") else "give_assessment"


def _is_unread(turn: Turn) -> bool:
    """Whether no action has answered this message yet: after a digression the form runs once more only to ask again."""
    for event in reversed(turn.tracker.events):
        if event["event"] == "user":
            return True
        if event["event"] == "action" and event.get("name") not in ("claim_form", "action_extract_slots"):
            return False
    return False


def _read_told(slot: str, turn: Turn, slots: dict[str, Any]) -> Reading | None:
    """The reading of what a message tells beside its questions; None where that alone answers nothing.

    A yes with a question beside it is no plain yes, so what is opened or taken up by one is never read this way.
    """
    if slot in PLAIN_YES_ONLY or not turn.told:
        return None
    reading = _read(slot, replace(turn, text=turn.told, asides=()), slots)
    return None if reading.is_digression or not reading.changes else reading


def _read(slot: str, turn: Turn, slots: dict[str, Any]) -> Reading:
    """The reading of a message while `slot` is asked."""
    if is_not_typed(turn):
        return read_not_typed(slot, turn, slots)
    for put_right in (read_leaving(turn, slot, slots), read_choice(turn, slot, slots)):
        if not put_right.is_empty:
            return put_right
    if slot == "evidence" and _evidence_came(turn, slots):
        return Reading().say("utter_evidence_came")
    if turn.payload is None and slot != "resume_draft":
        put_right = read_sure_correction(turn, slots)
        if not put_right.is_empty:
            return put_right
    return gone_on(_read_answer(slot, turn, slots), slot, turn, slots)


def _read_answer(slot: str, turn: Turn, slots: dict[str, Any]) -> Reading:
    """The reading of a message that puts nothing right in so many words."""
    if turn.payload:
        reading = read_payload(turn.payload, slot, turn, slots)
        return Reading().say("utter_not_an_answer") if reading.is_empty else reading
    if slot in PLAIN_YES_ONLY:
        return read_yes_or_no(slot, turn, slots)
    answered, says_nothing_else = read_answer(slot, turn, slots)
    volunteered = read_volunteered(turn, slots, leave_out=slot)
    if slot != "statement" and not says_nothing_else:
        corrected = read_corrections(turn, slots, slot)
        if not corrected.is_empty and (answered.is_empty or slot in RECORD_FIELDS):
            return together(corrected, volunteered)
    if slot != "statement" and not answered.is_empty and not (says_nothing_else and begins_with_no(turn.text)):
        corrected = read_marked(turn, slots)
        if not corrected.is_empty:
            return either_fact(turn, corrected, answered, slot)
    if digresses(
        turn,
        slot,
        answered=not answered.is_empty,
        says_nothing_else=says_nothing_else,
        tells_facts=not volunteered.is_empty,
    ):
        return Reading(is_digression=True)
    if answered.is_empty and is_untold(turn):
        return read_untold(slot, slots)
    if answered.is_empty and volunteered.is_empty:
        goes_on = turn.intent == "resume_claim"
        return Reading().say("utter_going_on" if goes_on else _not_understood(slot))
    return together(volunteered, answered)


def _not_understood(slot: str) -> str:
    return {"evidence": "utter_evidence_not_here_yet", "order_id": "utter_not_an_order_number"}.get(
        slot, "utter_not_an_answer"
    )


def _evidence_came(turn: Turn, slots: dict[str, Any]) -> bool:
    return bool(keep(turn, slots).facts.evidence)


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
    if not _worth_keeping(slots, question):
        return asked_anew(slots) or question
    claim = keep_with_order(turn, slots, dispatcher)
    slots |= from_record(claim)
    if asked_anew(slots):
        return asked_anew(slots)
    question = offered_first(next_question(claim.assessment, slots, is_linked=turn.is_linked), turn, slots)
    if question and claim.assessment.outcome in _TOLD_AT_ONCE and question not in claim.assessment.optional:
        slots["told_outcome"] = tell_assessment(claim, slots.get("told_outcome"), dispatcher)
    return question


def _worth_keeping(slots: dict[str, Any], question: str | None) -> bool:
    """A claim is written once it has an answer or its second message, never while a kept draft is being offered.

    One about a known order is written at once, with what the shop's record says of it.
    One whose kind is not told yet waits for the second: said again under a new id, the first could not be known again.
    """
    if question == "resume_draft":
        return False
    return (
        (slots["outcome"] != "more_information_needed" and bool(slots.get("claim_type")))
        or bool(slots.get("reference"))
        or bool(slots.get("requested_slot"))
        or bool(slots.get("order_id") and slots.get("claim_type"))
    )


def _kept_id(slots: dict[str, Any]) -> str | None:
    return slots["claim_id"] if slots.get("reference") else None
