"""Consent to open a dispute: a plain yes, in the very next message to the summary, soon, about unchanged facts."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any, Final

from actions.claim_slots import RECORD_FIELDS
from actions.turn import Turn
from buyer_protection.disputes import KeptClaim
from language.answers import is_plain_no, is_plain_yes
from language.insults import without_insults

VALID_FOR: Final = timedelta(minutes=30)


def asked(turn: Turn, claim: KeptClaim) -> dict[str, Any]:
    """What to remember of a summary just shown: the turn, the instant, and a hash of all that it showed."""
    return {"turn": turn.id, "at": turn.now.isoformat(), "claim": _fingerprint(claim)}


def says_yes(turn: Turn) -> bool:
    """Whether the message is a pressed yes or a plain one, and nothing else."""
    return turn.intent == "affirm" if turn.payload is not None else is_plain_yes(turn.text)


def says_no(turn: Turn) -> bool:
    """Whether the message is a pressed no or a plain one, an insult beside it or not: nothing is opened by a no."""
    return turn.intent == "deny" if turn.payload is not None else is_plain_no(without_insults(turn.text))


def still_stands(turn: Turn, claim: KeptClaim) -> bool:
    """Whether a yes now answers the summary that was shown."""
    summary = turn.slot("consent_asked")
    if not summary or summary["claim"] != _fingerprint(claim):
        return False
    age = turn.now - datetime.fromisoformat(summary["at"])
    return timedelta(0) <= age <= VALID_FOR and turn_before(turn) == summary["turn"]


def _fingerprint(claim: KeptClaim) -> str:
    fields = {name: getattr(claim, name) for name in RECORD_FIELDS}
    shown = json.dumps({**claim.facts.to_dict(), **fields}, sort_keys=True)
    return hashlib.sha256(shown.encode()).hexdigest()


def turn_before(turn: Turn) -> str | None:
    """The id of the buyer's message before this one, None where there was none."""
    messages = [event.get("message_id") for event in turn.tracker.events if event.get("event") == "user"]
    return messages[-2] if len(messages) > 1 else None
