"""Claims on the page, from the click that opens the widget to the reference of a dispute or to the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from buyer_protection.disputes import connect
from buyer_protection.disputes.tables import disputes
from buyer_protection.evidence import Receipt, evidence_of
from tests.faults.stage import Stage
from tests.widget.chat import Chat
from tests.widget.journeys import Answer, Journey, picked, pressed, typed

#: What each of the five kinds answers otherwise than usual, and the question at which the files are handed in.
KINDS: Final[Mapping[str, tuple[str, Mapping[str, Answer], str]]] = {
    "not_received": ("It never came", {}, "supplier_response"),
    "not_as_described": ("It is not as described", {"complaint": pressed("It differs from the listing")}, "evidence"),
    "counterfeit": ("It is a fake", {"refund_requested_on": typed("I asked 20 days ago")}, "evidence"),
    "broken": ("It is broken or does not work", {"refund_requested_on": picked(10)}, "evidence"),
    "missing_parts": ("Parts are missing, or the number is wrong", {}, "evidence"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_claim_with_a_photo_and_a_video_becomes_a_dispute(
    opened: Callable[..., Chat], stage: Stage, a_photo: Path, a_video: Path, kind: str
) -> None:
    """The page shows the reference of a dispute of this kind, with both files."""
    title, answers, handed_in_at = KINDS[kind]
    chat = opened(device="phone" if kind == "broken" else "desktop").open()
    journey = Journey(typed("I want my money back"), {**answers, "claim_type": pressed(title)})

    journey.go(chat, until=handed_in_at)
    chat.hand_in(a_photo, a_video)
    expect(chat.part("evidence-count").filter(has_text="0 of")).to_have_count(0)
    journey.go_on(chat)

    dispute, files = _kept(stage, chat.reference())
    assert dispute["claim_type"] == kind
    assert dispute["buyer_id"] == chat.buyer
    assert sorted(each.kind for each in files) == ["photo", "video"]


def test_what_is_not_wanted_any_more_is_answered_with_its_clause(chat: Chat) -> None:
    """Nothing is wrong with it: the page shows the answer and why, and no dispute is opened."""
    chat.open()
    wanted = {"claim_type": pressed("Nothing is wrong, I do not want it")}

    chat.type("I want my money back")
    wanted["claim_type"](chat)

    expect(chat.part("assessment").first).to_contain_text("EXC-3")
    expect(chat.part("dispute")).to_have_count(0)
    assert chat.told()[-1]["custom"].get("kind") != "question"


def _kept(stage: Stage, reference: str) -> tuple[dict[str, Any], list[Receipt]]:
    engine = connect(stage.url)
    try:
        with engine.connect() as connection:
            dispute = connection.execute(sa.select(disputes).where(disputes.c.reference == reference)).mappings().one()
        return dict(dispute), evidence_of(engine, reference=reference)
    finally:
        engine.dispose()
