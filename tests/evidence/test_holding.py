"""A file belongs to the claim that its buyer is at; before there is one, it is held for them and for nobody else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from buyer_protection.disputes import Refused, drop_claim, events_of, find_claim, hand_over, withdraw
from buyer_protection.evidence import (
    Limits,
    Receipt,
    Store,
    adopt,
    evidence_of,
    evidence_of_buyer,
    for_viewing,
    hand_in,
    held,
    remove,
)
from tests.disputes.made_up import BROKEN, BUYER, NOW, keep, opened, opening
from tests.evidence.files import document, photo

Send = Callable[..., Any]


@pytest.fixture
def shelf(tmp_path: Path) -> Store:
    """A folder for files."""
    return Store.at(f"file://{tmp_path / 'kept'}")


@pytest.fixture
def send(engine: Engine, shelf: Store, tmp_path: Path) -> Send:
    """A buyer sends a photo: another one for each seed."""

    def send(seed: int = 0, **how: Any) -> Receipt | Refused:
        path = tmp_path / f"{seed}.jpg"
        if not path.exists():
            photo(path, seed=seed)
        given: dict[str, Any] = {"buyer_id": BUYER, "path": path, "original_name": path.name}
        known = {"channel": "widget", "actor": "buyer", "now": NOW, "at": "claim-1"}
        return hand_in(engine, shelf, **(given | known | how))

    return send


def counted(engine: Engine, claim_id: str = "claim-1") -> int:
    """How many files are evidence of a claim."""
    claim = find_claim(engine, claim_id=claim_id, now=NOW)
    assert claim is not None
    return claim.facts.evidence or 0


def test_e17_what_is_sent_before_a_claim_is_held_and_counts_once_it_is_given_to_one(engine: Engine, send: Send) -> None:
    """Twice gives it once."""
    receipt = send()
    assert (receipt.reference, receipt.counts) == ("", True)
    draft = keep(engine, facts=BROKEN)
    assert counted(engine) == 0

    given = [adopt(engine, buyer_id=BUYER, claim_id="claim-1", now=NOW, turn_id="turn-9") for _ in range(2)]

    assert given == [1, 0]
    assert (counted(engine), held(engine, buyer_id=BUYER)) == (1, [])
    (found,) = evidence_of(engine, reference=draft.reference)
    assert (found.evidence_id, found.reference) == (receipt.evidence_id, draft.reference)
    claim = find_claim(engine, claim_id="claim-1", now=NOW)
    assert claim is not None
    assert claim.assessment.outcome == "eligible"


def test_a_file_goes_to_the_draft_that_the_conversation_is_at(engine: Engine, send: Send) -> None:
    """Not to another one, and it counts at once."""
    first = keep(engine, facts=BROKEN)
    keep(engine, "claim-2", facts=BROKEN, order_id="other", turn_id="turn-8", now=NOW.replace(hour=1))

    assert send().reference == first.reference
    assert (counted(engine), counted(engine, "claim-2")) == (1, 0)


@pytest.mark.parametrize("at", ["", "claim-9", "claim-2", "claim-3"])
def test_e17_nobody_guesses_what_a_file_is_for(engine: Engine, send: Send, at: str) -> None:
    """At no claim, at one that is not kept yet, at one that is a dispute by now, at another buyer's: it is held."""
    keep(engine, facts=BROKEN)
    opened(engine, "claim-2", order_id="other")
    keep(engine, "claim-3", buyer_id="buyer-2", facts=BROKEN, order_id="third")

    assert send(at=at).reference == ""
    assert (counted(engine), counted(engine, "claim-3")) == (0, 0)


def test_e17_what_is_held_goes_to_an_open_dispute_at_its_buyers_word(engine: Engine, send: Send) -> None:
    """Only what was named, and its timeline says so; not once the dispute is over."""
    dispute = opened(engine)
    named, other = send(0), send(1)
    given = {"buyer_id": BUYER, "claim_id": "claim-1", "now": NOW}

    assert adopt(engine, only=[named.evidence_id], **given) == 1
    assert [one.evidence_id for one in held(engine, buyer_id=BUYER)] == [other.evidence_id]
    told = [event.detail["evidence_id"] for event in events_of(engine, reference=dispute.reference) if event.detail]
    assert named.evidence_id in told
    withdraw(engine, reference=dispute.reference, buyer_id=BUYER, turn_id="t", now=NOW)
    assert adopt(engine, **given) == 0
    assert [one.evidence_id for one in held(engine, buyer_id=BUYER)] == [other.evidence_id]


def test_e12_of_another_buyer_nothing_is_given_or_learned(engine: Engine, send: Send, shelf: Store) -> None:
    """Their claim is unknown, their file is none, and that they have the same one changes no word of the answer."""
    theirs = keep(engine, "claim-2", buyer_id="buyer-2", facts=BROKEN)
    first = send(buyer_id="buyer-2")
    mine = send()

    assert send(reference=theirs.reference) == Refused("unknown_reference")
    assert send(reference="PPPJ-GCH7-M") == Refused("unknown_reference")
    assert (mine.already, mine.duplicate_of_other_claim, mine.reference) == (False, False, "")
    assert for_viewing(engine, evidence_id=first.evidence_id, buyer_id=BUYER) is None
    assert for_viewing(engine, evidence_id=first.evidence_id, buyer_id="buyer-2") is not None
    assert for_viewing(engine, evidence_id=first.evidence_id, buyer_id=None) is not None
    assert remove(engine, shelf, buyer_id=BUYER, evidence_id=first.evidence_id, now=NOW) == Refused("unknown_evidence")
    assert adopt(engine, buyer_id=BUYER, claim_id="claim-2", now=NOW) == 0
    assert [receipt.evidence_id for receipt in evidence_of_buyer(engine, buyer_id=BUYER)] == [mine.evidence_id]


