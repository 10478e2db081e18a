"""E-10 on Telegram: what a buyer hears of a file that a virus scanner refuses, or has not answered about."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.evidence.scanners import EICAR, small_scanner
from tests.gateway.photographs import photo
from tests.gateway.telegram.chat import Chat, wait_until, words
from tests.gateway.telegram.conftest import Place, assistant
from tests.gateway.telegram.test_files import sent
from tests.turns.conftest import free_port

pytestmark = pytest.mark.xdist_group("telegram-scanned")

PORT = free_port()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """An assistant whose files go to a scanner, which may be there or not: a small one that speaks `INSTREAM`."""
    known = {"telegram_mode": "webhook", "evidence_scanner": f"tcp://127.0.0.1:{PORT}"}
    with assistant("sqlite", tmp_path_factory.mktemp("scanned"), **known) as place:
        place.telegram.webhook = f"{place.running.url}/telegram"
        yield place


def test_e10_what_is_found_is_refused_with_the_answer_to_its_caption(chat: Chat) -> None:
    """Nothing of it is kept; the question stays."""
    asked = chat.say("my lamp came broken, the glass is in pieces")[-1]
    with small_scanner(PORT):
        answered = chat.hand(sent(chat, "infected", photo() + EICAR))

    assert "was not taken: the virus scanner found something" in words(answered)
    assert answered[-1]["text"] == asked["text"]
    assert chat.evidence() == []


def test_e10_without_the_scanner_the_buyer_hears_that_it_is_being_checked(chat: Chat) -> None:
    """With a caption and without; and what is found later is said by itself."""
    chat.say("hello")
    with_words = chat.hand(sent(chat, "captioned", photo(), caption="hello"))
    alone = chat.hand(sent(chat, "alone", photo() + EICAR))
    assert "was accepted" in words(with_words)
    for answered in (with_words, alone):
        assert "virus scanner has not answered yet" in words(answered)

    with small_scanner(PORT):
        wait_until(lambda: "scanner has answered now and found something" in chat.telegram.said(chat.user), 60)
    assert [file.scan for file in chat.evidence()] == ["clean", "infected"]
