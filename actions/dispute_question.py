"""The one question that may be open about a dispute, outside of a claim: it is answered by the very next message only.

Whatever else is written next is what it is, and the question has had its time; nothing waits for it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from rasa_sdk.events import SlotSet

from actions.consent import VALID_FOR, turn_before
from actions.turn import Turn

SLOT: Final = "dispute_question"
#: Shall it be withdrawn? What is meant, order or dispute, and which? Did it help? What else is there to say of that?
WITHDRAW, WHICH, HELPED, WORDS = "withdraw", "which", "helped", "words"
#: Of these a late answer is none: much may have happened meanwhile.
_GETS_OLD: Final = (WITHDRAW, WHICH)


def asked(turn: Turn, kind: str, reference: str = "") -> dict[str, Any]:
    """The event that remembers a question."""
    value = {"kind": kind, "reference": reference, "turn": turn.id, "at": turn.now.isoformat()}
    event: dict[str, Any] = SlotSet(SLOT, value)
    return event


def answered() -> dict[str, Any]:
    """The event that forgets it."""
    event: dict[str, Any] = SlotSet(SLOT, None)
    return event


def open_question(turn: Turn, *kinds: str) -> dict[str, Any] | None:
    """The question that the message before was answered with, if it is of one of these kinds (and recent)."""
    question: dict[str, Any] | None = turn.slot(SLOT)
    if not question or question["kind"] not in kinds or turn_before(turn) != question["turn"]:
        return None
    age = turn.now - datetime.fromisoformat(question["at"])
    return question if kinds[0] not in _GETS_OLD or age <= VALID_FOR else None


def renewed(turn: Turn) -> list[dict[str, Any]]:
    """The events that keep a question open which is said again in this turn; none where none is."""
    question = open_question(turn, WITHDRAW, WHICH) or open_question(turn, HELPED, WORDS)
    return [SlotSet(SLOT, {**question, "turn": turn.id})] if question else []
