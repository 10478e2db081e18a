"""One message read while a question is open: an answer, a correction, facts beside, a refusal, or something else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from actions.claim_slots import RECORD_FIELDS
from actions.correcting import gone_on, read_choice, read_leaving
from actions.digressions import digresses
from actions.keeping import keep
from actions.not_typed import is_not_typed, read_not_typed
from actions.reading import Reading, together
from actions.reading_answers import CLAIM_INTENTS, begins_with_no, is_untold, read_answer, read_payload, read_untold
from actions.reading_corrections import either_fact, read_corrections, read_marked, read_sure_correction
from actions.reading_elsewhere import read_elsewhere
from actions.reading_kinds import read_kind_named
from actions.reading_volunteered import read_volunteered
from actions.reading_yes_or_no import PLAIN_YES_ONLY, read_yes_or_no
from actions.replacing import FREE_TEXT
from actions.turn import Turn
from language.insults import without_insults
from language.kinds import kind_instead

_SURE = 0.9
#: Kept as the buyer wrote it, for staff to read.
_OWN_WORDS = ("statement", "wish")


def read_told(slot: str, turn: Turn, slots: dict[str, Any]) -> Reading | None:
    """The reading of what a message tells beside its questions; None where that alone answers nothing.

    A yes with a question beside it is no plain yes, so what is opened or taken up by one is never read this way.
    """
    if slot in PLAIN_YES_ONLY or not turn.told:
        return None
    # The intent is that of the whole message; of what is told it may say the kind of claim, but not that it asks.
    intent = turn.intent if turn.intent in CLAIM_INTENTS else ""
    reading = read_message(slot, replace(turn, text=turn.told, asides=(), intent=intent), slots)
    return None if reading.is_digression or not reading.changes else reading


def read_message(slot: str, turn: Turn, slots: dict[str, Any]) -> Reading:
    """The reading of a message while `slot` is asked."""
    if is_not_typed(turn):
        return read_not_typed(slot, turn, slots)
    if slot not in (*PLAIN_YES_ONLY, *_OWN_WORDS):
        turn = replace(turn, text=without_insults(turn.text))
    kind = Reading() if slot in PLAIN_YES_ONLY else read_kind_named(slot, turn, slots)
    for put_right in (read_leaving(turn, slot, slots), kind, read_choice(turn, slot, slots)):
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
    if kind_instead(turn.text) == slots.get("claim_type") is not None or _wants_to_go_on(slot, turn):
        return Reading().say("utter_going_on")
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
    if answered.is_empty and volunteered.is_empty and slot not in FREE_TEXT:
        volunteered = read_elsewhere(turn, slots, slot)
    if digresses(
        turn,
        slot,
        answered=not answered.is_empty,
        says_nothing_else=says_nothing_else,
        tells_facts=not volunteered.is_empty,
    ):
        return Reading(is_digression=True)
    if answered.is_empty and is_untold(turn):
        return read_untold(slot, turn, slots)
    if answered.is_empty and volunteered.is_empty:
        goes_on = turn.intent == "resume_claim"
        return Reading().say("utter_going_on" if goes_on else _not_understood(slot))
    return together(volunteered, answered)


def _wants_to_go_on(slot: str, turn: Turn) -> bool:
    """Whether "I want to continue my claim" is written where any words would do as an answer."""
    return turn.intent == "resume_claim" and turn.confidence >= _SURE and slot in FREE_TEXT


def _not_understood(slot: str) -> str:
    return {"evidence": "utter_evidence_not_here_yet", "order_id": "utter_not_an_order_number"}.get(
        slot, "utter_not_an_answer"
    )


def _evidence_came(turn: Turn, slots: dict[str, Any]) -> bool:
    return bool(keep(turn, slots).facts.evidence)
