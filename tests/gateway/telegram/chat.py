"""One user's private chat with the bot."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import httpx
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from buyer_protection.evidence import Receipt, evidence_of_buyer
from gateway.tables import inbox, outbox
from tests.gateway.telegram.fake import FakeTelegram

WAITS = 20.0


class Chat:
    """What the user does, what arrives, and what the database holds of it."""

    def __init__(self, telegram: FakeTelegram, user: int, engine: Engine) -> None:
        self.telegram, self.user, self.engine = telegram, user, engine

    def hand(self, update: dict[str, Any]) -> list[dict[str, Any]]:
        """What arrives in answer to an update, once all of it is answered."""
        before = len(self.telegram.sent(self.user))
        response = self.telegram.update(update)
        assert response is None or response.status_code == 200, response.text
        self.wait_for_answers(update)
        return self.telegram.sent(self.user)[before:]

    def say(self, text: str, **content: Any) -> list[dict[str, Any]]:
        """What arrives in answer to typed words."""
        return self.hand(self.telegram.message(self.user, text=text, **content))

    def press(self, title: str) -> list[dict[str, Any]]:
        """What arrives in answer to a pressed button."""
        return self.hand(self.telegram.press(self.user, title))

    def wait_for_answers(self, *updates: dict[str, Any]) -> None:
        """Waits until each update is a row, all rows of the chat have their answer, and all of it was delivered."""
        names = {str(update["update_id"]) for update in updates}
        wait_until(lambda: names <= self._known() and self.is_quiet())

    def is_quiet(self) -> bool:
        """Whether nothing is under way."""
        with self.engine.connect() as connection:
            to_answer = connection.execute(
                sa.select(sa.func.count()).where(self._mine(inbox), inbox.c.answered_at.is_(None))
            ).scalar_one()
            to_send = connection.execute(
                sa.select(sa.func.count()).where(self._mine(outbox), outbox.c.delivered_at.is_(None))
            ).scalar_one()
        return to_answer == to_send == 0

    def rows(self) -> list[Any]:
        """The chat's rows of the inbox, oldest first."""
        with self.engine.connect() as connection:
            return connection.execute(sa.select(inbox).where(self._mine(inbox)).order_by(inbox.c.id)).all()

    def evidence(self) -> list[Receipt]:
        """What was accepted from the user, oldest first."""
        return evidence_of_buyer(self.engine, buyer_id=self.rows()[-1].buyer_id)

    def replies(self) -> list[Any]:
        """The chat's rows of the outbox, oldest first."""
        with self.engine.connect() as connection:
            return connection.execute(sa.select(outbox).where(self._mine(outbox)).order_by(outbox.c.id)).all()

    def post(self, update: dict[str, Any]) -> httpx.Response:
        """Hands over an update and waits for nothing."""
        response = self.telegram.update(update)
        assert response is not None
        return response

    def _known(self) -> set[str]:
        return {row.native_id.partition(":")[2] for row in self.rows()}

    def _mine(self, table: sa.Table) -> sa.sql.ColumnElement:
        return sa.and_(table.c.channel == "telegram", table.c.address == str(self.user))


def wait_until(is_so: Callable[[], bool], seconds: float = WAITS) -> None:
    """Waits until something is so; an error if it never is."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.03)


def words(messages: list[dict[str, Any]]) -> str:
    """The words of messages."""
    return "\n".join(message["text"] for message in messages)
