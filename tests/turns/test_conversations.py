"""Conversations are stored whole or not at all, and a database that fails is never taken for an empty one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker

from buyer_protection.disputes.database import DatabaseError, migrate
from tests.turns.conftest import Run, responses, say
from tests.turns.tiny import behaviour
from turns.actions_in_process import ActionsInProcess
from turns.assistant import Assistant
from turns.conversations import ConversationChanged, Conversations, ConversationsUnavailable


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A migrated database."""
    path = tmp_path / "events.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def new_assistant(tiny_model: Path, database: Path) -> Any:
    """Makes assistants that share the database, as processes that are started one after the other do."""

    def new() -> Assistant:
        actions = ActionsInProcess(executor=behaviour.executor())
        return Assistant.load(tiny_model, actions=actions, tracker_store=Conversations(url=f"sqlite:///{database}"))

    return new


def rows(database: Path) -> int:
    """How many events are stored."""
    with closing(sqlite3.connect(database)) as connection:
        return int(connection.execute("SELECT count(*) FROM events").fetchone()[0])


def test_another_process_goes_on_where_the_first_stopped(new_assistant: Any, run: Run[Any]) -> None:
    """A question that was open is still open, and a turn that was answered is not run again."""
    first = new_assistant()
    run(first.handle(say("hello", "1")))
    asked = run(first.handle(say("box", "2")))

    second = new_assistant()

    assert run(second.handle(say("box", "2"))) == asked
    assert run(second.slots("c"))["requested_slot"] == "colour"
    assert run(second.events("c")) == run(first.events("c"))


def test_without_the_table_nothing_starts(tmp_path: Path) -> None:
    """The store makes no table of its own: a migration does."""
    with pytest.raises(ConversationsUnavailable, match="cannot be read"):
        Conversations(url=f"sqlite:///{tmp_path / 'empty.db'}")


def test_without_a_database_nothing_starts() -> None:
    """Rasa's own store would sleep and try again for ever; ours says so soon."""
    with pytest.raises(ConversationsUnavailable, match="OperationalError"):
        Conversations(url="postgresql://nobody@127.0.0.1:1/none")
    with pytest.raises(DatabaseError):
        Conversations(url="mysql://somewhere")


def test_a_conversation_that_cannot_be_loaded_fails_the_turn(new_assistant: Any, database: Path, run: Run[Any]) -> None:
    """An empty conversation in its place would greet the buyer anew and forget the claim."""
    assistant = new_assistant()
    run(assistant.handle(say("hello", "1")))
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("ALTER TABLE events RENAME TO gone")

    assert responses(run(assistant.handle(say("hello", "2")))) == ["utter_turn_failed"]

    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("ALTER TABLE gone RENAME TO events")

    assert responses(run(assistant.handle(say("hello", "2")))) == ["utter_hello"]


def test_a_conversation_that_cannot_be_saved_fails_the_turn(new_assistant: Any, database: Path, run: Run[Any]) -> None:
    """Nothing is said that would not be remembered; sent again it succeeds."""
    assistant = new_assistant()
    run(assistant.handle(say("hello", "1")))
    stored = rows(database)
    with closing(sqlite3.connect(database, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")

        assert responses(run(assistant.handle(say("hello", "2")))) == ["utter_turn_failed"]

        writer.execute("ROLLBACK")

    assert rows(database) == stored
    assert responses(run(assistant.handle(say("hello", "2")))) == ["utter_hello"]
    assert rows(database) > stored


def test_a_turn_saved_elsewhere_meanwhile_is_not_overwritten(new_assistant: Any, run: Run[Any]) -> None:
    """Two processes that ran a turn on the same state cannot both have been right."""
    assistant = new_assistant()
    run(assistant.handle(say("hello", "1")))
    store = assistant.agent.tracker_store
    first: DialogueStateTracker = run(store.retrieve("c"))
    second: DialogueStateTracker = run(store.retrieve("c"))
    for tracker in (first, second):
        tracker.update(BotUttered("one of two"))

    run(store.save(first))

    with pytest.raises(ConversationChanged):
        run(store.save(second))


def test_the_latest_session_is_the_last_one_stored(new_assistant: Any, database: Path, run: Run[Any]) -> None:
    """A machine's clock that is put back hides nothing that was said since."""
    assistant = new_assistant()
    run(assistant.handle(say("hello", "1", at="2024-05-06T10:00:00+00:00")))
    run(assistant.handle(say("hello", "2", at="2024-05-06T19:00:00+00:00")))
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE events SET timestamp = -id")

    run(assistant.handle(say("box", "3", at="2024-05-06T19:01:00+00:00")))

    tracker = run(assistant.agent.tracker_store.retrieve("c"))
    messages = [event.message_id for event in tracker.events if event.type_name == "user"]
    assert messages == ["2", "3"]
    everything = [event["message_id"] for event in run(assistant.events("c")) if event["event"] == "user"]
    assert everything == ["1", "2", "3"]


def test_ids_that_look_like_patterns_are_only_ids(new_assistant: Any, run: Run[Any]) -> None:
    """Looking for a turn finds that turn and no other."""
    assistant = new_assistant()
    run(assistant.handle(say("hello", "a_1")))
    store = assistant.agent.tracker_store

    assert run(store.recorded("c", "a_1"))
    for other in ("a%", "a11", "%", "_", "", '"', "hello"):
        assert run(store.recorded("c", other)) == []
