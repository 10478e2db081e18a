"""A turn that fails is not saved, not half said and not denied; sent again, it is run as if nothing had been."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.turns.conftest import Run, TinyServer, press, responses, say
from tests.turns.tiny.server import FAULTS
from turns import actions_over_http
from turns.assistant import Assistant
from turns.turn import Turn

pytestmark = pytest.mark.xdist_group("tiny-server")

#: Each place at which Rasa calls an action, the turns that lead there, and the turn that calls it.
PLACES: dict[str, tuple[list[Turn], Turn, list[str]]] = {
    "action_session_start": ([], say("hello", "1"), ["utter_introduction", "utter_hello"]),
    "action_read_mood": ([say("hello", "1")], say("hello", "2"), ["utter_hello"]),
    "action_validate_slot_mappings": ([say("hello", "1")], say("hello", "2"), ["utter_hello"]),
    "action_ask_colour": ([say("hello", "1")], say("box", "2"), ["utter_which_colour"]),
    "validate_box_form": (
        [say("hello", "1"), say("box", "2")],
        press('/say_colour{"colour": "green"}', "3"),
        ["utter_no_such_colour", "utter_which_colour"],
    ),
    "action_close_box": (
        [say("hello", "1"), say("box", "2")],
        press('/say_colour{"colour": "red"}', "3"),
        ["utter_box_is_closed"],
    ),
}
WAYS = [*FAULTS, "raises"]


@pytest.fixture(scope="module")
def assistant(tiny_model: Path, tiny_server: TinyServer) -> Assistant:
    """The tiny assistant with its actions in another process."""
    return Assistant.load(tiny_model, actions=tiny_server.endpoint)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch, tiny_server: TinyServer) -> Iterator[None]:
    """Nobody waits eight seconds in a test."""
    monkeypatch.setattr(actions_over_http, "ANSWER_WITHIN", 0.7)
    yield
    tiny_server.mend()


def in_conversation(turn: Turn, conversation: str) -> Turn:
    """The same turn of another conversation."""
    return Turn(turn.id, conversation, turn.text, turn.payload, turn.metadata)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("place", PLACES)
def test_a_failed_action_ends_the_turn(
    assistant: Assistant, tiny_server: TinyServer, run: Run[Any], place: str, way: str
) -> None:
    """One honest line, nothing saved, and the same message sent again succeeds."""
    before, turn, expected = PLACES[place]
    conversation = f"{place} {way}"
    for earlier in before:
        run(assistant.handle(in_conversation(earlier, conversation)))
    saved = run(assistant.events(conversation))
    tiny_server.fail(place, way)

    failed = run(assistant.handle(in_conversation(turn, conversation)))

    assert [
        {
            "text": "That could not be done just now.",
            "buttons": [],
            "custom": {"kind": "failure", "trace": turn.id},
            "response": "utter_turn_failed",
        }
    ] == failed
    assert saved == run(assistant.events(conversation))

    tiny_server.mend()

    assert expected == responses(run(assistant.handle(in_conversation(turn, conversation))))


def test_a_server_that_is_not_there_ends_the_turn(assistant: Assistant, tiny_server: TinyServer, run: Run[Any]) -> None:
    """A refused connection is one of the ways to fail."""
    tiny_server.stop()

    assert responses(run(assistant.handle(say("hello", "1", "nobody there")))) == ["utter_turn_failed"]
    assert run(assistant.events("nobody there")) == []

    tiny_server.start()

    again = run(assistant.handle(say("hello", "1", "nobody there")))
    assert responses(again) == ["utter_introduction", "utter_hello"]


def test_an_action_has_eight_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rasa would wait five minutes, and the buyer with it."""
    monkeypatch.undo()

    assert actions_over_http.ANSWER_WITHIN == 8


def test_a_wrong_secret_ends_the_turn(tiny_model: Path, tiny_server: TinyServer, run: Run[Any]) -> None:
    """The action server answers nobody else, and that is a failed action like any other."""
    endpoint = tiny_server.endpoint
    endpoint.headers = {"X-Buyer-Protection-Secret": "another"}
    stranger = Assistant.load(tiny_model, actions=endpoint)

    assert responses(run(stranger.handle(say("hello", "1")))) == ["utter_turn_failed"]


def test_words_that_cannot_be_said_end_the_turn(assistant: Assistant, run: Run[Any]) -> None:
    """A response without a value that it needs is never shown as a raw template."""
    run(assistant.handle(say("hello", "1", "sneezing")))

    assert responses(run(assistant.handle(say("sneeze", "2", "sneezing")))) == ["utter_turn_failed"]


def test_the_log_of_a_failed_action_holds_nothing_of_the_message(
    assistant: Assistant, tiny_server: TinyServer, run: Run[Any]
) -> None:
    """An error's text may quote what the buyer wrote, so only its kind and its place are logged."""
    tiny_server.fail("action_session_start", "raises")
    tiny_server.fail("action_read_mood", "raises")

    run(assistant.handle(say("my card is 4111111111111111", "1", "secretive")))

    assert "action=action_read_mood" in tiny_server.log
    assert "RuntimeError" in tiny_server.log
    assert "4111111111111111" not in tiny_server.log


def test_rules_that_go_in_circles_end_the_turn(
    assistant: Assistant, run: Run[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rasa stops after so many actions without a word; the buyer hears that it failed, and the same again succeeds."""
    monkeypatch.setattr(assistant.agent.processor, "max_number_of_predictions", 1)
    failed = run(assistant.handle(say("hello", "1", "circling")))
    monkeypatch.undo()

    assert responses(failed) == ["utter_turn_failed"]
    assert run(assistant.events("circling")) == []
    assert "utter_hello" in responses(run(assistant.handle(say("hello", "1", "circling"))))
