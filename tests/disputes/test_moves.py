"""Moves of a dispute, each allowed and refused one, against a small model."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from hypothesis.strategies import sampled_from
from sqlalchemy.engine import Engine

from buyer_protection.disputes import (
    DECISIONS,
    MOVES,
    Dispute,
    FieldError,
    Refused,
    ask,
    decide,
    events_of,
    find_dispute,
    review,
    verify,
    withdraw,
)
from tests.disputes.made_up import BUYER, NOW, keep, opened, opening

STAFF: dict[str, Any] = {"actor": "ann", "reason": "because", "now": NOW}


class ADisputeAndItsModel(RuleBasedStateMachine):
    """Whatever is asked for in whatever order, the dispute stands where the model says, and its timeline says why."""

    engine: Engine
    made = 0

    def __init__(self) -> None:
        super().__init__()
        ADisputeAndItsModel.made += 1
        self.claim_id = f"claim-{ADisputeAndItsModel.made}"
        dispute = opened(self.engine, self.claim_id, order_id=self.claim_id)
        self.reference = dispute.reference
        self.status = "opened"
        self.decision = ""
        self.timeline = ["opened"]

    def expect(self, answer: Dispute | Refused, to: str, kind: str) -> None:
        """Move the model where its own table allows it, and compare."""
        allowed = {
            "opened": {"awaiting_supplier", "awaiting_buyer", "under_review", "withdrawn"},
            "awaiting_supplier": {"awaiting_supplier", "awaiting_buyer", "under_review", "withdrawn"},
            "awaiting_buyer": {"awaiting_supplier", "awaiting_buyer", "under_review", "withdrawn"},
            "under_review": {"awaiting_supplier", "awaiting_buyer", "decided", "withdrawn"},
            "decided": set(),
            "withdrawn": set(),
        }
        if to not in allowed[self.status]:
            assert answer == Refused("move_not_allowed", self.reference, self.status)
            return
        assert isinstance(answer, Dispute)
        self.status = to
        self.timeline.append(kind)

    @rule(side=sampled_from(["buyer", "supplier"]))
    def ask_a_side(self, side: str) -> None:
        """Staff ask."""
        self.expect(ask(self.engine, reference=self.reference, side=side, **STAFF), f"awaiting_{side}", "asked")

    @rule()
    def review(self) -> None:
        """Staff review."""
        self.expect(review(self.engine, reference=self.reference, **STAFF), "under_review", "reviewed")

    @rule(outcome=sampled_from(DECISIONS))
    def decide(self, outcome: str) -> None:
        """Staff decide."""
        before = self.status
        self.expect(decide(self.engine, reference=self.reference, outcome=outcome, **STAFF), "decided", "decided")
        if before == "under_review":
            self.decision = outcome

    @rule()
    def withdraw(self) -> None:
        """The buyer withdraws; again is no mistake."""
        answer = withdraw(self.engine, reference=self.reference, buyer_id=BUYER, turn_id="turn-w", now=NOW)
        if self.status == "withdrawn":
            assert isinstance(answer, Dispute)
        else:
            self.expect(answer, "withdrawn", "withdrawn")

    @rule()
    def another_buyer_withdraws(self) -> None:
        """Which is as unknown as a reference that does not exist."""
        answer = withdraw(self.engine, reference=self.reference, buyer_id="buyer-2", turn_id="turn-w", now=NOW)
        assert answer == Refused("unknown_reference")

    @rule()
    def open_again(self) -> None:
        """The buyer confirms once more."""
        answer = opening(self.engine, self.claim_id, turn_id="turn-again")
        codes = {"decided": "already_decided", "withdrawn": "withdrawn"}
        if self.status in codes:
            assert answer == Refused(codes[self.status], self.reference, self.status)
        else:
            assert (answer.reference, answer.status, answer.already) == (self.reference, self.status, True)

    @rule(value=sampled_from(["lost", "in_transit"]))
    def verify(self, value: str) -> None:
        """Staff see a record."""
        answer = verify(
            self.engine,
            reference=self.reference,
            fact="carrier_status",
            value=value,
            source=f"page {len(self.timeline)}",
            actor="ann",
            now=NOW,
        )
        if self.status in ("decided", "withdrawn"):
            assert answer == Refused("closed", self.reference, self.status)
        else:
            self.timeline.append("verified")

    @rule()
    def keep_again(self) -> None:
        """A late turn of the form changes nothing."""
        assert keep(self.engine, self.claim_id, order_id="another").submitted_as == self.reference

    @invariant()
    def stands_where_the_model_says(self) -> None:
        """Status, decision, version and timeline."""
        dispute = find_dispute(self.engine, reference=self.reference)
        assert dispute is not None
        events = events_of(self.engine, reference=self.reference)
        assert (dispute.status, dispute.decision) == (self.status, self.decision)
        assert [event.kind for event in events] == self.timeline
        assert dispute.version == sum(kind != "verified" for kind in self.timeline)
        for earlier, later in pairwise(events):
            assert earlier.to_status == later.from_status


def test_a_dispute_only_ever_moves_as_the_table_allows(engine: Engine) -> None:
    """Random walks over everything that can be asked for."""
    ADisputeAndItsModel.engine = engine
    run_state_machine_as_test(
        ADisputeAndItsModel, settings=settings(max_examples=25, stateful_step_count=12, deadline=None)
    )


def reach(engine: Engine, status: str) -> str:
    """The reference of a dispute that stands there."""
    reference = opened(engine).reference
    if status in ("under_review", "decided"):
        review(engine, reference=reference, **STAFF)
    if status == "decided":
        decide(engine, reference=reference, outcome="partial", **STAFF)
    if status == "withdrawn":
        withdraw(engine, reference=reference, buyer_id=BUYER, turn_id="t", now=NOW)
    if status.startswith("awaiting_"):
        ask(engine, reference=reference, side=status.removeprefix("awaiting_"), **STAFF)
    return reference


@pytest.mark.parametrize("to", ["awaiting_supplier", "awaiting_buyer", "under_review", "decided", "withdrawn"])
@pytest.mark.parametrize("status", list(MOVES))
def test_each_move_is_done_or_refused_from_each_status(engine: Engine, status: str, to: str) -> None:
    """A refusal names the status and leaves no line in the timeline."""
    reference = reach(engine, status)
    before = events_of(engine, reference=reference)
    moves = {
        "awaiting_supplier": lambda: ask(engine, reference=reference, side="supplier", **STAFF),
        "awaiting_buyer": lambda: ask(engine, reference=reference, side="buyer", **STAFF),
        "under_review": lambda: review(engine, reference=reference, **STAFF),
        "decided": lambda: decide(engine, reference=reference, outcome="favour_of_buyer", **STAFF),
        "withdrawn": lambda: withdraw(engine, reference=reference, buyer_id=BUYER, turn_id="t", now=NOW),
    }

    answer = moves[to]()

    added = events_of(engine, reference=reference)[len(before) :]
    if isinstance(answer, Refused):
        assert to not in MOVES[status]
        assert (answer, added) == (Refused("move_not_allowed", reference, status), [])
    elif status == to == "withdrawn":
        assert added == []
    else:
        assert to in MOVES[status]
        assert answer.status == to
        assert [(event.from_status, event.to_status) for event in added] == [(status, to)]


def test_a_move_keeps_who_did_it_and_why(engine: Engine) -> None:
    """And a decision keeps what was decided."""
    reference = reach(engine, "under_review")

    answer = decide(engine, reference=reference, outcome="favour_of_supplier", actor="bob", reason="proof", now=NOW)

    assert isinstance(answer, Dispute)
    assert answer.decision == "favour_of_supplier"
    last = events_of(engine, reference=reference)[-1]
    assert (last.actor, last.reason, last.detail) == ("bob", "proof", {"decision": "favour_of_supplier"})


def test_a_move_without_a_reason_an_actor_or_a_known_side_is_refused(engine: Engine) -> None:
    """By the name of what is wrong."""
    reference = opened(engine).reference

    for wrong in ({"reason": " "}, {"actor": ""}, {"side": "carrier"}):
        with pytest.raises(FieldError) as refused:
            ask(engine, **({"reference": reference, "side": "buyer"} | STAFF | wrong))
        assert refused.value.field in wrong
    with pytest.raises(FieldError):
        decide(engine, reference=reference, outcome="won", **STAFF)


def test_a_move_of_an_unknown_reference_is_refused(engine: Engine) -> None:
    """A draft's reference is none of a dispute."""
    draft = keep(engine)

    assert review(engine, reference=draft.reference, **STAFF) == Refused("unknown_reference")
    assert review(engine, reference="PPPJ-GCH7-M", **STAFF) == Refused("unknown_reference")
