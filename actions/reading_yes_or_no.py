"""The questions that only a plain yes answers: the summary, the offer of a kept claim, files that were sent before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from actions import consent
from actions.digressions import digresses
from actions.keeping import keep
from actions.reading import Reading, together
from actions.reading_corrections import read_corrections
from actions.reading_volunteered import read_volunteered
from actions.turn import Turn
from buyer_protection.policy import EVIDENCE_NEEDED
from language.answers import is_plain_yes
from language.insults import without_insults

#: What is opened, taken up or put to a claim by a yes alone.
PLAIN_YES_ONLY: Final = ("consent", "resume_draft", "use_held_evidence", "start_over")


def read_yes_or_no(slot: str, turn: Turn, slots: Mapping[str, Any]) -> Reading:
    """The answer to one of `PLAIN_YES_ONLY`; a yes to a summary counts only while it shows what is kept now."""
    if consent.says_no(turn):
        return Reading(changes={slot: False})
    if consent.says_yes(turn) and turn.is_interrupted and turn.payload is None:
        # Something was said after the question, such as a reminder: the question comes again, and then a yes is one.
        return Reading().say("utter_summary_again" if slot == "consent" else "utter_yes_or_no_needed")
    if consent.says_yes(turn):
        return _yes_to_the_summary(turn, slots) if slot == "consent" else Reading(changes={slot: True})
    if slot in ("consent", "use_held_evidence"):
        corrected = together(read_corrections(turn, slots, slot), read_volunteered(turn, slots))
        if not corrected.is_empty:
            return corrected
    is_yes_with_insult = is_plain_yes(without_insults(turn.text))
    if not is_yes_with_insult and digresses(turn, slot, answered=False, says_nothing_else=False, tells_facts=False):
        return Reading(is_digression=True)
    return Reading().say("utter_agreement_needed" if slot == "consent" else "utter_yes_or_no_needed")


def _yes_to_the_summary(turn: Turn, slots: Mapping[str, Any]) -> Reading:
    claim = keep(turn, slots)
    if consent.still_stands(turn, claim):
        return Reading(changes={"consent": True})
    gone = claim.assessment.outcome == EVIDENCE_NEEDED
    return Reading().say("utter_evidence_taken_back" if gone else "utter_summary_again")
