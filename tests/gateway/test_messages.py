"""What a page can rely on: each message is answered once, in order, whoever goes away meanwhile."""

from __future__ import annotations

import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from buyer_protection.disputes.database import connect
from gateway.numbering import next_ids
from gateway.tables import inbox
from tests.gateway.conftest import on
from tests.gateway.served import Page, Served, said, token_of

pytestmark = pytest.mark.xdist_group("gateway")


def test_a_message_is_answered_with_words_buttons_and_what_is_drawn(page: Page) -> None:
    """Ids grow, each message says who it is from, and what a button does is not shown."""
    page.say("hello")
    messages = page.say("my lamp came broken")

    assert [message["from"] for message in messages] == ["assistant"] * len(messages)
    assert sorted(message["id"] for message in messages) == [message["id"] for message in messages]
    asked = messages[-1]
    assert asked["custom"]["kind"] == "question"
    assert asked["buttons"]
    assert all(button["payload"].startswith("btn:") for button in asked["buttons"])


def test_the_same_id_answers_the_same_and_does_nothing_twice(page: Page) -> None:
    """One row, one turn, one answer."""
    first = page.post({"id": "one", "text": "hello"})
    again = page.post({"id": "one", "text": "hello"})

    assert first.json() == again.json()
    assert len([message for message in page.history()["messages"] if message["from"] == "buyer"]) == 1


def test_an_id_that_another_message_has_is_refused(page: Page) -> None:
    """So that a page that numbers badly loses nothing in silence."""
    page.say("hello", id="one")
    refused = page.post({"id": "one", "text": "my lamp came broken"})

    assert refused.status_code == 409
    assert refused.json()["error"]["code"] == "id_taken"


def test_what_was_told_is_told_again_in_order(page: Page) -> None:
    """To a page that was reloaded, or another device."""
    page.say("hello")
    page.say("my lamp came broken")
    told = page.history()

    assert told["pending"] is False
    assert [message["text"] for message in told["messages"] if message["from"] == "buyer"] == [
        "hello",
        "my lamp came broken",
    ]
    ids = [message["id"] for message in told["messages"]]
    assert ids == sorted(set(ids))
    newest = told["messages"][-1]
    assert page.history(after=newest["id"])["messages"] == []
    assert page.history(after=ids[-2])["messages"] == [newest]


def test_a_pressed_button_is_an_answer_and_shows_its_words(page: Page) -> None:
    """In the history stands what was on the button."""
    messages = page.say("my lamp came broken")
    answered = page.press("Yes", messages)

    assert answered[-1]["custom"]["slot"] != messages[-1]["custom"]["slot"]
    buyer = [message for message in page.history()["messages"] if message["from"] == "buyer"]
    assert buyer[-1]["text"] == "Yes"


def test_a_button_of_an_earlier_question_gets_the_open_question_again(page: Page) -> None:
    """Never an error, and never an answer to another question."""
    old = page.say("my lamp came broken")
    asked = page.press("Yes", old)
    again = page.press("Yes", old)

    assert again[-1]["custom"]["slot"] == asked[-1]["custom"]["slot"]


@pytest.mark.parametrize("token", ["btn:1.0.AAAAAAAAAAAAAAAAAAAAAA", "/affirm", "", "btn:", "x" * 5000, "\u0000"])
def test_a_button_that_is_not_ours_does_nothing(page: Page, token: str) -> None:
    """It is as an old one."""
    asked = page.say("my lamp came broken")
    answered = page.post({"id": uuid.uuid4().hex, "payload": token})

    assert answered.status_code == 200
    assert answered.json()["messages"][-1]["custom"]["slot"] == asked[-1]["custom"]["slot"]


def test_another_buyers_button_does_nothing(running: Served) -> None:
    """A token is signed for a conversation."""
    alice, mallory = running.page(), running.page()
    asked = alice.say("my lamp came broken")
    mine = mallory.say("my lamp came broken")
    answered = mallory.post({"id": "steal", "payload": token_of("Yes", asked)}).json()["messages"]

    assert answered[-1]["custom"]["slot"] == mine[-1]["custom"]["slot"]


def test_messages_sent_at_once_are_answered_one_after_another(page: Page) -> None:
    """Each has its own answer, and the conversation none of them twice."""
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda number: page.say(f"hello {number}", id=f"n{number}"), range(8)))

    told = page.history()["messages"]
    assert all(answers)
    assert len([message for message in told if message["from"] == "buyer"]) == 8
    replies = [message["id"] for answer in answers for message in answer]
    assert sorted(replies) == sorted(message["id"] for message in told if message["from"] == "assistant")


def test_the_same_message_sent_many_times_at_once_is_one(page: Page) -> None:
    """All who wait hear the same."""
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: page.post({"id": "x", "text": "my lamp came broken"}).json(), range(8)))

    assert all(answer == answers[0] for answer in answers)
    assert len([message for message in page.history()["messages"] if message["from"] == "buyer"]) == 1


def test_what_happens_is_streamed(running: Served) -> None:
    """Another device sees the message, that it is worked on, and the answer."""
    page = running.page()
    page.say("hello")
    newest = page.history()["messages"][-1]["id"]
    with page.events(after=newest) as events, ThreadPoolExecutor(1) as pool:
        assert next(events) == ("state", {"working": False})
        answer = pool.submit(page.say, "my lamp came broken")
        seen: list[tuple[str, Any]] = []
        while not any(name == "message" and data["from"] == "assistant" for name, data in seen):
            seen.append(next(events))

    messages = [data for name, data in seen if name == "message"]
    assert messages[0]["from"] == "buyer"
    assert messages[0]["text"] == "my lamp came broken"
    assert messages[1]["id"] == answer.result()[0]["id"]


