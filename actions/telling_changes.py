"""What a correction changed, said in words: old and new, what is not needed any more, and if the answer is another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from rasa_sdk.executor import CollectingDispatcher

from actions import words
from actions.claim_slots import TOLD_FACTS
from actions.keeping import keep
from actions.reading import Reading
from actions.replacing import CORRECTABLE, shown
from actions.story import DAYS_TOLD
from actions.turn import Turn
from actions.wiring import engine
from buyer_protection.disputes import find_claim
from buyer_protection.policy import MORE_INFORMATION_NEEDED, WAIT, Assessment

#: What is read back beside the facts and fields of a claim.
_READ_BACK: Final = (*CORRECTABLE, *DAYS_TOLD)


def with_read_back(reading: Reading, slots: Mapping[str, Any]) -> Reading:
    """The reading with each told value that it replaces read back, the old and the new one.

    What a record vouches for is left out: there the contradiction is said (actions/telling_order.py).
    """
    said = list(reading.said)
    for name in _READ_BACK:
        old, new = slots.get(name), reading.changes.get(name)
        if old is None or new is None or old == new or name in (slots.get("verified") or ()):
            continue
        said = [(response, values) for response, values in said if response != f"utter_noted_{name}"]
        label = words.text(f"utter_label_{name}")
        said.append(("utter_corrected", {"label": label, "old": shown(name, old), "new": shown(name, new)}))
    return Reading(reading.changes, said, reading.is_digression)


def tell_dropped(
    before: Mapping[str, Any], after: Mapping[str, Any], changes: Mapping[str, Any], dispatcher: CollectingDispatcher
) -> None:
    """Say which facts went because what they were asked about is another now."""
    gone = [
        name for name in TOLD_FACTS if before.get(name) is not None and after.get(name) is None and name not in changes
    ]
    if gone:
        labels = [words.text("utter_label_line", label=words.text(f"utter_label_{name}")) for name in gone]
        dispatcher.utter_message(response="utter_dropped", facts="\n".join(labels))


def is_correction(before: Mapping[str, Any], changes: Mapping[str, Any]) -> bool:
    """Whether changes replace or take back a fact of the policy that was told."""
    return any(
        before.get(name) is not None and name in changes and changes[name] != before[name] for name in TOLD_FACTS
    )


def tell_answer(turn: Turn, before: Assessment, slots: dict[str, Any], dispatcher: CollectingDispatcher) -> None:
    """Say whether the claim has another answer now; one that changed is told anew. Updates `slots`.

    `before` is the assessment that the buyer knows.
    """
    after = keep(turn, slots).assessment
    if _answer(after) == _answer(before):
        is_same = _beside(after) == _beside(before)
        slots["told_outcome"] = after.outcome if is_same else None
        dispatcher.utter_message(response="utter_answer_same" if is_same else "utter_answer_same_and_more")
        return
    slots["told_outcome"] = None
    is_open = after.outcome == MORE_INFORMATION_NEEDED
    dispatcher.utter_message(response="utter_answer_open_again" if is_open else "utter_answer_changed")


def told_assessment(turn: Turn, slots: Mapping[str, Any]) -> Assessment | None:
    """The assessment of the kept claim that the buyer was told; None where they were told none."""
    if not slots.get("told_outcome") or not slots.get("reference"):
        return None
    claim = find_claim(engine(), claim_id=slots["claim_id"], buyer_id=turn.buyer_id, now=turn.now)
    return claim.assessment if claim else None


def _answer(assessment: Assessment) -> tuple[object, ...]:
    """What the answer is, and what to do; the first day of a dispute counts while it is waited for."""
    waits_for = assessment.earliest_dispute_on if assessment.outcome == WAIT else None
    return assessment.outcome, assessment.clauses, waits_for


def _beside(assessment: Assessment) -> tuple[object, ...]:
    """What is good to know beside the answer."""
    return assessment.remedies, assessment.warnings, assessment.notes
