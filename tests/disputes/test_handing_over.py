"""An unlinked buyer's drafts and notes become those of the buyer they turned out to be, and nothing else ever does."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from buyer_protection.disputes import (
    STATEMENT,
    FieldError,
    Opened,
    Refused,
    disputes_of,
    drop_claim,
    find_claim,
    hand_over,
    notes_of,
    record_note,
    unfinished_claims,
    untied_notes,
)
from buyer_protection.disputes.tables import claims
from tests.disputes.made_up import BUYER, NOW, keep, opened, opening

UNLINKED = "unlinked:telegram:7"
LATER = NOW + timedelta(minutes=5)


def remark(
    engine: Engine, topic: str, *, buyer_id: str = UNLINKED, claim_id: str | None = None, turn: str = "t1"
) -> None:
    """Something that was told."""
    told = {"claim_id": claim_id, "topic": topic, "text": f"about {topic}", "turn_id": turn, "now": NOW}
    record_note(engine, buyer_id=buyer_id, **told)


def give(engine: Engine, **changes: str) -> int:
    """The messenger was linked."""
    return hand_over(engine, **{"from_buyer": UNLINKED, "to_buyer": BUYER, **changes}, now=LATER)


def test_the_drafts_and_notes_are_the_buyers_with_all_that_was_told(engine: Engine) -> None:
    """Under the same references, and offered before what the buyer had begun earlier."""
    keep(engine, "claim-0", order_id="7000-11")
    kept = keep(engine, "claim-1", buyer_id=UNLINKED)
    remark(engine, "arrived_late", claim_id="claim-1")
    remark(engine, STATEMENT, turn="t2")

    assert give(engine) == 1

    assert unfinished_claims(engine, buyer_id=UNLINKED, now=LATER) == []
    mine = unfinished_claims(engine, buyer_id=BUYER, now=LATER)
    assert [claim.claim_id for claim in mine] == ["claim-1", "claim-0"]
    assert (mine[0].reference, mine[0].declared, mine[0].statement) == (kept.reference, kept.declared, kept.statement)
    assert [note.topic for note in notes_of(engine, claim_id="claim-1", buyer_id=BUYER)] == ["arrived_late"]
    assert [note.topic for note in untied_notes(engine, buyer_id=BUYER)] == [STATEMENT]
    assert untied_notes(engine, buyer_id=UNLINKED) == []


def test_handing_over_again_finds_nothing_more(engine: Engine) -> None:
    """Nor does it where there was nothing in the first place."""
    assert give(engine) == 0
    keep(engine, buyer_id=UNLINKED)

    assert [give(engine), give(engine), give(engine, to_buyer="buyer-2")] == [1, 0, 0]

    assert find_claim(engine, claim_id="claim-1", buyer_id=BUYER, now=LATER) is not None


@pytest.mark.parametrize(
    ("field", "value"),
    [("from_buyer", "buyer-2"), ("from_buyer", "x-unlinked:7"), ("to_buyer", "unlinked:telegram:8")],
)
def test_no_accounts_claims_change_hands(engine: Engine, field: str, value: str) -> None:
    """Neither from an account nor to one that is none."""
    keep(engine, buyer_id="buyer-2")

    with pytest.raises(FieldError) as refused:
        give(engine, **{field: value})

    assert refused.value.field == field
    assert [claim.claim_id for claim in unfinished_claims(engine, buyer_id="buyer-2", now=LATER)] == ["claim-1"]


def test_what_others_have_and_what_is_no_draft_stays(engine: Engine) -> None:
    """Other unlinked buyers, drafts that were given up, disputes."""
    opened(engine, "claim-0", buyer_id="buyer-2")
    keep(engine, "claim-1", buyer_id="unlinked:telegram:70")
    keep(engine, "claim-2", buyer_id=UNLINKED)
    drop_claim(engine, claim_id="claim-2", buyer_id=UNLINKED, turn_id="t9", now=NOW)

    assert give(engine) == 0

    with engine.connect() as connection:
        rows = connection.execute(sa.select(claims.c.claim_id, claims.c.buyer_id).order_by(claims.c.claim_id)).all()
    assert [tuple(row) for row in rows] == [
        ("claim-0", "buyer-2"),
        ("claim-1", "unlinked:telegram:70"),
        ("claim-2", UNLINKED),
    ]
    assert disputes_of(engine, buyer_id=BUYER) == []


def test_a_note_that_the_buyer_has_already_stops_nothing(engine: Engine) -> None:
    """One for each turn and topic, also when two turns had one id."""
    keep(engine, buyer_id=UNLINKED)
    remark(engine, "arrived_late")
    remark(engine, "arrived_late", buyer_id=BUYER)

    assert give(engine) == 1


def test_an_unlinked_buyer_opens_no_dispute_and_the_linked_one_does(engine: Engine) -> None:
    """The code says why; the claim is as it was."""
    kept = keep(engine, buyer_id=UNLINKED)

    assert opening(engine, buyer_id=UNLINKED) == Refused("not_linked")
    assert disputes_of(engine, buyer_id=UNLINKED) == []
    give(engine)

    answer = opening(engine, now=LATER)
    assert isinstance(answer, Opened)
    assert answer.reference == kept.reference
