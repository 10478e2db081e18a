"""Whether the assistant helped: asked once for a dispute, kept with it, and nobody else's business."""

from __future__ import annotations

from sqlalchemy.engine import Engine

from buyer_protection.disputes import find_dispute
from buyer_protection.disputes.feedback import keep_feedback, keep_feedback_words, may_ask_whether_it_helped
from tests.disputes.made_up import BUYER, opened


def may_ask(engine: Engine, reference: str, turn_id: str, buyer_id: str = BUYER) -> bool:
    """Whether it may be asked in this turn."""
    return may_ask_whether_it_helped(engine, reference=reference, buyer_id=buyer_id, turn_id=turn_id)


def test_it_is_asked_in_one_turn_only(engine: Engine) -> None:
    """The same turn run again asks again; another never."""
    reference = opened(engine).reference

    assert [may_ask(engine, reference, turn) for turn in ("t1", "t1", "t2", "t1")] == [True, True, False, True]


def test_the_last_answer_is_kept_with_the_dispute(engine: Engine) -> None:
    """And with it what was said of it, as much as fits; after an answer nothing is asked."""
    reference = opened(engine).reference

    assert keep_feedback(engine, reference=reference, buyer_id=BUYER, helped=True)
    assert keep_feedback(engine, reference=reference, buyer_id=BUYER, helped=False)
    assert keep_feedback_words(engine, reference=reference, buyer_id=BUYER, text="x" * 3_000)
    dispute = find_dispute(engine, reference=reference)
    assert dispute is not None
    assert (dispute.helped, dispute.helped_words, dispute.status) == (False, "x" * 2_000, "opened")
    assert not may_ask(engine, reference, "t9")


def test_another_buyers_dispute_is_as_if_it_did_not_exist(engine: Engine) -> None:
    """Nothing is asked of it, and nothing kept with it."""
    reference = opened(engine).reference

    assert not may_ask(engine, reference, "t1", buyer_id="buyer-2")
    assert not keep_feedback(engine, reference=reference, buyer_id="buyer-2", helped=True)
    assert not keep_feedback_words(engine, reference=reference, buyer_id="buyer-2", text="x")
    assert not keep_feedback(engine, reference="PPPJ-GCH7-M", buyer_id=BUYER, helped=True)
    dispute = find_dispute(engine, reference=reference)
    assert dispute is not None
    assert (dispute.helped, dispute.helped_words, dispute.helped_asked_in) == (None, "", "")
