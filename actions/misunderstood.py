"""What was not understood is said in other words the second and the third time, and then a person is offered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from actions.claim_slots import RECORD_FIELDS
from actions.reading import Reading
from actions.turn import Turn

#: What the form says to a message that it could not use; each of these counts as a misunderstanding.
NOT_UNDERSTOOD: Final = frozenset(
    {"utter_not_an_answer", "utter_not_an_order_number", "utter_yes_or_no_needed", "utter_agreement_needed"}
)

#: What an answer to a question looks like, by the question; other questions are answered by choosing.
LOOKS_LIKE: Final = {
    "refund_requested_on": "date",
    "delivery_due_on": "date",
    "quantity_ordered": "number",
    "quantity_received": "number",
    "evidence": "evidence",
    "consent": "yes_no",
    "resume_draft": "yes_no",
    "use_held_evidence": "yes_no",
    **dict.fromkeys(RECORD_FIELDS, "text"),
    "order_id": "order_id",
}
_THIRD: Final = 3


def times(slots: Mapping[str, Any], at: str) -> int:
    """How often in a row nothing was understood, at a question or (empty) outside a claim."""
    counted = slots.get("misunderstood") or {}
    return int(counted["times"]) if counted.get("at") == at else 0


def once_more(slots: Mapping[str, Any], at: str, text: str = "") -> dict[str, Any]:
    """What to remember after one more misunderstanding; `text` is what was written, where a choice is to explain it."""
    return {"at": at, "times": times(slots, at) + 1, **({"text": text} if text else {})}


def asked_back_about(turn: Turn) -> Turn:
    """The turn as if a pressed choice had come with the message that it explains: what that told is not lost."""
    text = (turn.slot("misunderstood") or {}).get("text")
    return replace(turn, text=text) if text and turn.payload is not None and not turn.text else turn


def in_other_words(reading: Reading, slot: str, slots: dict[str, Any]) -> Reading:
    """The reading with other words for a second and third misunderstanding; remembers in `slots` which one it is."""
    if set(reading.changes) - {"correcting"} or not {name for name, _ in reading.said} & NOT_UNDERSTOOD:
        slots["misunderstood"] = None
        return reading
    slots["misunderstood"] = once_more(slots, slot)
    count = times(slots, slot)
    if count == 1:
        return reading
    kept = [(name, values) for name, values in reading.said if name not in NOT_UNDERSTOOD]
    if count < _THIRD:
        kept.append((f"utter_answer_looks_like_{LOOKS_LIKE.get(slot, 'choice')}", {}))
    else:
        kept.append(("utter_not_an_answer_third", {}))
    return Reading(reading.changes, kept)
