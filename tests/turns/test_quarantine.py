"""A conversation that cannot be read any more: its buyer is told, its rows are kept, and nobody else notices."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from tests.disputes.databases import KINDS, migrated_database
from tests.turns.conftest import Run, responses, say
from tests.turns.tiny import behaviour
from turns.actions_in_process import ActionsInProcess
from turns.assistant import Assistant
from turns.conversations import Conversations

BROKEN = [
    "",
    "{",
    "null",
    "[]",
    "{}",
    '"slot"',
    '{"event": "no such kind"}',
    '{"event": "slot"}',
    '{"event": ["slot"]}',
]
SECRET = "my card is 4111111111111111"


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A migrated database."""
    with migrated_database(request.param, tmp_path) as url:
        yield url


@pytest.fixture
def assistant(url: str, tiny_model: Path) -> Iterator[Assistant]:
    """The tiny assistant over it."""
    store = Conversations(url=url)
    yield Assistant.load(tiny_model, actions=ActionsInProcess(executor=behaviour.executor()), tracker_store=store)
    store.engine.dispose()


def engine(assistant: Assistant) -> Any:
    """The database of an assistant."""
    return assistant.agent.tracker_store.engine


def rows(assistant: Assistant) -> list[tuple[str, str]]:
    """Whose and what all rows are, in their order."""
    with engine(assistant).connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text("SELECT sender_id, data FROM events ORDER BY id"))]


def poison(assistant: Assistant, conversation: str, data: str) -> None:
    """Something writes a row that cannot be read."""
    statement = sa.text("INSERT INTO events (sender_id, type_name, data) VALUES (:conversation, 'slot', :data)")
    with engine(assistant).begin() as connection:
        connection.execute(statement, {"conversation": conversation, "data": data})


@pytest.mark.parametrize("data", BROKEN, ids=range(len(BROKEN)))
def test_the_buyer_is_told_and_begins_afresh(assistant: Assistant, run: Run[Any], data: str, log: StringIO) -> None:
    """The answer is for good: the same turn again hears it again, and the next message is met as a first one."""
    run(assistant.handle(say(SECRET, "1")))
    run(assistant.handle(say("hello", "1", "other")))
    before = rows(assistant)
    poison(assistant, "c", data)

    told = run(assistant.handle(say("box", "2")))

    assert told == [
        {
            "text": "What was said before cannot be read.",
            "buttons": [],
            "custom": {"kind": "failure", "trace": "2"},
            "response": "utter_conversation_unreadable",
        }
    ]
    assert run(assistant.handle(say("box", "2"))) == told
    assert responses(run(assistant.handle(say("box", "3")))) == ["utter_introduction", "utter_which_colour"]
    assert run(assistant.handle(say("box", "2"))) == told
    assert responses(run(assistant.handle(say("hello", "2", "other")))) == ["utter_hello"]

    kept = [(whose, what) for whose, what in rows(assistant) if whose.startswith("quarantine:")]
    assert {whose.rpartition(":")[2] for whose, _ in kept} == {"c"}
    assert len({whose for whose, _ in kept}) == 1
    assert [what for _, what in kept] == [what for whose, what in before if whose == "c"] + [data]
    logged = log.getvalue()
    assert "conversation.set_aside" in logged
    assert kept[0][0] in logged
    assert "4111111111111111" not in logged


def test_a_turn_recorded_before_is_still_answered(
    assistant: Assistant, run: Run[Any], tiny_model: Path, url: str
) -> None:
    """What was said once is said again, and only a new message finds out that the rest cannot be read."""
    first = run(assistant.handle(say("hello", "1")))
    poison(assistant, "c", "{")

    assert run(assistant.handle(say("hello", "1"))) == first
    assert not any(whose.startswith("quarantine:") for whose, _ in rows(assistant))
    assert responses(run(assistant.handle(say("hello", "2")))) == ["utter_conversation_unreadable"]


def test_a_broken_row_of_an_earlier_session_harms_nobody(assistant: Assistant, run: Run[Any]) -> None:
    """It is not read for a turn."""
    run(assistant.handle(say("hello", "1", at="2024-05-06T10:00:00+00:00")))
    poison(assistant, "c", "{")
    with engine(assistant).begin() as connection:
        begin = {"event": "action", "name": "action_session_start"}
        statement = sa.text(
            "INSERT INTO events (sender_id, type_name, action_name, data) VALUES ('c', 'action', :name, :data)"
        )
        connection.execute(statement, {"name": begin["name"], "data": json.dumps(begin)})
        listen = {"event": "action", "name": "action_listen"}
        connection.execute(statement, {"name": listen["name"], "data": json.dumps(listen)})

    assert responses(run(assistant.handle(say("hello", "2")))) == ["utter_hello"]


def test_what_cannot_be_set_aside_fails_the_turn(
    assistant: Assistant, run: Run[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is said that is not recorded; the same message later is told."""
    run(assistant.handle(say("hello", "1")))
    poison(assistant, "c", "{")
    before = rows(assistant)
    write = Conversations._write

    async def broken(*_: Any, **__: Any) -> int:
        raise sa.exc.OperationalError("the disk is full", None, Exception())

    monkeypatch.setattr(Conversations, "_write", broken)
    assert responses(run(assistant.handle(say("hello", "2")))) == ["utter_turn_failed"]
    assert rows(assistant) == before

    monkeypatch.setattr(Conversations, "_write", write)
    assert responses(run(assistant.handle(say("hello", "2")))) == ["utter_conversation_unreadable"]
