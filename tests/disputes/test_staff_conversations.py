"""A conversation in the hands of a person: one at a time, theirs alone, and back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from buyer_protection.disputes import (
    FieldError,
    Handoff,
    Refused,
    ask_for_person,
    close_handoff,
    find_handoff,
    hand_over,
    handoff_events_of,
    handoff_of,
    open_handoffs,
)
from buyer_protection.disputes.staff_conversations import LONGEST_ANSWER, answer, hand_back, take
from tests.disputes.made_up import BUYER, NOW

NOBODYS = "PPPJ-GCH7-M"


def call(engine: Engine, turn_id: str = "t1", buyer_id: str = BUYER) -> str:
    """A buyer asks for a person."""
    return ask_for_person(engine, buyer_id=buyer_id, claim_id=None, turn_id=turn_id, now=NOW, reason="please")


def by(actor: str, minutes: int = 1) -> dict[str, Any]:
    """Somebody of the staff, a little later."""
    return {"actor": actor, "now": NOW + timedelta(minutes=minutes)}


def kinds(engine: Engine, reference: str) -> list[tuple[str, str]]:
    """What was done, by whom."""
    return [(event.kind, event.actor) for event in handoff_events_of(engine, reference=reference)]


def test_one_person_has_it_and_a_second_is_told_who(engine: Engine) -> None:
    """Taking it again does nothing; the second may have it where the first gives it up by name."""
    reference = call(engine)
    taken = take(engine, reference=reference, **by("ann"))

    assert isinstance(taken, Handoff)
    assert (taken.state, taken.taken_by) == ("taken", "ann")
    assert take(engine, reference=reference, **by("ann")) == taken
    assert take(engine, reference=reference, **by("bob")) == Refused("taken", reference, "ann")
    assert take(engine, reference=reference, taken_from="eve", **by("bob")) == Refused("taken", reference, "ann")
    given = take(engine, reference=reference, taken_from="ann", **by("bob"))
    assert isinstance(given, Handoff)
    assert given.taken_by == "bob"
    assert kinds(engine, reference) == [("taken", "ann"), ("taken_from", "bob")]


def test_of_many_who_take_it_at_once_one_has_it(engine: Engine) -> None:
    """Each of the others hears the name of that one."""
    reference = call(engine)
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda n: take(engine, reference=reference, **by(f"staff-{n}")), range(6)))

    (winner,) = [answer for answer in answers if isinstance(answer, Handoff)]
    others = [answer for answer in answers if isinstance(answer, Refused)]
    assert {(answer.code, answer.status) for answer in others} == {("taken", winner.taken_by)}
    assert kinds(engine, reference) == [("taken", winner.taken_by)]


def test_only_who_has_it_speaks_in_it(engine: Engine) -> None:
    """Who answered what is kept; before it is taken and after it went back nothing can be said."""
    reference = call(engine)

    assert answer(engine, reference=reference, text="hello", **by("ann")) == Refused("not_taken", reference, "")
    take(engine, reference=reference, **by("ann"))
    assert answer(engine, reference=reference, text="hello", **by("bob")) == Refused("taken", reference, "ann")
    assert isinstance(answer(engine, reference=reference, text=" hello\nthere ", **by("ann")), Handoff)
    assert hand_back(engine, reference=reference, **by("bob")) == Refused("taken", reference, "ann")
    assert isinstance(hand_back(engine, reference=reference, **by("ann", 9)), Handoff)
    for late in (take(engine, reference=reference, **by("bob")), hand_back(engine, reference=reference, **by("ann"))):
        assert late == Refused("closed", reference, "closed")
    assert answer(engine, reference=reference, text="one more", **by("ann")) == Refused("closed", reference, "closed")
    said = [event for event in handoff_events_of(engine, reference=reference) if event.kind == "answered"]
    assert [(event.actor, event.text, event.told_at) for event in said] == [("ann", "hello\nthere", None)]


@pytest.mark.parametrize("text", ["", "  \n ", "x" * (LONGEST_ANSWER + 1), "\x1b[31mred", "a\x00b", "\ud800", None])
def test_what_is_no_text_cannot_be_said(engine: Engine, text: Any) -> None:
    """And nothing of it is kept."""
    reference = call(engine)
    take(engine, reference=reference, **by("ann"))

    with pytest.raises(FieldError, match="text"):
        answer(engine, reference=reference, text=text, **by("ann"))
    assert kinds(engine, reference) == [("taken", "ann")]


def test_a_reference_of_nothing_or_of_something_else_is_unknown(engine: Engine) -> None:
    """Whatever is to be done with it."""
    for done in (take(engine, reference=NOBODYS, **by("ann")), hand_back(engine, reference="?", **by("ann"))):
        assert isinstance(done, Refused)
        assert done.code == "unknown_reference"
    assert find_handoff(engine, reference=NOBODYS) is None


def test_c15_asked_for_twice_and_handed_back_it_is_one_request(engine: Engine) -> None:
    """After it went back, a new one."""
    reference = call(engine)
    take(engine, reference=reference, **by("ann"))

    assert call(engine, "t2") == reference
    assert close_handoff(engine, reference=reference, **by("bob")) == Refused("taken", reference, "ann")
    hand_back(engine, reference=reference, **by("ann"))
    again = call(engine, "t3")
    assert again != reference
    mine = handoff_of(engine, buyer_id=BUYER)
    assert mine is not None
    assert mine.reference == again
    assert handoff_of(engine, buyer_id="buyer-2") is None


def test_the_queue_can_be_looked_at_by_state(engine: Engine) -> None:
    """Who waits, and who speaks with somebody."""
    first, second = call(engine), call(engine, buyer_id="buyer-2")
    take(engine, reference=second, **by("ann"))

    assert [each.reference for each in open_handoffs(engine, state="waiting")] == [first]
    assert [each.reference for each in open_handoffs(engine, state="taken")] == [second]
    assert len(open_handoffs(engine)) == 2


def test_who_is_linked_meanwhile_keeps_the_request(engine: Engine) -> None:
    """Unless the account has one of its own: then each stays where it was made."""
    mine = call(engine, buyer_id="unlinked:telegram:7")
    hand_over(engine, from_buyer="unlinked:telegram:7", to_buyer=BUYER, now=NOW)
    moved = find_handoff(engine, reference=mine)
    assert moved is not None
    assert moved.buyer_id == BUYER

    other = call(engine, "t9", buyer_id="unlinked:telegram:8")
    hand_over(engine, from_buyer="unlinked:telegram:8", to_buyer=BUYER, now=NOW)
    stayed = find_handoff(engine, reference=other)
    assert stayed is not None
    assert stayed.buyer_id == "unlinked:telegram:8"
