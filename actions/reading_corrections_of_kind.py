"""A message that tells another kind than the claim's: the kind is asked again, the old one stays till then."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from actions.reading import Reading
from actions.reading_answers import CLAIM_INTENTS
from actions.replacing import asking
from actions.turn import Turn
from language.kinds import kind_named

_HAS_COME: Final = re.compile(
    r"\b(it|parcel|package|order|they)\b[^.?!]{0,20}"
    r"\b(came|(has|have|did) (come|arrive)|arrived|is here|(turned|showed) up)\b",
    re.IGNORECASE,
)
#: It is not so, not yet so, or others say so.
_HAS_NOT: Final = re.compile(
    r"\b(not|never|nothing|if|when|until|says?|said|tracking|hub|will|would|should|could|can|may|might|yet)\b"
    r"|\bto (come|arrive)\b|(n'?t|'ll)\b",
    re.IGNORECASE,
)

_SURE_OF_ANOTHER_CLAIM: Final = 0.7
_A_SENTENCE: Final = 5


def read_another_kind(turn: Turn, slots: Mapping[str, Any]) -> Reading:
    """That the kind is asked again; empty where the message tells no other kind."""
    kind = slots.get("claim_type")
    if not kind or (slots.get("correcting") or {}).get("slot") == "claim_type":
        return Reading()
    came = kind == "not_received" and _HAS_COME.search(turn.text) and not _HAS_NOT.search(turn.text)
    other = CLAIM_INTENTS.get(turn.intent)
    told = other not in (None, kind) and turn.confidence >= _SURE_OF_ANOTHER_CLAIM
    named = kind_named(turn.text) not in (None, kind)
    if came or named or (told and len(turn.text.split()) >= _A_SENTENCE):
        return Reading(changes={"correcting": asking("claim_type")}).say("utter_another_kind")
    return Reading()
