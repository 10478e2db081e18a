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
    """Answers each request with the next answer, and keeps what was asked."""

    asked: list[tuple[str, dict[str, Any], str]]
    answers: list[tuple[int, Any]]

    def do_POST(self) -> None:
        """Answers."""
        self._answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

    def do_GET(self) -> None:
        """Answers."""
        self._answer({})

    def _answer(self, body: dict[str, Any]) -> None:
        self.asked.append((self.path, body, self.headers["Authorization"]))
        status, answer = self.answers.pop(0)
        self.send_response(status)
        self.end_headers()
        self.wfile.write(answer if isinstance(answer, bytes) else json.dumps(answer).encode())

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@pytest.fixture
def server() -> Iterator[HTTPServer]:
    """A server in the place of the gateway."""
    Recorder.asked, Recorder.answers = [], []
    server = HTTPServer(("127.0.0.1", 0), Recorder)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_a_line_is_a_message(server: HTTPServer) -> None:
    """With a token and an id of its own; words of a choice press it, and what is refused is said."""
    refused = {"error": {"code": "too_many", "message": "Try again in 3 seconds.", "trace": "t"}}
    Recorder.answers = [
        (200, {"messages": [{"id": 2, "from": "assistant", **QUESTION}]}),
        (429, refused),
        (200, {"messages": [{"id": 4, "from": "assistant", "text": "Good."}]}),
        (200, {"messages": [{"id": 6, "from": "assistant", "text": "What?"}]}),
        (500, b"<html>"),
    ]
    conversation = TerminalConversation(f"http://127.0.0.1:{server.server_port}", lambda: "a-token")

    shown = [list(conversation.say(line)) for line in ("hello", "yes", "yes", "yes", "bye")]

    assert shown == [
        ["Did it come?", "Think.", "[Yes]  [I don't know]"],
        ["Try again in 3 seconds."],
        ["Good."],
        ["What?"],
        [words.text(UNREACHABLE)],
    ]
    bodies = [body for _, body, _ in Recorder.asked]
    assert bodies[0]["text"] == "hello"
    assert bodies[1]["payload"] == bodies[2]["payload"] == '/inform{"came": true}'
    assert bodies[3]["text"] == "yes"
    assert len({body["id"] for body in bodies}) == 5
    assert {path for path, _, _ in Recorder.asked} == {"/widget/messages"}
    assert {token for _, _, token in Recorder.asked} == {"Bearer a-token"}


def test_a_late_answer_is_waited_for(server: HTTPServer) -> None:
    """What is said meanwhile is shown, and what the buyer sent is not shown again."""
    Recorder.answers = [
        (202, {"messages": [{"id": 2, "from": "assistant", "text": "It is kept."}], "pending": True}),
        (200, {"messages": [], "pending": True}),
        (
            200,
            {
                "messages": [
                    {"id": 3, "from": "buyer", "text": "hello"},
                    {"id": 4, "from": "assistant", "text": "Hi."},
                ],
                "pending": False,
            },
        ),
    ]
    conversation = TerminalConversation(f"http://127.0.0.1:{server.server_port}", lambda: "a-token")

    assert list(conversation.say("hello")) == ["It is kept.", "Hi."]
    assert Recorder.asked[-1][0] == "/widget/messages?after=2"


def test_nobody_there_is_said_and_not_raised() -> None:
    """The next line may be answered."""
    assert list(TerminalConversation("http://127.0.0.1:1", lambda: "t").say("hello")) == [words.text(UNREACHABLE)]


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
