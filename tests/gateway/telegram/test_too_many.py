"""Who sends too much in Telegram is told, once, and what was not taken is not half taken."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.gateway.telegram.chat import Chat, wait_until
from tests.gateway.telegram.conftest import Place, assistant

pytestmark = pytest.mark.xdist_group("telegram_polling")


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """An assistant that lets each buyer send three messages a minute."""
    folder = tmp_path_factory.mktemp("strict")
    with assistant("sqlite", folder, telegram_mode="webhook", rate_limits="3 per minute") as place:
        place.telegram.webhook = f"{place.running.url}/telegram"
        yield place


@pytest.fixture
def chat(strict: Place) -> Chat:
    """A chat of somebody who sent nothing yet."""
    return strict.chat()


def test_one_line_says_when_to_send_again(chat: Chat, strict: Place) -> None:
    """Telegram is answered well, so that it does not send the same again; others are not affected."""
    for _ in range(3):
        chat.say("hello")
    for _ in range(3):
        assert chat.post(chat.telegram.message(chat.user, text="hello")).status_code == 200
    wait_until(lambda: "a lot at once" in chat.telegram.said(chat.user))

    assert len(chat.rows()) == 3
    assert chat.telegram.said(chat.user).count("a lot at once") == 1
    assert strict.chat().say("hello")


def test_what_is_delivered_again_does_not_count(chat: Chat) -> None:
    """It is the same message."""
    update = chat.telegram.message(chat.user, text="hello")
    for _ in range(6):
        chat.hand(update)

    assert chat.say("hello")


def test_an_album_counts_as_one(chat: Chat) -> None:
    """However many photos are in it."""
    chat.telegram.files["many"] = b"many"
    photo = [{"file_id": "many", "width": 1, "height": 1}]
    updates = [chat.telegram.message(chat.user, photo=photo, media_group_id="many") for _ in range(6)]
    for update in updates:
        chat.post(update)
    chat.wait_for_answers(*updates)

    assert len(chat.rows()) == 6
