"""A person of the staff on Telegram: what they say is pushed, and says who speaks."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest

from buyer_protection.disputes import Handoff, handoff_events_of, handoff_of
from buyer_protection.disputes.staff_conversations import answer, hand_back, take
from tests.gateway.photographs import photo
from tests.gateway.telegram.chat import Chat, wait_until, words

pytestmark = pytest.mark.xdist_group("telegram")
DATABASE = "sqlite"


def by_ann(chat: Chat) -> dict[str, Any]:
    """Somebody of the staff, at the request of the chat's user."""
    handoff = handoff_of(chat.engine, buyer_id=chat.rows()[-1].buyer_id)
    assert handoff is not None
    return {"reference": handoff.reference, "actor": "ann", "now": datetime.now(timezone.utc)}


def test_from_taking_to_handing_back(chat: Chat) -> None:
    """Each thing that staff do is a message of its own, and the one receipt is not repeated."""
    chat.say("/start")
    chat.say("I want to talk to a person")
    ann = by_ann(chat)
    assert isinstance(take(chat.engine, **ann), Handoff)
    wait_until(lambda: "Somebody from support staff is here now" in words(chat.telegram.sent(chat.user)))

    assert "Your message is with support staff" in words(chat.say("hello, is it you?"))
    assert chat.say("the lamp came broken") == []
    answer(chat.engine, text="It is me, Ann. <b>Which</b> lamp?", **ann)
    wait_until(lambda: chat.telegram.sent(chat.user)[-1]["text"] == "Support staff: It is me, Ann. <b>Which</b> lamp?")
    hand_back(chat.engine, **ann)
    wait_until(lambda: "given this chat back to me" in words(chat.telegram.sent(chat.user)))

    given = [event for event in handoff_events_of(chat.engine, reference=ann["reference"]) if event.kind == "wrote"]
    assert len(given) == 2


def test_a_photo_to_a_person_has_its_receipt(chat: Chat) -> None:
    """And is evidence as any other."""
    chat.say("/start")
    chat.say("I want to talk to a person")
    take(chat.engine, **by_ann(chat))
    chat.say("look at this")
    chat.telegram.files["to-ann"] = photo()
    arrived = chat.hand(chat.telegram.message(chat.user, photo=[{"file_id": "to-ann", "width": 1, "height": 1}]))

    assert "has arrived and was accepted" in words(arrived)
    assert len(chat.evidence()) == 1
