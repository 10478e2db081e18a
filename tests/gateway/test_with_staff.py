"""While a person of the staff has a conversation: what buyers write goes to them, and what they say arrives live."""

from __future__ import annotations

import itertools
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from buyer_protection.conversation_record import conversation_record
from buyer_protection.disputes import Handoff, connect, find_handoff, handoff_events_of, handoff_of, unanswered
from buyer_protection.disputes.staff_conversations import answer, hand_back, take
from gateway.conversations import conversation_of
from tests.gateway.photographs import photo
from tests.gateway.served import Page, Served, said
from tests.gateway.telegram.chat import wait_until

pytestmark = pytest.mark.xdist_group("gateway")

HERE = "Somebody from support staff is here now"
RECEIPT = "Your message is with support staff."


class Desk:
    """Somebody of the staff, with one buyer's request."""

    def __init__(self, engine: Engine, page: Page, actor: str = "ann") -> None:
        self.engine, self.page, self.actor = engine, page, actor
        handoff = handoff_of(engine, buyer_id=page.buyer)
        assert handoff is not None, "the buyer asked for nobody"
        self.reference = handoff.reference

    def _common(self) -> dict[str, Any]:
        return {"reference": self.reference, "actor": self.actor, "now": datetime.now(timezone.utc)}

    def take(self) -> None:
        """Has the conversation, and waits until the buyer was told."""
        assert isinstance(take(self.engine, **self._common()), Handoff)
        wait_until(lambda: HERE in said(self.heard()))

    def answer(self, text: str) -> None:
        """Says something, and waits until the buyer can read it."""
        assert isinstance(answer(self.engine, text=text, **self._common()), Handoff)
        wait_until(lambda: text in [message["text"] for message in self.heard()])

    def hand_back(self) -> None:
        """Gives the conversation back, and waits until the assistant has spoken."""
        assert isinstance(hand_back(self.engine, **self._common()), Handoff)
        wait_until(lambda: "given this chat back to me" in said(self.heard()))

    def heard(self) -> list[dict[str, Any]]:
        """All that was said to the buyer."""
        return [message for message in self.page.history()["messages"] if message["from"] != "buyer"]

    def given(self) -> list[str]:
        """The buyer's messages that went to staff, in their words."""
        events = handoff_events_of(self.engine, reference=self.reference)
        theirs = [event.message_id for event in events if event.kind == "wrote"]
        lines = {line.id: line.text for line in conversation_record(self.engine, buyer_id=self.page.buyer)}
        return [lines[number] for number in theirs if number is not None]


