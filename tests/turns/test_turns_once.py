"""A turn is run once: posted again it is answered as the first time, posted twice at once it is joined."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.core.events import BotUttered

from tests.disputes.databases import KINDS, migrated_database
from tests.turns.conftest import Run, press, responses, say
from tests.turns.tiny import behaviour
from turns.actions_in_process import ActionsInProcess
from turns.assistant import Assistant
from turns.conversations import Conversations


@pytest.fixture(params=["memory", *KINDS])
def assistant(request: pytest.FixtureRequest, tiny_model: Path, tmp_path: Path) -> Iterator[Assistant]:
    """The tiny assistant with each kind of store."""
    actions = ActionsInProcess(executor=behaviour.executor())
    if request.param == "memory":
        yield Assistant.load(tiny_model, actions=actions)
        return
    with migrated_database(request.param, tmp_path) as url:
        store = Conversations(url=url)
        yield Assistant.load(tiny_model, actions=actions, tracker_store=store)
        store.engine.dispose()


def test_a_repeated_turn_is_answered_as_the_first_time(assistant: Assistant, run: Run[Any]) -> None:
    """Also what a new session said first, also when the conversation has gone on, and nothing is recorded again."""
    first = run(assistant.handle(say("hello", "1")))
    second = run(assistant.handle(say("box", "2")))
    third = run(assistant.handle(press('/say_colour{"colour": "red"}', "3")))
    recorded = run(assistant.events("c"))

    assert responses(first) == ["utter_introduction", "utter_hello"]
    assert responses(second) == ["utter_which_colour"]
    assert second[0]["custom"] == {"kind": "question", "slot": "colour", "input": "choice"}
    assert [button["title"] for button in second[0]["buttons"]] == ["Red", "Blue"]
    assert [run(assistant.handle(say("anything", id))) for id in "123"] == [first, second, third]
    assert run(assistant.events("c")) == recorded


def test_the_same_turn_at_the_same_time_is_one_turn(assistant: Assistant, run: Run[Any]) -> None:
    """All who posted it hear the same."""

    async def together() -> list[Any]:
        return await asyncio.gather(*(assistant.handle(say("hello", "1")) for _ in range(5)))

    answers = run(together())

    assert answers == [answers[0]] * 5
    assert sum(event["event"] == "user" for event in run(assistant.events("c"))) == 1


def test_turns_of_a_conversation_wait_for_each_other(assistant: Assistant, run: Run[Any]) -> None:
    """Two messages at once are both recorded whole, one after the other."""

    async def together() -> list[Any]:
        return await asyncio.gather(*(assistant.handle(say("hello", str(id))) for id in range(4)))

    run(together())

    ids = [event["message_id"] for event in run(assistant.events("c")) if event["event"] == "user"]
    assert sorted(ids) == ["0", "1", "2", "3"]


def test_a_caller_who_goes_away_does_not_end_the_turn(assistant: Assistant, run: Run[Any]) -> None:
    """The turn is run to its end and can be asked for later."""

    async def leave() -> Any:
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(assistant.handle(say("hello", "1")), 0.0001)
        return await assistant.handle(say("hello", "1"))

    assert responses(run(leave())) == ["utter_introduction", "utter_hello"]
    assert sum(event["event"] == "user" for event in run(assistant.events("c"))) == 1


def test_turns_saved_at_once_are_saved_once(assistant: Assistant, run: Run[Any]) -> None:
    """Of several processes that ran a turn on the same state one is believed, and the others learn of it."""
    store = assistant.agent.tracker_store
    if not isinstance(store, Conversations):
        return

    async def together() -> list[Any]:
        await assistant.handle(say("hello", "1"))
        trackers = [await store.retrieve("c") for _ in range(4)]
        for number, tracker in enumerate(trackers):
            tracker.update(BotUttered(f"by {number}"))
        return await asyncio.gather(*(store.save(tracker) for tracker in trackers), return_exceptions=True)

    saved = run(together())

    assert sorted(type(each).__name__ for each in saved) == ["ConversationChanged"] * 3 + ["NoneType"]
    assert sum("by " in (event.get("text") or "") for event in run(assistant.events("c"))) == 1


def test_a_session_ends_by_the_clock_that_is_vouched_for(assistant: Assistant, run: Run[Any]) -> None:
    """An hour is an hour of the turns' own instants, however fast they are played."""
    run(assistant.handle(say("hello", "1", at="2024-05-06T10:00:00+00:00")))
    within = run(assistant.handle(say("hello", "2", at="2024-05-06T12:59:00+02:00")))
    after = run(assistant.handle(say("hello", "3", at="2024-05-06T12:00:00+00:00")))

    assert responses(within) == ["utter_hello"]
    assert responses(after) == ["utter_introduction", "utter_hello"]


def test_slots_can_be_looked_at(assistant: Assistant, run: Run[Any]) -> None:
    """Those that are filled, of the latest turn."""
    run(assistant.handle(say("HELLO", "1")))

    assert run(assistant.slots("c")) == {"mood": "loud"}
    assert run(assistant.slots("nobody")) == {}
