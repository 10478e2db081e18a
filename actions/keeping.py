"""The claim of this conversation in the database: kept after each turn, so that nothing a buyer gave is lost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from actions.claim_slots import record, told
from actions.turn import Turn
from actions.wiring import engine
from buyer_protection.disputes import KeptClaim, keep_claim, record_note
from buyer_protection.policy import Assessment, Facts, assess, edition_on


def keep(turn: Turn, slots: Mapping[str, Any]) -> KeptClaim:
    """Write the claim as the slots tell it, and return it with what the database knows beside."""
    return keep_claim(
        engine(),
        claim_id=slots["claim_id"],
        buyer_id=turn.buyer_id,
        turn_id=turn.id,
        now=turn.now,
        facts=told(slots),
        **record(slots),
    )


def note(turn: Turn, topic: str, claim_id: str | None = None) -> None:
    """Keep what the message tells on a topic for staff, with the claim where one is kept."""
    record_note(
        engine(),
        buyer_id=turn.buyer_id,
        claim_id=claim_id,
        topic=topic,
        text=turn.text,
        turn_id=turn.id,
        now=turn.now,
    )


def policy_day(turn: Turn, slots: Mapping[str, Any]) -> date:
    """Today on the calendar of the edition that judges the claim."""
    requested_on = slots.get("refund_requested_on")
    return edition_on(date.fromisoformat(requested_on) if requested_on else turn.today).day_of(turn.now)


def assessed(turn: Turn, slots: Mapping[str, Any]) -> Assessment:
    """The assessment of what is told so far, without writing anything."""
    return assess(Facts.from_dict(told(slots)), policy_day(turn, slots))
