"""Conversations kept in memory are never believed where the database says otherwise, on either database."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import sqlalchemy as sa
from rasa.shared.core.events import BotUttered, SlotSet, UserUttered
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker

from tests.disputes.databases import KINDS, migrated_database
from tests.turns.conftest import Run, press, responses, say
from tests.turns.tiny import behaviour
from turns import event_rows, off_loop
from turns.actions_in_process import ActionsInProcess
from turns.assistant import Assistant
from turns.conversations import ConversationChanged, Conversations
from turns.live_trackers import LiveTrackers
from turns.off_loop import OffLoop

New = Callable[[], Assistant]


@pytest.fixture(params=KINDS)
def new_assistant(request: pytest.FixtureRequest, tiny_model: Path, tmp_path: Path) -> Iterator[New]:
    """Makes assistants that share a database, as processes side by side do."""
    stores: list[Conversations] = []
    with migrated_database(request.param, tmp_path) as url:

        def new() -> Assistant:
            stores.append(Conversations(url=url))
            actions = ActionsInProcess(executor=behaviour.executor())
            return Assistant.load(tiny_model, actions=actions, tracker_store=stores[-1])

        yield new
        for store in stores:
            store.engine.dispose()


def rows_of(assistant: Assistant) -> int:
    """How many events are in the database of an assistant."""
    with store_of(assistant).engine.connect() as connection:
        return int(connection.execute(sa.text("SELECT count(*) FROM events")).scalar_one())


def store_of(assistant: Assistant) -> Conversations:
    """The store of an assistant."""
    store = assistant.agent.tracker_store
    assert isinstance(store, Conversations)
    return store


def reads(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Notes, from now on, each conversation that is read whole from the database."""
    noted: list[str] = []
    read = event_rows.latest_session

    def noting(connection: Any, conversation: str) -> Any:
        noted.append(conversation)
        return read(connection, conversation)

    monkeypatch.setattr(event_rows, "latest_session", noting)
    return noted


