"""What a message changes is taken in: settled, read back, and what follows from it said."""

from __future__ import annotations

from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.last_told import with_last_told
from actions.reading import Reading
from actions.settling import settled
from actions.telling_changes import is_correction, tell_answer, tell_dropped, told_assessment, with_read_back
from actions.turn import Turn
from buyer_protection.policy import MORE_INFORMATION_NEEDED, Assessment


def taken_in(
    turn: Turn,
    reading: Reading,
    slots: dict[str, Any],
    dispatcher: CollectingDispatcher,
    *,
    asked: str = "",
    answer: Assessment | None = None,
) -> dict[str, Any]:
    """The slots after a reading; what it says is said, and so is what a correction changes of the claim's answer.

    `asked` is the question that was open; `answer` the assessment that the buyer knows, where the slots do not say it.
    Raises `FactError` or `FieldError` where a change cannot be.
    """
    after = settled(slots, reading.changes)
    with_read_back(reading, slots).tell(dispatcher)
    tell_dropped(slots, after, reading.changes, dispatcher)
    if is_correction(slots, reading.changes):
        known = answer or told_assessment(turn, slots)
        if known is not None and known.outcome != MORE_INFORMATION_NEEDED:
            tell_answer(turn, known, after, dispatcher)
    return with_last_told(slots, after, asked)