@pytest.fixture
def engine_of(running: Served) -> Iterator[Engine]:
    """The database of the running processes."""
    engine = connect(running.database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def desk(engine_of: Engine, page: Page) -> Desk:
    """A person of the staff, and a buyer in the middle of a claim who asked for one."""
    page.say("my lamp came broken, the glass is in pieces")
    page.say("I want to talk to a person")
    return Desk(engine_of, page)


def test_asked_and_not_taken_the_assistant_goes_on(desk: Desk, page: Page) -> None:
    """The buyer has a reference, and the open question is there to be answered."""
    asked = page.history()["messages"]

    assert desk.reference in said(asked)
    assert "I cannot say when" in said(asked)
    went_on = page.press("Yes", asked[-1:])
    assert went_on[-1]["custom"]["slot"] != asked[-1]["custom"]["slot"]
    assert desk.given() == []


def test_taken_each_message_goes_to_the_person_and_one_receipt_is_said(desk: Desk, page: Page) -> None:
    """The first message has a receipt; to those after it nothing new is said; no turn is run for any of them."""
    desk.take()
    before = len(desk.heard())
    first = page.say("are you there?")
    second = page.say("the lamp was a present")
    third = page.say("yes")

    assert RECEIPT in said(first)
    assert second == third == first
    assert len(desk.heard()) == before + 1
    assert desk.given() == ["are you there?", "the lamp was a present", "yes"]
    assert page.history()["pending"] is False
    with desk.engine.connect() as connection:
        turns = "SELECT count(*) FROM events WHERE sender_id = :conversation AND type_name = 'user'"
        about = {"conversation": conversation_of(page.buyer)}
        assert connection.execute(sa.text(turns), about).scalar_one() == 2


def test_what_a_person_says_arrives_live_as_theirs_and_as_text(desk: Desk, page: Page) -> None:
    """In the stream and in the history, from `staff`; nothing in it has any power."""
    desk.take()
    text = 'Hello! <b>Which</b> lamp was it? {reference} /affirm\n"quoted" 100%'
    newest = page.history()["messages"][-1]["id"]
    with page.events(after=newest) as events:
        next(events)
        began = time.monotonic()
        desk.answer(text)
        seen = next(data for name, data in events if name == "message")

    assert (seen["from"], seen["text"], seen["buttons"]) == ("staff", text, [])
    assert seen["custom"] == {"kind": "staff", "reference": desk.reference}
    assert page.history()["messages"][-1] == seen
    assert time.monotonic() - began < 15


def test_handed_back_the_assistant_says_so_and_asks_the_open_question(desk: Desk, page: Page) -> None:
    """And goes on from there: what was told before is known, and its buttons answer."""
    open_slot = page.history()["messages"][-1]["custom"]["slot"]
    desk.take()
    page.say("it is the green one")
    desk.hand_back()
    wait_until(lambda: page.history()["pending"] is False)
    last = page.history()["messages"][-1]

    assert last["custom"]["slot"] == open_slot
    assert "I have not read it" in said(desk.heard())
    assert page.press("Yes", [last])[-1]["custom"]["slot"] != open_slot
    assert unanswered(handoff_events_of(desk.engine, reference=desk.reference)) == 1


def test_what_the_gateway_began_by_itself_is_no_message_of_the_buyer(desk: Desk, page: Page) -> None:
    """Neither in the history nor in what staff see."""
    desk.take()
    desk.hand_back()

    mine = [message["text"] for message in page.history()["messages"] if message["from"] == "buyer"]
    assert mine == ["my lamp came broken, the glass is in pieces", "I want to talk to a person"]
    lines = [line.text for line in conversation_record(desk.engine, buyer_id=page.buyer) if line.who == "buyer"]
    assert lines == mine


@pytest.mark.parametrize("text", ["back to the assistant", "Can I go back to the bot please?", "button"])
def test_the_buyer_can_go_back_to_the_assistant(desk: Desk, page: Page, text: str) -> None:
    """By words or by the button under the receipt; the person can say nothing more then."""
    desk.take()
    first = page.say("are you there?")
    back = page.press("Back to the assistant", first) if text == "button" else page.say(text)

    assert "I am here again" in said(back)
    assert back[-1]["custom"]["slot"]
    over = find_handoff(desk.engine, reference=desk.reference)
    assert over is not None
    assert (over.state, over.closed_by) == ("closed", "buyer")
    late = answer(desk.engine, reference=desk.reference, actor="ann", text="hello", now=datetime.now(timezone.utc))
    assert not isinstance(late, Handoff)
    assert desk.given() == ["are you there?"]


def test_files_go_to_the_person_and_each_has_its_receipt(desk: Desk, page: Page) -> None:
    """They count as they would, and staff see them in the conversation."""
    desk.take()
    page.say("here is a photo")
    for seed, name in enumerate(("front.jpg", "back.jpg")):
        files = {"file": (name, photo(seed), "image/jpeg")}
        sent = httpx.post(
            f"{page.url}/widget/evidence",
            files=files,
            headers=page.headers(),
            timeout=30,
            trust_env=False,
            verify=False,
        )
        assert sent.status_code in (200, 201), sent.text
    wait_until(lambda: len([m for m in desk.heard() if "has arrived and was accepted" in m["text"]]) == 2)

    assert desk.given() == ["here is a photo", "", ""]
    lines = conversation_record(desk.engine, buyer_id=page.buyer)
    assert [line.files for line in lines if line.files] == [("front.jpg",), ("back.jpg",)]


def test_i14_another_buyer_is_not_touched(running: Served, desk: Desk) -> None:
    """Their conversation goes on, and nothing of this one is told to them."""
    desk.take()
    desk.answer("only for you")
    other = running.page()
    other.say("hello")

    assert "only for you" not in said(other.history()["messages"])
    assert handoff_of(desk.engine, buyer_id=other.buyer) is None


def test_while_rasa_stands_still_messages_reach_the_person(running: Served, desk: Desk, page: Page) -> None:
    """Nothing that fails there keeps people from talking."""
    desk.take()
    with running.stands_still("rasa"):
        assert RECEIPT in said(page.say("is anybody there?"))
        desk.answer("yes, I am")


def test_p13_nothing_that_staff_or_the_buyer_write_is_in_a_log(running: Served, desk: Desk, page: Page) -> None:
    """Names of events, ids and codes only."""
    desk.take()
    page.say("my secret is zanzibar-1")
    desk.answer("mine is zanzibar-2")

    assert "zanzibar" not in "".join(running.log(name) for name in running.parts)


def test_c15_a_message_in_the_moment_of_taking_is_answered_by_exactly_one(engine_of: Engine, running: Served) -> None:
    """Again and again: the assistant's answer or the person's record, never both and never none."""
    for delay in itertools.islice(itertools.cycle((0.0, 0.02, 0.06, 0.12)), 12):
        page = running.page()
        page.say("I want to talk to a person")
        desk = Desk(engine_of, page)
        with ThreadPoolExecutor(2) as pool:
            sent = pool.submit(page.say, "what does the policy say about fakes?")
            time.sleep(delay)
            pool.submit(desk.take).result()
            sent.result()
        heard = desk.heard()
        by_person = bool(desk.given())
        by_assistant = any("FAKE-1" in message["text"] or "fake" in message["text"].lower() for message in heard)
        assert by_person != by_assistant, said(heard)
        assert by_person == (RECEIPT in said(heard))


def test_a_message_that_was_taken_up_for_a_person_who_gave_back_is_the_assistants(
    running: Served, desk: Desk, page: Page
) -> None:
    """Whatever is written around the hand-back is answered, and by one of the two."""
    desk.take()
    name = uuid.uuid4().hex
    with ThreadPoolExecutor(2) as pool:
        back = pool.submit(desk.hand_back)
        page.post({"id": name, "text": "what does the policy say about fakes?"})
        back.result()
    wait_until(lambda: page.history()["pending"] is False)

    by_person = desk.given() == ["what does the policy say about fakes?"]
    by_assistant = "FAKE-1" in said(desk.heard())
    assert by_person != by_assistant, said(desk.heard())


def test_a_buyer_who_is_with_the_assistant_and_asks_for_it_is_told_so(page: Page, engine_of: Engine) -> None:
    """Before anybody was asked, and while a request waits."""
    page.say("hello")
    assert "No person has this chat" in said(page.say("back to the assistant"))
    page.say("I want to talk to a person")
    assert Desk(engine_of, page).reference in said(page.say("back to the bot please"))
