"""Somebody in Telegram becomes a buyer by a one-time code, and nobody again; what they told goes with them."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import httpx
import pytest

from buyer_protection.disputes import unfinished_claims
from gateway.conversations import conversation_of
from tests.gateway.served import Page
from tests.gateway.telegram.chat import Chat, words
from tests.gateway.telegram.conftest import Place
from tests.gateway.telegram.fake import NAME, titles

pytestmark = pytest.mark.xdist_group("telegram")
DATABASE = "sqlite"


def link(page: Page) -> dict[str, Any]:
    """What the page gets for the buyer."""
    response = httpx.post(f"{page.url}/widget/link", headers=page.headers(), trust_env=False, verify=False, timeout=20)
    assert response.status_code == 200, response.text
    answered: dict[str, Any] = response.json()
    return answered


def test_the_page_gets_a_link_that_telegram_opens(place: Place) -> None:
    """With the bot's name, and when it ends."""
    made = link(place.running.page())

    assert made["url"] == f"https://t.me/{NAME}?start={made['code']}"
    left = datetime.fromisoformat(made["expires_at"]) - datetime.now(timezone.utc)
    assert 500 < left.total_seconds() <= 600


def test_without_a_token_there_is_no_link(place: Place) -> None:
    """A link speaks for a buyer."""
    response = httpx.post(f"{place.running.url}/widget/link", trust_env=False, verify=False)

    assert response.status_code == 401


def test_what_was_told_before_the_link_is_the_buyers_after_it(chat: Chat, place: Place) -> None:
    """The claim goes over, the conversation is the buyer's own, and nothing says who the buyer is."""
    page = place.running.page()
    chat.say("my lamp came broken, the glass is in pieces")
    chat.press("Yes")
    answered = chat.say(f"/start {link(page)['code']}")

    now = datetime.now(timezone.utc)
    assert "now linked" in words(answered)
    assert page.buyer not in words(answered)
    assert unfinished_claims(chat.engine, buyer_id=f"unlinked:telegram:{chat.user}", now=now) == []
    assert len(unfinished_claims(chat.engine, buyer_id=page.buyer, now=now)) == 1
    assert chat.rows()[-1].conversation == conversation_of(page.buyer)
    assert "Yes, go on" in titles(answered[-1])
    assert chat.press("Yes, go on")
    assert chat.rows()[-1].metadata["is_linked"] is True


def test_what_is_under_way_when_the_link_comes_is_answered_before_it(chat: Chat, place: Place) -> None:
    """In the order in which it was sent, and its claim goes over too."""
    page = place.running.page()
    chat.say("/start")
    updates = [
        chat.telegram.message(chat.user, text="my lamp came broken, the glass is in pieces"),
        chat.telegram.message(chat.user, text="yes"),
        chat.telegram.message(chat.user, text=f"/start {link(page)['code']}"),
    ]
    for update in updates:
        chat.post(update)
    chat.wait_for_answers(*updates)

    said = [message["text"] for message in chat.telegram.sent(chat.user)]
    linked = next(place for place, text in enumerate(said) if "now linked" in text)
    assert any("own checkout" in text for text in said[:linked])
    now = datetime.now(timezone.utc)
    assert len(unfinished_claims(chat.engine, buyer_id=page.buyer, now=now)) == 1


def test_a_code_works_once_and_for_one(chat: Chat, place: Place) -> None:
    """A second user hears what to do; the same user again hears that it is so."""
    code = link(place.running.page())["code"]
    chat.say(f"/start {code}")
    other = place.chat()

    assert "did not work" in words(other.say(f"/start {code}"))
    assert other.rows()[-1].buyer_id == f"unlinked:telegram:{other.user}"
    assert "now linked" in words(chat.say(f"/start {code}"))


@pytest.mark.parametrize("code", ["x", "A" * 43, "buyer-42", "A" * 64, "../../x"])
def test_a_wrong_code_says_what_to_do(chat: Chat, code: str) -> None:
    """One sentence, and the question follows."""
    answered = chat.say(f"/start {code}")

    assert "did not work" in words(answered)
    assert len(answered) > 1


def test_a_forwarded_code_links_nobody(chat: Chat, place: Place) -> None:
    """What somebody else wrote has no power."""
    code = link(place.running.page())["code"]
    chat.say(f"/start {code}", forward_origin={"type": "user"})

    assert chat.rows()[-1].buyer_id == f"unlinked:telegram:{chat.user}"


def test_unlinking_is_said_and_the_next_message_is_nobodys(chat: Chat, place: Place) -> None:
    """And the code of before does not work again."""
    page = place.running.page()
    code = link(page)["code"]
    chat.say(f"/start {code}")
    assert chat.say("hello")
    assert chat.rows()[-1].buyer_id == page.buyer

    assert "no longer linked" in words(chat.say("/unlink"))
    chat.say("hello")
    assert chat.rows()[-1].buyer_id == f"unlinked:telegram:{chat.user}"
    assert chat.rows()[-1].metadata["is_linked"] is False
    assert "did not work" in words(chat.say(f"/start {code}"))
    assert "not linked to any account" in words(chat.say("/unlink"))


def test_linking_and_unlinking_delivered_again_do_nothing(chat: Chat, place: Place) -> None:
    """Also long after, when the opposite was done."""
    page = place.running.page()
    start = chat.telegram.message(chat.user, text=f"/start {link(page)['code']}")
    unlink = chat.telegram.message(chat.user, text="/unlink")
    chat.hand(start)
    chat.hand(unlink)
    chat.post(start)
    chat.say("hello")
    assert chat.rows()[-1].buyer_id == f"unlinked:telegram:{chat.user}"

    chat.say(f"/start {link(page)['code']}")
    chat.post(unlink)
    chat.say("hello")
    assert chat.rows()[-1].buyer_id == page.buyer


def test_a_linked_buyer_sees_in_the_page_what_was_said_in_telegram(chat: Chat, place: Place) -> None:
    """One conversation, whatever the way in."""
    page = place.running.page()
    chat.say(f"/start {link(page)['code']}")
    chat.say("my lamp came broken, the glass is in pieces")

    told = page.history()["messages"]
    assert any(message["text"].startswith("my lamp came broken") for message in told)
    assert page.press("Yes", told)