def test_a_conversation_that_goes_on_is_not_read_again(
    new_assistant: New, run: Run[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One look at its newest row is enough."""
    assistant = new_assistant()
    noted = reads(assistant, monkeypatch)

    run(assistant.handle(say("hello", "1")))
    run(assistant.handle(say("box", "2")))
    run(assistant.handle(press('/say_colour{"colour": "red"}', "3")))

    assert noted == []
    assert len(store_of(assistant).live) == 1


def test_what_another_process_wrote_is_read(new_assistant: New, run: Run[Any]) -> None:
    """Turns of one conversation that reach two processes in turn are one conversation."""
    first, second = new_assistant(), new_assistant()

    assert responses(run(first.handle(say("hello", "1")))) == ["utter_introduction", "utter_hello"]
    assert responses(run(second.handle(say("box", "2")))) == ["utter_which_colour"]
    closed = run(first.handle(press('/say_colour{"colour": "red"}', "3")))
    assert responses(closed) == ["utter_box_is_closed"]
    assert responses(run(second.handle(say("hello", "4")))) == ["utter_hello"]
    assert run(first.events("c")) == run(second.events("c"))


def test_a_turn_that_another_process_ran_is_answered_from_the_database(new_assistant: New, run: Run[Any]) -> None:
    """By a process that never saw the conversation, by one that holds an older one, and by the one that ran it."""
    first, second, third = new_assistant(), new_assistant(), new_assistant()
    run(first.handle(say("hello", "1")))
    said = run(second.handle(say("box", "2")))
    recorded = run(first.events("c"))

    for assistant in (first, second, third):
        assert run(assistant.handle(say("box", "2"))) == said
    assert run(first.events("c")) == recorded


def test_the_same_turn_in_two_processes_at_once_is_recorded_once(new_assistant: New, run: Run[Any]) -> None:
    """One of them may fail, and then posted again it is answered as the other said."""
    assistants = [new_assistant(), new_assistant()]

    async def together() -> list[Any]:
        await assistants[0].handle(say("hello", "0"))
        for number in range(1, 6):
            turn = say("hello", str(number))
            answers = await asyncio.gather(*(each.handle(turn) for each in assistants))
            assert ["utter_hello"] in map(responses, answers)
            again = await asyncio.gather(*(each.handle(turn) for each in assistants))
            assert again[0] == again[1]
            assert responses(again[0]) == ["utter_hello"]
        return await assistants[0].events("c")

    messages = [event["message_id"] for event in run(together()) if event["event"] == "user"]
    assert messages == ["0", "1", "2", "3", "4", "5"]


def test_different_turns_in_two_processes_at_once_lose_nothing(new_assistant: New, run: Run[Any]) -> None:
    """Each of them is recorded once it was posted often enough, whole and in one order that both see."""
    assistants = [new_assistant(), new_assistant()]

    async def insist(assistant: Assistant, id: str) -> None:
        while responses(await assistant.handle(say("hello", id))) == ["utter_turn_failed"]:
            await asyncio.sleep(0.01)

    async def together() -> None:
        await assistants[0].handle(say("hello", "0"))
        await asyncio.gather(*(insist(assistants[number % 2], str(number)) for number in range(1, 9)))

    run(together())

    events = run(assistants[0].events("c"))
    messages = [event["message_id"] for event in events if event["event"] == "user"]
    assert sorted(messages) == [str(number) for number in range(9)]
    assert sum(event["event"] == "bot" for event in events) == 10
    assert events == run(assistants[1].events("c"))


def test_a_tracker_whose_turn_failed_does_not_come_back(
    new_assistant: New, run: Run[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rasa changed it in place: it holds what was never recorded."""
    assistant = new_assistant()
    run(assistant.handle(say("hello", "1")))
    recorded = run(assistant.events("c"))
    executor = assistant.agent.action_endpoint.executor
    works = executor.actions["action_ask_colour"]

    def raising(*_: Any) -> Any:
        raise RuntimeError("this part is broken")

    executor.actions["action_ask_colour"] = raising
    assert responses(run(assistant.handle(say("box", "2")))) == ["utter_turn_failed"]
    executor.actions["action_ask_colour"] = works

    assert len(store_of(assistant).live) == 0
    assert run(assistant.events("c")) == recorded
    assert responses(run(assistant.handle(say("box", "2")))) == ["utter_which_colour"]


def test_a_tracker_whose_save_failed_does_not_come_back(
    new_assistant: New, run: Run[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither is it half written: the same turn again is recorded once."""
    assistant = new_assistant()
    run(assistant.handle(say("hello", "1")))
    add = event_rows.add

    def add_and_break(connection: Any, rows: Any) -> None:
        add(connection, rows)
        raise sa.exc.OperationalError("the disk is full", None, Exception())

    with monkeypatch.context() as broken:
        broken.setattr(event_rows, "add", add_and_break)
        assert responses(run(assistant.handle(say("box", "2")))) == ["utter_turn_failed"]
    assert len(store_of(assistant).live) == 0

    assert responses(run(assistant.handle(say("box", "2")))) == ["utter_which_colour"]
    assert [event["message_id"] for event in run(assistant.events("c")) if event["event"] == "user"] == ["1", "2"]


def test_a_save_that_takes_too_long_may_have_been_done(
    new_assistant: New, run: Run[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The turn is said to have failed, and posted again it is answered from what was recorded after all."""
    assistant = new_assistant()
    run(assistant.handle(say("hello", "1")))
    add, is_given_up, before = event_rows.add, Event(), rows_of(assistant)

    def add_late(connection: Any, rows: Any) -> None:
        is_given_up.wait(20)
        add(connection, rows)

    with monkeypatch.context() as slow:
        slow.setattr(event_rows, "add", add_late)
        slow.setattr(off_loop, "WITHIN", 1.0)
        assert responses(run(assistant.handle(say("box", "2")))) == ["utter_turn_failed"]
        is_given_up.set()
        end = time.monotonic() + 20
        while rows_of(assistant) == before:
            assert time.monotonic() < end
            time.sleep(0.05)

    recorded = run(assistant.events("c"))
    assert responses(run(assistant.handle(say("box", "2")))) == ["utter_which_colour"]
    assert run(assistant.events("c")) == recorded


def test_a_new_session_knows_the_messages_of_the_old_ones(new_assistant: New, run: Run[Any]) -> None:
    """A turn of an earlier session is answered from the database too, and the events of that session are let go."""
    assistant, other = new_assistant(), new_assistant()
    first = run(assistant.handle(say("hello", "1", at="2024-05-06T10:00:00+00:00")))
    run(assistant.handle(say("hello", "2", at="2024-05-06T19:00:00+00:00")))
    run(assistant.handle(say("box", "3", at="2024-05-06T19:01:00+00:00")))
    recorded = run(assistant.events("c"))

    tracker = store_of(assistant).live.take("c")

    assert [event.message_id for event in tracker.events if event.type_name == "user"] == ["2", "3"]
    assert tracker.standing.messages == {"1", "2", "3"}
    for each in (assistant, other):
        assert run(each.handle(say("hello", "1"))) == first
    assert run(assistant.events("c")) == recorded


def test_an_older_state_is_never_saved_over_a_newer_one(new_assistant: New, run: Run[Any]) -> None:
    """Whoever read before the other wrote learns of it, in every process."""
    first, second = new_assistant(), new_assistant()
    run(first.handle(say("hello", "1")))
    trackers = [run(store_of(each).retrieve("c")) for each in (first, second)]
    for tracker in trackers:
        tracker.update(BotUttered("one of two"))

    run(store_of(first).save(trackers[0]))

    with pytest.raises(ConversationChanged):
        run(store_of(second).save(trackers[1]))


def a_tracker(conversation: str, events: int) -> DialogueStateTracker:
    """A conversation of some events."""
    tracker = DialogueStateTracker(conversation, [AnySlot("a", [{}])])
    for number in range(events):
        tracker.update(SlotSet("a", number))
    return tracker


def test_memory_holds_so_many_conversations_and_events() -> None:
    """The ones used longest ago are given up first; one that is too long alone is not held."""
    live = LiveTrackers(conversations=3, events=100)
    for name in "abcd":
        live.put(a_tracker(name, 10))

    assert live.take("a") is None
    assert (len(live), live.events) == (3, 30)

    first = live.take("b")
    assert first is not None
    live.put(first)
    live.put(a_tracker("e", 70))

    assert (len(live), live.events) == (3, 90)
    assert live.take("c") is None
    assert live.take("b") is first

    live.put(a_tracker("f", 101))
    assert (len(live), live.events) == (0, 0)


def test_a_tracker_is_in_one_pair_of_hands() -> None:
    """Whoever takes it is alone with it, and what is put last is what is held."""
    live = LiveTrackers()
    live.put(a_tracker("a", 1))
    assert live.take("a") is not None
    assert live.take("a") is None

    newer = a_tracker("a", 2)
    live.put(a_tracker("a", 1))
    live.put(newer)
    assert (len(live), live.events) == (1, 2)
    assert live.take("a") is newer

    live.put(newer)
    live.clear()
    assert (len(live), live.events) == (0, 0)


def test_work_that_hangs_is_given_up_by_who_waits(run: Run[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """And other conversations go on meanwhile."""
    monkeypatch.setattr(off_loop, "WITHIN", 1.0)
    threads, is_over = OffLoop(), Event()

    async def hang_and_go_on() -> Any:
        hanging = asyncio.create_task(threads.run(lambda: is_over.wait(20)))
        other = await threads.run(lambda: "done")
        with pytest.raises(asyncio.TimeoutError):
            await hanging
        is_over.set()
        return other

    assert run(hang_and_go_on()) == "done"


def test_ids_of_messages_are_read_from_whatever_can_be_read() -> None:
    """A row that is broken names no message, and does not hide the others."""
    rows = [
        '{"event": "user", "message_id": "1"}',
        "{",
        "null",
        "[]",
        '{"event": "bot", "message_id": "2"}',
        "[" * 9_999,
    ]
    rows += ['{"event": "user"}', '{"event": "user", "message_id": 3}', '{"event": "user", "message_id": "4"}']

    assert event_rows.message_ids(rows) == {"1", "4"}
    assert event_rows.row("c", UserUttered("a", message_id="5"))["type_name"] == "user"