def test_the_same_file_for_two_claims_of_one_buyer_is_noticed_and_taken(engine: Engine, send: Send) -> None:
    """For staff; its buyer's receipt says nothing of it."""
    first = keep(engine, facts=BROKEN)
    second = keep(engine, "claim-2", facts=BROKEN, order_id="other")
    send(reference=first.reference)

    again = send(reference=second.reference)

    assert (again.already, again.duplicate_of_other_claim) == (False, True)
    assert (counted(engine), counted(engine, "claim-2")) == (1, 1)
    assert "duplicate" not in str(again.to_dict())


def test_a_document_is_kept_and_is_no_evidence(engine: Engine, send: Send, tmp_path: Path) -> None:
    """The claim still wants a photo or video (EVID-1)."""
    draft = keep(engine, facts=BROKEN)

    receipt = send(path=document(tmp_path / "bill.pdf"), original_name="bill.pdf")

    assert (receipt.kind, receipt.counts) == ("document", False)
    assert counted(engine) == 0
    assert len(evidence_of(engine, reference=draft.reference)) == 1


def test_what_is_held_has_the_limits_of_a_claim_and_the_rest_stays_held(engine: Engine, send: Send) -> None:
    """A claim that is full takes no more of it; what it has already, it does not need twice."""
    limits = Limits(most_files=2)
    assert [isinstance(send(seed, limits=limits), Receipt) for seed in range(3)] == [True, True, False]
    draft = keep(engine, facts=BROKEN)
    send(0, limits=limits)
    send(3, limits=limits)

    assert adopt(engine, buyer_id=BUYER, claim_id="claim-1", now=NOW, limits=limits) == 0

    assert len(evidence_of(engine, reference=draft.reference)) == 2
    assert [receipt.original_name for receipt in held(engine, buyer_id=BUYER)] == ["1.jpg"]


def test_a_file_is_taken_back_until_a_dispute_rests_on_it(engine: Engine, send: Send, shelf: Store) -> None:
    """Then it counts no more, and its files are gone; afterwards it stays."""
    draft = keep(engine, facts=BROKEN)
    first = send()
    assert counted(engine) == 1

    assert remove(engine, shelf, buyer_id=BUYER, evidence_id=first.evidence_id, now=NOW) is None

    assert (counted(engine), shelf.files()) == (0, [])
    assert evidence_of(engine, reference=draft.reference) == []
    again = send()
    opening(engine)
    refused = remove(engine, shelf, buyer_id=BUYER, evidence_id=again.evidence_id, now=NOW)
    assert refused == Refused("dispute_opened", draft.reference)
    assert len(shelf.files()) == 2


def test_what_somebody_sent_unlinked_is_theirs_once_they_are_known(engine: Engine, send: Send) -> None:
    """With their draft, and without one; what they hold already is not doubled."""
    keep(engine, buyer_id="unlinked:telegram-1", facts=BROKEN)
    send(0, buyer_id="unlinked:telegram-1")
    drop_claim(engine, claim_id="claim-1", buyer_id="unlinked:telegram-1", turn_id="t", now=NOW)
    keep(engine, "claim-2", buyer_id="unlinked:telegram-2", facts=BROKEN)
    ours = send(1, buyer_id="unlinked:telegram-2", at="claim-2")
    send(2)
    send(2, buyer_id="unlinked:telegram-3")
    alone = send(3, buyer_id="unlinked:telegram-3")

    for number in (2, 3):
        hand_over(engine, from_buyer=f"unlinked:telegram-{number}", to_buyer=BUYER, now=NOW)

    assert [receipt.evidence_id for receipt in evidence_of_buyer(engine, buyer_id=BUYER) if receipt.reference] == [
        ours.evidence_id
    ]
    assert [receipt.original_name for receipt in held(engine, buyer_id=BUYER)] == ["2.jpg", "3.jpg"]
    assert alone.evidence_id in {receipt.evidence_id for receipt in held(engine, buyer_id=BUYER)}


def test_a_receipt_says_what_was_received_and_nothing_of_ours(engine: Engine, send: Send) -> None:
    """Its SHA-256, what was checked, what was removed; no name under which it lies, no name of staff."""
    receipt = send(original_name="../my \N{RIGHT-TO-LEFT OVERRIDE}lamp.jpg")

    said = receipt.to_dict()

    assert (said["id"], said["name"], said["reference"]) == (receipt.evidence_id, "my lamp.jpg", "")
    assert (said["sha256"], said["received_at"]) == (receipt.sha256, NOW.isoformat())
    assert (said["checked"], said["removed"]) == (["content", "whole", "pixels"], [])
    assert receipt.stored_name not in str(said)
    assert "actor" not in said
    assert len(receipt.evidence_id) == 22
