"""Replies arrive in order and at least once, whatever Telegram does; nobody waits for somebody else's trouble."""

from __future__ import annotations

import time

import pytest

from tests.gateway.telegram.chat import Chat, wait_until, words
from tests.gateway.telegram.conftest import Place

pytestmark = pytest.mark.xdist_group("telegram")
DATABASE = "postgresql"


def test_what_may_have_arrived_comes_again_and_says_so(chat: Chat) -> None:
    """C-16: Telegram took it and the answer was lost."""
    chat.say("/start")
    chat.telegram.fail("sendMessage", "lost answer")
    twice = chat.say("hello")

    assert twice[1]["text"] == f"(sent again) {twice[0]['text']}"
    assert all("(sent again)" not in message["text"] for message in twice[2:])


def test_an_answer_that_does_not_come_in_time_is_taken_for_lost(chat: Chat) -> None:
    """Ten seconds are enough for a call."""
    chat.say("/start")
    chat.telegram.fail("sendMessage", "lost answer", seconds=11)
    twice = chat.say("hello")

    assert twice[1]["text"] == f"(sent again) {twice[0]['text']}"


def test_what_surely_did_not_arrive_comes_once_and_in_order(chat: Chat) -> None:
    """429 waits as long as Telegram asks, and says nothing of it."""
    chat.say("/start")
    chat.telegram.fail("sendMessage", "429", seconds=2)
    began = time.monotonic()
    answered = chat.say("my lamp came broken, the glass is in pieces")

    assert time.monotonic() - began >= 2
    assert "sent again" not in words(answered)
    assert [message["text"].split("\n•")[0] for message in answered] == [
        reply.text for reply in chat.replies() if reply.inbox_id == chat.rows()[-1].id
    ]


def test_while_one_chat_waits_the_others_are_answered(chat: Chat, place: Place) -> None:
    """A pause or a block concerns one address."""
    other = place.chat()
    other.say("/start")
    chat.say("/start")
    chat.telegram.fail("sendMessage", "429", seconds=4)
    update = chat.telegram.message(chat.user, text="hello")
    chat.post(update)
    wait_until(lambda: not [fault for fault in chat.telegram.faults if fault.times])
    refused = [call for call in chat.telegram.tried("sendMessage") if call.parameters["chat_id"] == chat.user][-1]
    other.say("hello")

    sent = [call.at for call in chat.telegram.done("sendMessage") if call.parameters["chat_id"] == other.user]
    assert refused.at < max(sent) < refused.at + 4
    chat.wait_for_answers(update)


def test_who_blocked_the_bot_is_not_written_to_again_and_again(chat: Chat) -> None:
    """The reply is given up; what is said after the block was taken back arrives."""
    chat.say("/start")
    chat.telegram.fail("sendMessage", "403", times=10)
    blocked = chat.say("hello")
    tried = len(chat.telegram.tried("sendMessage"))
    time.sleep(3)
    chat.telegram.faults.clear()

    assert blocked == []
    assert len(chat.telegram.tried("sendMessage")) == tried
    assert chat.say("hello")


def test_a_message_that_is_refused_for_good_does_not_hold_up_the_next(chat: Chat) -> None:
    """400 is Telegram's word that it never will."""
    chat.say("/start")
    chat.telegram.fail("sendMessage", "400")
    chat.say("hello")

    assert chat.say("hello")


def test_replies_are_sent_by_the_next_process_when_the_first_dies(chat: Chat, place: Place) -> None:
    """`kill -9` in the middle of a call: at least once, and what may have come before says so."""
    chat.say("/start")
    chat.telegram.fail("sendMessage", "slow", seconds=3)
    tried = len(chat.telegram.tried("sendMessage"))
    update = chat.telegram.message(chat.user, text="hello")
    chat.post(update)
    wait_until(lambda: len(chat.telegram.tried("sendMessage")) > tried)
    place.kill_gateway()
    place.start_gateway()
    chat.wait_for_answers(update)

    assert "(sent again)" in chat.telegram.said(chat.user)
    said = [message["text"] for message in chat.telegram.sent(chat.user)]
    for reply in chat.replies():
        assert any(text.endswith(reply.text) for text in said)


def test_typing_is_shown_while_a_turn_takes_long(chat: Chat, place: Place) -> None:
    """More than a second without an answer."""
    chat.say("/start")
    with place.running.stands_still("rasa"):
        update = chat.telegram.message(chat.user, text="hello")
        chat.post(update)
        wait_until(lambda: any(call.parameters["chat_id"] == chat.user for call in typing(chat)))
    chat.wait_for_answers(update)


def typing(chat: Chat) -> list:  # type: ignore[type-arg]
    """The calls that showed "typing"."""
    return chat.telegram.done("sendChatAction")
