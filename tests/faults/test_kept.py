"""What is compared is the database as it was at one instant, also while a turn is answered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Final

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from buyer_protection.disputes import connect
from buyer_protection.disputes.tables import conversation_events
from gateway.channels.channel import Incoming
from gateway.conversations import conversation_of
from gateway.inbox import add, mark_answered
from tests.disputes.databases import KINDS, migrated_database
from tests.faults.checker import check
from tests.faults.history import History
from tests.faults.kept import kept_in

ANNA: Final = conversation_of("anna")


def answer(engine: Engine, name: str) -> None:
    """A message of Anna's is taken, run and answered, as the gateway and Rasa do it, one commit after the other."""
    now = datetime.now(timezone.utc)
    came = Incoming("widget", f"evidence:{name}", "anna", ANNA)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        message = add(connection, came, text="", removed=(), trace="", now=now)
        assert message is not None
    turn = {"event": "user", "message_id": message.turn_id}
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        row = {"sender_id": ANNA, "type_name": "user", "timestamp": 0.0, "data": json.dumps(turn)}
        connection.execute(sa.insert(conversation_events).values(row))
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        mark_answered(connection, [message], now)


@contextmanager
def after_each_look(happens: Any) -> Iterator[list[str]]:
    """Inside, something happens after each statement that reads; which ones those were."""
    looks: list[str] = []

    def looked(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("SELECT") and "FROM" in statement and not busy:
            busy.append(1)
            looks.append(statement)
            happens(len(looks))
            busy.clear()

    busy: list[int] = []
    sa.event.listen(Engine, "after_cursor_execute", looked)
    try:
        yield looks
    finally:
        sa.event.remove(Engine, "after_cursor_execute", looked)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_answered_between_two_looks_is_in_none_of_them(kind: str, tmp_path: Path) -> None:
    """Else a turn would be missing of a message that was answered a moment ago."""
    with migrated_database(kind, tmp_path) as url:
        engine = connect(url)
        answer(engine, "first")
        with after_each_look(lambda number: answer(engine, f"look {number}")) as looks:
            kept = kept_in(url)
        after = kept_in(url)
        engine.dispose()

    missing = [line for line in check(History(), kept) if line.startswith("every_turn_is_remembered_once")]
    assert missing == []
    assert len(looks) >= 6
    assert len(kept.inbox) == len(kept.turns[ANNA]) == 1
    assert len(after.inbox) == len(after.turns[ANNA]) == 1 + len(looks)
