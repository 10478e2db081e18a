"""The claim of this conversation in the database: kept after each turn, so that nothing a buyer gave is lost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from actions.claim_slots import record, told
from actions.turn import Turn
from actions.wiring import engine
from buyer_protection.disputes import (
    KeptClaim,
    disputes_of,
    find_claim,
    is_open,
    keep_claim,
    record_note,
    tie_notes,
)
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


def kept_here(turn: Turn) -> KeptClaim | None:
    """The claim of this conversation as the database has it; None where none is kept."""
    claim_id = turn.slot("claim_id")
    return find_claim(engine(), claim_id=claim_id, buyer_id=turn.buyer_id, now=turn.now) if claim_id else None


def note(turn: Turn, topic: str, claim_id: str | None = None, *, text: str | None = None) -> None:
    """Keep what the message tells on a topic for staff, with the claim where one is kept; `text` if it is not typed."""
    record_note(
        engine(),
        buyer_id=turn.buyer_id,
        claim_id=claim_id,
        topic=topic,
        text=turn.text if text is None else text,
        turn_id=turn.id,
        now=turn.now,
    )


def note_unread(turn: Turn, topic: str, text: str) -> None:
    """Keep for staff what came and was not read, unless the gateway did that already, with the claim it is about."""
    note(turn, topic, text=text)
    tie_unread(turn)


def tie_unread(turn: Turn) -> None:
    """Put what was kept unread to the claim that it is about; where there is none, it waits for the next one."""
    claim_id = _claim_now(turn)
    if claim_id:
        tie_notes(engine(), buyer_id=turn.buyer_id, claim_id=claim_id)


def _claim_now(turn: Turn) -> str | None:
    """The claim of this conversation, else that of the dispute that runs; what is about neither waits for a claim."""
    kept = kept_here(turn) if turn.slot("reference") else None
    if kept is not None:
        return kept.claim_id
    running = [dispute for dispute in disputes_of(engine(), buyer_id=turn.buyer_id) if is_open(dispute.status)]
    return running[0].claim_id if running else None


def policy_day(turn: Turn, slots: Mapping[str, Any]) -> date:
    """Today on the calendar of the edition that judges the claim."""
    requested_on = slots.get("refund_requested_on")
    return edition_on(date.fromisoformat(requested_on) if requested_on else turn.today).day_of(turn.now)


def assessed(turn: Turn, slots: Mapping[str, Any]) -> Assessment:
    """The assessment of what is told so far, without writing anything."""
    return assess(Facts.from_dict(told(slots)), policy_day(turn, slots))
