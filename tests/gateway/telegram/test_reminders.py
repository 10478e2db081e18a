"""A reminder in Telegram: it arrives by itself, once, with a button, also after a gateway that was down (R-10)."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from buyer_protection.disputes import KeptClaim, keep_claim, reminder_of
from tests.disputes.made_up import NOT_RECEIVED
from tests.gateway.telegram.chat import Chat, wait_until, words
from tests.gateway.telegram.conftest import Place
from tests.gateway.telegram.fake import titles

pytestmark = pytest.mark.xdist_group("telegram")
DATABASE = "sqlite"


def due(chat: Chat) -> KeptClaim:
    """A claim of the chat's user that was told ten days ago, and waited until now."""
    now = datetime.now(timezone.utc)
    requested_on = now - timedelta(days=10)
    facts = {
        **NOT_RECEIVED,
        "cannot_tell": ["delivery_due_on"],
        "refund_requested_on": requested_on.date().isoformat(),
    }
    told: dict[str, Any] = {"order_id": "8012345678", "item": "lamp", "statement": "Nothing came.", "wish": "Money."}
    return keep_claim(
        chat.engine,
        claim_id=f"claim-{chat.user}",
        buyer_id=f"unlinked:telegram:{chat.user}",
        turn_id="t",
        now=requested_on + timedelta(hours=1),
        facts=facts,
        **told,
    )


def reminders(chat: Chat) -> list[dict[str, Any]]:
    """The reminders that arrived."""
    return [message for message in chat.telegram.sent(chat.user) if "waiting days" in message["text"]]


def state(chat: Chat, claim: KeptClaim) -> str:
    """The state of the claim's reminder."""
    known = reminder_of(chat.engine, claim_id=claim.claim_id)
    assert known is not None
    return known.state


def test_it_arrives_with_its_button_and_the_claim_goes_on(chat: Chat) -> None:
    """Who is not linked yet hears how to be: nothing else is missing."""
    chat.say("hello")
    claim = due(chat)
    wait_until(lambda: len(reminders(chat)) == 1)

    assert titles(reminders(chat)[0]) == [f"Go on with {claim.reference}"]
    answered = chat.press(f"Go on with {claim.reference}")

    assert claim.reference in words(answered)
    assert "Connect Telegram" in words(answered)


def test_it_leaves_the_question_above_it_with_its_buttons(chat: Chat) -> None:
    """Pressed after the reminder, they answer what they stand under."""
    asked = chat.say("my lamp came broken, the glass is in pieces")
    due(chat)
    wait_until(lambda: len(reminders(chat)) == 1)

    answered = chat.press("Yes")

    assert "what I asked you before" in reminders(chat)[0]["text"]
    assert "earlier question" not in words(answered)
    assert answered[-1]["text"] != asked[-1]["text"]
    # The conversation went on, and the reminder's button goes on all the same, and is marked as chosen.
    [title] = titles(reminders(chat)[0])
    taken_up = chat.press(title)
    assert "earlier question" not in words(taken_up)
    assert title.removeprefix("Go on with ") in words(taken_up)
    wait_until(lambda: f"✓ {title}" in str(chat.telegram.done("editMessageReplyMarkup")))


def test_a_gateway_that_was_down_over_the_day_says_it_when_it_is_up(chat: Chat, place: Place) -> None:
    """R-10: nothing of it was in memory; once, and not again after the next start."""
    chat.say("hello")
    place.kill_gateway()
    claim = due(chat)
    place.start_gateway()
    # Killed before it knows that Telegram took it, it would send it again, and say so.
    wait_until(lambda: len(reminders(chat)) == 1 and chat.is_quiet())

    place.kill_gateway()
    place.start_gateway()
    chat.say("hello")

    assert len(reminders(chat)) == 1
    assert state(chat, claim) == "said"


def test_who_blocked_the_bot_hears_it_when_they_write_again(chat: Chat) -> None:
    """Telegram refused it for good; they came back."""
    chat.say("hello")
    chat.telegram.fail("sendMessage", "403", times=1)
    claim = due(chat)
    wait_until(lambda: state(chat, claim) == "held")
    assert reminders(chat) == []

    chat.say("what does the policy say about broken goods?")

    wait_until(lambda: len(reminders(chat)) == 1)
