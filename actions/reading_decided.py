"""What a message says of the fact that ended a claim: "I clicked wrong, it says on its way", "I have asked him"."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from actions.reading import Reading
from actions.reading_answers import DATE_SLOTS, read_answer
from actions.turn import Turn
from buyer_protection.policy import Assessment, why
from language.answers import answer, is_plain_no, is_plain_yes, says_unknown
from language.corrections import as_meant
from language.moves import move_in

#: Outcomes that one fact brought about, and that another value of it may change.
_ENDED: Final = ("not_eligible", "refund_request_needed")
#: What is told after the refusal itself: that the request was made meanwhile.
_DONE_MEANWHILE: Final = "refund_requested"


def read_decided(turn: Turn, assessment: Assessment, slots: dict[str, Any], *, reports: bool) -> Reading:
    """The other value that a message tells for the fact that a claim's answer rests on; empty where it tells none.

    `reports`: the message may as well begin another claim, so it must say that something told was not right, or that
    the refund request was made.
    """
    if assessment.outcome not in _ENDED or turn.payload is not None or _says_too_little(turn.text):
        return Reading()
    if reports and answer("claim_type", turn.text) is not None:
        return Reading()
    meant = as_meant(turn.text)
    is_marked = len(meant.split()) < len(turn.text.split())
    for fact in _decisive(assessment):
        if reports and not is_marked and fact != _DONE_MEANWHILE:
            continue
        for text in dict.fromkeys((meant, turn.text)):
            reading, is_whole = read_answer(fact, replace(turn, text=text), slots)
            if (is_whole or is_marked or not reports) and reading.changes.get(fact) not in (None, slots.get(fact)):
                return reading
    return Reading()


def _says_too_little(text: str) -> bool:
    """Whether a message answers something without saying what: a yes is meant for what was offered last."""
    return is_plain_yes(text) or is_plain_no(text) or says_unknown(text) or move_in(text) is not None


def _decisive(assessment: Assessment) -> list[str]:
    """The facts that the outcome rests on, days apart: those are put right by corrections."""
    facts = [fact for reason in why(assessment) if reason.part == "clauses" for fact in reason.facts]
    return [fact for fact in dict.fromkeys(facts) if fact not in DATE_SLOTS]
