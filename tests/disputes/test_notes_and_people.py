"""Notes on what the text does not cover, and buyers who want a person."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy.engine import Engine

from buyer_protection.disputes import (
    Refused,
    ask_for_person,
    close_handoff,
    find_dispute,
    notes_of,
    open_handoffs,
    read_reference,
    record_note,
)
from tests.disputes.made_up import BUYER, NOW, keep


def note(engine: Engine, topic: str, **changes: Any) -> None:
    """What a buyer told."""
    told: dict[str, Any] = {
        "buyer_id": BUYER,
        "claim_id": "claim-1",
        "text": "it was late",
        "turn_id": "t1",
        "now": NOW,
    }
    record_note(engine, topic=topic, **(told | changes))


def call(engine: Engine, turn_id: str, **changes: Any) -> str:
    """A buyer asks for a person."""
    asked: dict[str, Any] = {"buyer_id": BUYER, "claim_id": None, "reason": "please call", "now": NOW}
    return ask_for_person(engine, turn_id=turn_id, **(asked | changes))


def test_a_note_is_kept_once_for_each_turn_and_topic(engine: Engine) -> None:
    """Also before the claim itself is kept; a turn that is run again, or the same words said again, add nothing."""
    for topic in ("arrived_late", "chargeback", "arrived_late"):
        note(engine, topic)
    note(engine, "arrived_late", turn_id="t2", text="it was very late")

    note(engine, "arrived_late", turn_id="t3", text="it was very late")

    topics = [found.topic for found in notes_of(engine, claim_id="claim-1", buyer_id=BUYER)]

    assert topics == ["arrived_late", "chargeback", "arrived_late"]


def test_a_note_never_lands_on_another_buyers_claim(engine: Engine) -> None:
    """Whatever claim the turn names, and even if two turns should have one id."""
    keep(engine)
    note(engine, "arrived_late")
    note(engine, "arrived_late", buyer_id="buyer-2", text="mine")

    assert [found.text for found in notes_of(engine, claim_id="claim-1", buyer_id=BUYER)] == ["it was late"]


def test_a_buyer_who_wants_a_person_is_told_one_reference(engine: Engine) -> None:
    """The same turn again, and asking again while nobody came, give the same."""
    first = call(engine, "t1")

    assert read_reference(first) == first
    assert [call(engine, "t1"), call(engine, "t2", now=NOW + timedelta(hours=1))] == [first, first]
    assert [handoff.reference for handoff in open_handoffs(engine)] == [first]
    assert find_dispute(engine, reference=first) is None


def test_whoever_waits_longest_comes_first(engine: Engine) -> None:
    """Each buyer once."""
    call(engine, "t1")
    call(engine, "t2", buyer_id="buyer-0", now=NOW - timedelta(days=1))

    assert [handoff.buyer_id for handoff in open_handoffs(engine)] == ["buyer-0", BUYER]


def test_a_request_that_was_answered_is_closed_and_a_new_one_may_follow(engine: Engine) -> None:
    """The turn that made the old one still gives the old one."""
    first = call(engine, "t1")

    assert close_handoff(engine, reference=first, actor="ann", now=NOW) == first
    assert close_handoff(engine, reference=first, actor="ann", now=NOW) == Refused("closed", first, "closed")
    assert open_handoffs(engine) == []
    assert call(engine, "t2") != first
    assert call(engine, "t1") == first


def test_a_reference_that_nobody_was_told_cannot_be_closed(engine: Engine) -> None:
    """Nor can a claim's."""
    kept = keep(engine)

    for reference in ("PPPJ-GCH7-M", kept.reference):
        answer = close_handoff(engine, reference=reference, actor="ann", now=NOW)
        assert isinstance(answer, Refused)
        assert answer.code == "unknown_reference"
