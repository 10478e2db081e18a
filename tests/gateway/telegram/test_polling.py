"""On a laptop updates are fetched: each is kept before it is confirmed, by one process, through every failure."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from tests.gateway.telegram.chat import Chat, wait_until
from tests.gateway.telegram.conftest import Place, assistant

pytestmark = pytest.mark.xdist_group("telegram_polling")


@pytest.fixture(scope="module")
def fetching(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """An assistant that fetches its updates, on the database of a laptop."""
    with assistant("sqlite", tmp_path_factory.mktemp("polling"), telegram_mode="polling") as place:
        yield place


@pytest.fixture
def chat(fetching: Place) -> Iterator[Chat]:
    """A chat of a user of this test's."""
    fetching.telegram.faults.clear()
    made = fetching.chat()
    yield made
    made.engine.dispose()


def test_what_is_fetched_is_answered_and_confirmed(chat: Chat) -> None:
    """Confirmed updates do not come again."""
    assert chat.say("hello")
    wait_until(lambda: chat.telegram.waiting == [])
    assert len(chat.rows()) == 1


def test_while_telegram_is_away_nothing_is_lost(chat: Chat) -> None:
    """It is asked again, less and less often, and answers again."""
    chat.telegram.fail("getUpdates", "500", times=2)

    assert chat.say("hello")


def test_while_somebody_else_fetches_it_is_tried_again(chat: Chat) -> None:
    """409: another program has the same token, or a webhook is set."""
    chat.telegram.is_conflicted = True
    update = chat.telegram.message(chat.user, text="hello")
    chat.telegram.update(update)
    time.sleep(1.5)
    assert chat.rows() == []
    chat.telegram.is_conflicted = False
    chat.wait_for_answers(update)

    assert chat.telegram.sent(chat.user)


def test_an_update_comes_again_when_the_process_died_before_it_was_confirmed(chat: Chat, fetching: Place) -> None:
    """And is answered once: the row is there, whoever fetches it again."""
    update = chat.telegram.message(chat.user, text="hello")
    chat.telegram.update(update)
    wait_until(lambda: len(chat.rows()) == 1)
    fetching.kill_gateway()
    chat.telegram.waiting = [update]
    fetching.start_gateway()
    chat.wait_for_answers(update)
    wait_until(lambda: chat.telegram.waiting == [], seconds=30)

    assert len(chat.rows()) == 1
    assert len({reply.inbox_id for reply in chat.replies()}) == 1
