"""What the gateway sends for a message that is not read: an old button, files, a long text, a changed message, or that
a person gave the conversation back.

Nobody can type these. None of them answers a question, but for a long text where the buyer's own words are asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from actions.reading import Reading
from actions.turn import Turn
from actions.wiring import engine
from buyer_protection.disputes import take_statement

WRITE_AT_LENGTH: Final = "write_at_length"

NOT_TYPED: Final = frozenset(
    {"repeat_question", "send_file", "place_files", WRITE_AT_LENGTH, "edit_message", "hand_back"}
)


def is_not_typed(turn: Turn) -> bool:
    """Whether the turn stands for a message that nobody has read."""
    return turn.payload is not None and turn.intent in NOT_TYPED


def read_not_typed(slot: str, turn: Turn, slots: Mapping[str, Any]) -> Reading:
    """The reading of such a message while `slot` is asked: a rule answers it, or it is the statement."""
    if slot == "statement" and turn.intent == WRITE_AT_LENGTH and _taken(turn, slots["claim_id"]):
        return Reading(changes={"has_long_statement": True}).say("utter_long_statement_kept")
    return Reading(is_digression=True)


def _taken(turn: Turn, claim_id: str) -> bool:
    return take_statement(engine(), claim_id=claim_id, buyer_id=turn.buyer_id, turn_id=turn.id, now=turn.now)
