"""Replies on a screen of text, and what is typed at them."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from actions import words
from turns.display import lines, pressed
from turns.replies import replies_of
from turns.terminal import UNREACHABLE, TerminalConversation, time_zone

QUESTION = {
    "text": "Did it come?\nThink.",
    "buttons": [
        {"title": "Yes", "payload": '/inform{"came": true}'},
        {"title": "I don't know", "payload": "/say_unknown"},
    ],
    "custom": {"kind": "question", "slot": "came"},
    "response": "utter_ask_came",
}


def test_choices_are_words_that_can_be_typed() -> None:
    """And what is only for machines is not shown."""
    assert lines(QUESTION) == ["Did it come?", "Think.", "[Yes]  [I don't know]"]
    assert lines({"text": "", "custom": {"kind": "dispute"}}) == []


@pytest.mark.parametrize(
    ("typed", "payload"),
    [
        ("Yes", '/inform{"came": true}'),
        (" yes ", '/inform{"came": true}'),
        ("I DON'T KNOW", "/say_unknown"),
        ("yes please", None),
        ("/say_unknown", None),
        ("", None),
    ],
)
def test_the_words_of_a_choice_press_it(typed: str, payload: str | None) -> None:
    """Those words and no others; everything else is text."""
    assert pressed(typed, [QUESTION]) == payload


class Recorder(BaseHTTPRequestHandler):
    """Answers each post with the next answer, and keeps what was posted."""

    posted: list[dict[str, Any]]
    answers: list[tuple[int, Any]]

    def do_POST(self) -> None:
        """Answers."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.posted.append({**body, "secret": self.headers["X-Buyer-Protection-Secret"]})
        status, answer = self.answers.pop(0)
        self.send_response(status)
        self.end_headers()
        self.wfile.write(answer if isinstance(answer, bytes) else json.dumps(answer).encode())

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@pytest.fixture
def server() -> Iterator[HTTPServer]:
    """A server in the place of Rasa's."""
    Recorder.posted, Recorder.answers = [], []
    server = HTTPServer(("127.0.0.1", 0), Recorder)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_a_line_is_a_turn(server: HTTPServer) -> None:
    """Of this buyer, in one conversation, with an id and an instant of its own; words of a choice press it."""
    failure = {"text": "Not now.", "buttons": [], "custom": {}, "response": "utter_turn_failed"}
    Recorder.answers = [
        (200, {"messages": [QUESTION]}),
        (503, {"error": {"code": "turn_failed"}, "messages": [failure]}),
        (200, {"messages": [{"text": "Good."}]}),
        (200, {"messages": [{"text": "What?"}]}),
        (500, b"<html>"),
    ]
    conversation = TerminalConversation(f"http://127.0.0.1:{server.server_port}", "the secret", "b-1")

    shown = [conversation.say(line) for line in ("hello", "yes", "yes", "yes", "bye")]

    assert shown == [
        ["Did it come?", "Think.", "[Yes]  [I don't know]"],
        ["Not now."],
        ["Good."],
        ["What?"],
        [words.text(UNREACHABLE)],
    ]
    first, failed, again, after, _ = Recorder.posted
    assert (first["text"], first["secret"], first["metadata"]["buyer_id"]) == ("hello", "the secret", "b-1")
    assert failed["payload"] == again["payload"] == '/inform{"came": true}'
    assert after["text"] == "yes"
    assert len({turn["id"] for turn in Recorder.posted}) == 5
    assert len({turn["conversation"] for turn in Recorder.posted}) == 1
    assert first["metadata"]["at"].endswith("+00:00")


def test_nobody_there_is_said_and_not_raised() -> None:
    """The next line may be answered."""
    assert TerminalConversation("http://127.0.0.1:1", "s", "b").say("hello") == [words.text(UNREACHABLE)]


@pytest.mark.parametrize(
    ("set_to", "zone"),
    [("Europe/Berlin", "Europe/Berlin"), ("CET-1", "UTC"), (":/etc/localtime", "UTC"), ("/x/y", "UTC")],
)
def test_the_time_zone_is_one_with_a_name(monkeypatch: pytest.MonkeyPatch, set_to: str, zone: str) -> None:
    """What has none is UTC."""
    monkeypatch.setenv("TZ", set_to)

    assert time_zone() == zone


def test_replies_are_those_of_the_turn() -> None:
    """Not of the turn before, nor of the session that began without a message, nor of what came later."""
    events: list[dict[str, Any]] = [
        {"event": "action", "name": "action_session_start"},
        {"event": "bot", "text": "hi", "metadata": {"utter_action": "utter_hi"}},
        {"event": "user", "message_id": "1"},
        {"event": "bot", "text": "one", "data": None},
        {"event": "bot", "text": "reminder"},
        {"event": "action", "name": "action_session_start"},
        {"event": "bot", "text": "hi again"},
        {"event": "user", "message_id": "2"},
        {"event": "bot", "text": None, "data": {"custom": {"kind": "x"}}},
        {"event": "user", "message_id": "3"},
    ]

    def texts(turn: str) -> list[str] | None:
        replies = replies_of(events, turn)
        return None if replies is None else [reply["text"] for reply in replies]

    assert texts("1") == ["hi", "one", "reminder"]
    assert texts("2") == ["hi again", ""]
    assert texts("3") == []
    assert texts("4") is None
