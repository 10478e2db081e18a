"""What the gateway kept and nobody read: notes that wait for a claim, a statement too long for a conversation."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.engine import Engine

from buyer_protection.disputes import (
    FILES,
    STATEMENT,
    disputes_of,
    find_claim,
    notes_of,
    record_note,
    take_statement,
    tie_notes,
    untied_notes,
)
from tests.disputes.made_up import BUYER, NOW, keep, opened, opening

LONG = "It never worked. " * 1_000


def write(engine: Engine, turn_id: str, text: str = LONG, *, topic: str = STATEMENT, buyer_id: str = BUYER) -> None:
    """The gateway keeps what a buyer sent."""
    record_note(engine, buyer_id=buyer_id, claim_id=None, topic=topic, text=text, turn_id=turn_id, now=NOW)


def found(engine: Engine, claim_id: str = "claim-1", buyer_id: str = BUYER) -> list[str]:
    """The texts that staff see with a claim."""
    return [note.text for note in notes_of(engine, claim_id=claim_id, buyer_id=buyer_id)]


def test_a_note_without_a_claim_belongs_to_the_claim_that_is_kept_next(engine: Engine) -> None:
    """Not to the one after."""
    write(engine, "t1", "the story")
    assert [note.text for note in untied_notes(engine, buyer_id=BUYER)] == ["the story"]

    keep(engine, "claim-1")
    keep(engine, "claim-2", order_id="7000-11")

    assert (found(engine), found(engine, "claim-2"), untied_notes(engine, buyer_id=BUYER)) == (["the story"], [], [])


def test_what_comes_later_is_tied_when_the_dispute_is_opened(engine: Engine) -> None:
    """And by hand, as often as one likes."""
    keep(engine)
    write(engine, "t1", "first")
    tie_notes(engine, buyer_id=BUYER, claim_id="claim-1")
    tie_notes(engine, buyer_id=BUYER, claim_id="claim-1")
    write(engine, "t2", "second")
    assert found(engine) == ["first"]

    opening(engine)

    assert found(engine) == ["first", "second"]


def test_what_comes_with_a_claim_that_joins_a_dispute_is_on_that_claim(engine: Engine) -> None:
    """The claim's reference leads to the dispute, and staff see its notes there."""
    dispute = opened(engine, "claim-1")
    keep(engine, "claim-2")
    write(engine, "t1", "again")

    answer = opening(engine, "claim-2")

    assert answer.reference == dispute.reference
    assert found(engine, "claim-2") == ["again"]


def test_only_what_nobody_has_read_waits_for_a_claim(engine: Engine) -> None:
    """What was told about no claim stays about none."""
    write(engine, "t1", "we changed our mind", topic="order_cancelled")

    keep(engine)

    assert found(engine) == []


@pytest.mark.parametrize("claim_id", ["claim-1", "claim-9"])
def test_nothing_is_tied_to_a_claim_that_is_not_the_buyers(engine: Engine, claim_id: str) -> None:
    """Another's, or none."""
    keep(engine)
    write(engine, "t1", "mine", buyer_id="buyer-2")

    tie_notes(engine, buyer_id="buyer-2", claim_id=claim_id)

    assert [note.text for note in untied_notes(engine, buyer_id="buyer-2")] == ["mine"]


@pytest.mark.parametrize(("topic", "text"), [(STATEMENT, LONG), (FILES, "1")])
def test_the_same_sent_twice_is_kept_twice_and_the_same_turn_once(engine: Engine, topic: str, text: str) -> None:
    """Two photos are not one; a turn that is run again is."""
    for turn_id in ("t1", "t2", "t1"):
        write(engine, turn_id, text, topic=topic)

    assert [note.text for note in untied_notes(engine, buyer_id=BUYER)] == [text, text]


def take(engine: Engine, turn_id: str = "t1", claim_id: str = "claim-1", buyer_id: str = BUYER) -> bool:
    """The long text is what the claim says."""
    return take_statement(engine, claim_id=claim_id, buyer_id=buyer_id, turn_id=turn_id, now=NOW)


def test_a_long_statement_is_kept_in_full_and_stays_when_the_rest_is_told(engine: Engine) -> None:
    """Keeping the claim without one leaves it, keeping it with one replaces it, and the dispute has it."""
    keep(engine, statement="")
    write(engine, "t1")

    assert take(engine)
    assert take(engine)
    assert keep(engine, statement=None, wish="A lamp that works.").statement == LONG
    opening(engine)

    [dispute] = disputes_of(engine, buyer_id=BUYER)
    assert (dispute.statement, dispute.wish) == (LONG, "A lamp that works.")


def test_a_claim_that_begins_without_a_statement_has_none(engine: Engine) -> None:
    """There is nothing yet that could be left as it is."""
    assert keep(engine, statement=None).statement == ""


@pytest.mark.parametrize(
    "wrongly",
    [
        lambda engine: take(engine, turn_id="t2"),
        lambda engine: take(engine, claim_id="claim-9"),
        lambda engine: take(engine, buyer_id="buyer-2"),
    ],
    ids=["another turn", "no such claim", "another buyer"],
)
def test_only_the_buyers_own_words_become_the_statement_of_the_buyers_own_claim(
    engine: Engine, wrongly: Callable[[Engine], bool]
) -> None:
    """Else nothing is written, and that is said."""
    keep(engine)
    write(engine, "t1")

    assert wrongly(engine) is False

    kept = find_claim(engine, claim_id="claim-1", now=NOW)
    assert kept is not None
    assert kept.statement == "Nothing came."


def test_the_statement_of_a_dispute_that_is_open_is_not_replaced(engine: Engine) -> None:
    """What was opened stays as the buyer agreed to it."""
    opened(engine)
    write(engine, "t1")

    assert take(engine) is False
    assert disputes_of(engine, buyer_id=BUYER)[0].statement == "Nothing came."