def test_another_device_sees_at_once_that_a_message_is_worked_on(running: Served) -> None:
    """The message, and that there is work, come while the turn still runs; the answer when it is there."""
    page = running.page()
    page.say("hello")
    newest = page.history()["messages"][-1]["id"]
    with page.events(after=newest) as events, ThreadPoolExecutor(1) as pool:
        assert next(events) == ("state", {"working": False})
        with running.stands_still("rasa"):
            answer = pool.submit(page.say, "my lamp came broken")
            name, message = next(events)
            working = next(events)
            was_answered = answer.done()
        assert (name, message["from"], message["text"]) == ("message", "buyer", "my lamp came broken")
        assert working == ("state", {"working": True})
        assert not was_answered
        assert next(events)[1]["id"] == answer.result()[0]["id"]


def test_a_turn_goes_on_when_the_page_has_gone(running: Served) -> None:
    """The answer is there when it comes back; Rasa stands still meanwhile, so that the page goes first for sure."""
    page = running.page()
    page.say("hello")
    with running.stands_still("rasa"), pytest.raises(httpx.ReadTimeout):
        httpx.post(
            f"{page.url}/widget/messages",
            json={"id": "gone", "text": "my lamp came broken"},
            headers=page.headers(),
            timeout=httpx.Timeout(5, read=1),
            trust_env=False,
            verify=False,
        )
    answered = page.say("my lamp came broken", id="gone")

    assert answered
    said = [message["text"] for message in page.history()["messages"] if message["from"] == "buyer"]
    assert said == ["hello", "my lamp came broken"]


@on("sqlite")
def test_what_takes_too_long_is_promised_and_comes_later(running: Served) -> None:
    """After eight seconds 202 and nothing, and the answer through the history, once Rasa goes on."""
    page = running.page()
    page.say("hello")
    with running.stands_still("rasa"):
        began = time.monotonic()
        promised = page.post({"id": "late", "text": "my lamp came broken"})
        took = time.monotonic() - began

    assert promised.status_code == 202
    assert promised.json()["pending"] is True
    assert 7 < took < 16
    answer = _eventually(page, "late")
    assert answer[-1]["custom"]["kind"] == "question"
    assert page.history()["pending"] is False


def test_a_message_that_is_too_long_is_kept_and_a_shorter_one_is_asked_for(page: Page) -> None:
    """It is not read, whatever it says; up to 20,000 characters of it are kept."""
    page.say("my lamp came broken")
    answered = page.say("my parcel " * 10_000)

    kept = [message for message in page.history()["messages"] if message["from"] == "buyer"][-1]
    assert 19_000 < len(kept["text"]) <= 20_000
    assert answered[0]["custom"]["kind"] == "statement_kept"


def test_a_long_message_that_grows_by_what_is_removed_from_it_is_kept_too(page: Page) -> None:
    """What stands for a card number is longer than the number; the message stays within what is kept."""
    page.say("my lamp came broken")
    answered = page.say("my parcel " * 1_997 + "my card is 4222222222222")

    kept = [message for message in page.history()["messages"] if message["from"] == "buyer"][-1]
    assert len(kept["text"]) <= 20_000
    assert "[card number" in kept["text"]
    assert "statement_kept" in [message["custom"]["kind"] for message in answered]


def test_a_message_that_breaks_the_gateway_is_given_up_and_the_next_is_answered(running: Served) -> None:
    """A row that no channel would write: a control character in a statement cannot be kept as a note."""
    page = running.page()
    page.say("hello")
    engine = connect(running.database_url)
    with engine.begin() as connection:
        row = dict(connection.execute(sa.select(inbox).order_by(inbox.c.id.desc()).limit(1)).mappings().one())
        poison = {**row, "id": next_ids(connection)[0], "native_id": "poison", "text": "\u0007" * 3_000}
        connection.execute(sa.insert(inbox).values({**poison, "answered_at": None}))
    engine.dispose()

    page.post({"id": "next", "text": "my lamp came broken"})
    assert _eventually(page, "next")[-1]["custom"]["kind"] == "question"
    failures = [message for message in page.history()["messages"] if message["custom"].get("kind") == "failure"]
    assert {message["custom"]["trace"] for message in failures} == {row["trace"]}


def test_a_card_number_is_removed_before_anything_is_kept(running: Served) -> None:
    """Also when it was sent in two halves, and the buyer is told."""
    page = running.page()
    page.say("hello")
    answered = page.say("my card is 4111 1111 1111 1111")
    page.say("here is another 5500 0055")
    page.say("5555 5559")

    assert "card" in said(answered)
    told = said(page.history()["messages"])
    for part in ("1111", "5500 0055", "5555"):
        assert part not in told


def _eventually(page: Page, id: str, seconds: float = 30) -> list[dict[str, Any]]:
    """The answer to a message that was promised."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        response = page.post({"id": id, "text": "my lamp came broken"})
        if response.status_code == 200:
            messages: list[dict[str, Any]] = response.json()["messages"]
            return messages
    raise AssertionError("it was never answered")
