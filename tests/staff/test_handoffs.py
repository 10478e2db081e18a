"""Staff and buyers who want a person, by commands alone, on both databases."""

from __future__ import annotations

import io
import sys
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from buyer_protection.conversations import conversation_of
from buyer_protection.disputes import ask_for_person
from buyer_protection.disputes.transactions import writing
from gateway import inbox, outbox
from gateway.channels.channel import STAFF, Incoming
from tests.disputes.made_up import BROKEN, BUYER, keep
from tests.staff.terminal import Terminal

NOW = datetime.now(timezone.utc)
HOSTILE = "my lamp \N{RIGHT-TO-LEFT OVERRIDE}[red]x[/]{order_id}"
NOBODYS = "C7KF-3M9P-K"


def call(engine: Engine, buyer_id: str = BUYER, **changes: Any) -> str:
    """A buyer asks for a person."""
    asked: dict[str, Any] = {"claim_id": None, "turn_id": "t1", "now": NOW, "reason": "a person please"}
    return ask_for_person(engine, buyer_id=buyer_id, **(asked | changes))


def wrote(engine: Engine, text: str, buyer_id: str = BUYER, **about: Any) -> int:
    """A buyer wrote, and the gateway kept it."""

    def add(connection: sa.engine.Connection) -> int:
        incoming = Incoming("widget", f"{buyer_id}:{text}:{about}", buyer_id, conversation_of(buyer_id), **about)
        message = inbox.add(connection, incoming, text=text, removed=(), trace="t", now=NOW)
        assert message is not None
        return message.id

    return writing(engine, add)


def said(engine: Engine, text: str, buyer_id: str = BUYER, **about: Any) -> None:
    """Something was said to a buyer."""
    where: dict[str, Any] = {"sender": "assistant", "channel": "widget", "address": "", "now": NOW}
    conversation = conversation_of(buyer_id)
    spoken = {"text": text, "buttons": [{"title": "Yes", "payload": "/affirm"}]}
    writing(engine, lambda connection: outbox.say(connection, conversation, spoken, **(where | about)))


def test_p15_from_the_queue_to_the_hand_back_and_who_looked(desk: Engine, command: Terminal) -> None:
    """List, show, take, answer, hand back; each step seen by the next."""
    reference = call(desk)
    (waiting,) = command("handoffs", "list").json
    assert (waiting["reference"], waiting["state"], waiting["buyer_id"]) == (reference, "waiting", BUYER)
    assert command("handoffs", "list", "--state", "taken").json == []

    assert command("handoffs", "take", reference.lower(), "--actor", "ann").out == f"{reference}: ann has it\n"
    assert command("handoffs", "take", reference, "--actor", "ann").out == f"{reference}: ann has it\n"
    assert [row["taken_by"] for row in command("handoffs", "list", "--state", "taken").json] == ["ann"]
    answered = command("handoffs", "answer", reference, "Hello, which lamp?", "--actor", "ann")
    assert answered.out == f"{reference}: said\n"
    assert command("handoffs", "hand-back", reference, "--actor", "ann").out == f"{reference}: handed back\n"
    assert command("handoffs", "list").json == []

    shown = command("handoffs", "show", reference, "--actor", "bob").json
    assert (shown["handoff"]["state"], shown["handoff"]["closed_by"]) == ("closed", "ann")
    happened = [(event["kind"], event["actor"], event["text"]) for event in shown["events"]]
    assert happened == [
        ("taken", "ann", ""),
        ("answered", "ann", "Hello, which lamp?"),
        ("handed_back", "ann", ""),
        ("shown", "bob", ""),
    ]


def test_a_second_person_is_told_who_has_it(desk: Engine, command: Terminal) -> None:
    """And gets it where the first gives it up."""
    reference = call(desk)
    command("handoffs", "take", reference, "--actor", "ann")

    for refused in (
        command("handoffs", "take", reference, "--actor", "bob"),
        command("handoffs", "answer", reference, "hi", "--actor", "bob"),
        command("handoffs", "hand-back", reference, "--actor", "bob"),
        command("people", "done", reference, "--actor", "bob"),
    ):
        assert refused.line == f"{reference}: ann has this conversation"
    assert command("handoffs", "take", reference, "--from", "ann", "--actor", "bob").out == f"{reference}: bob has it\n"


def test_the_conversation_is_shown_with_facts_and_why(desk: Engine, command: Terminal) -> None:
    """What was said, what is known, and why it is assessed so, of this buyer and of nobody else."""
    asked_on = (NOW.date() - timedelta(days=12)).isoformat()
    kept = keep(desk, facts=BROKEN | {"refund_requested_on": asked_on}, now=NOW, statement=HOSTILE)
    wrote(desk, HOSTILE)
    said(desk, "Was it paid here?")
    wrote(desk, "", files=({"name": "lamp.jpg", "kind": "photo"},))
    wrote(desk, "", own="/hand_back")
    said(desk, "I am Ann", sender=STAFF)
    wrote(desk, "of somebody else", buyer_id="buyer-2")
    keep(desk, "claim-2", buyer_id="buyer-2", facts=BROKEN, now=NOW, statement="of somebody else")
    reference = call(desk, claim_id="claim-1")

    shown = command("handoffs", "show", reference).json
    lines = [(line["who"], line["text"], line["choices"], line["files"]) for line in shown["transcript"]]
    assert lines == [
        ("buyer", HOSTILE, [], []),
        ("assistant", "Was it paid here?", ["Yes"], []),
        ("buyer", "", [], ["lamp.jpg"]),
        ("staff", "I am Ann", ["Yes"], []),
    ]
    (case,) = shown["cases"]
    assert case["claim"]["reference"] == kept.reference
    assert case["assessment"]["outcome"] == "evidence_needed"
    assert {reason["clause"] for reason in case["why"]} >= {"EVID-1"}
    (newest,) = command("handoffs", "show", reference, "--lines", 1).json["transcript"]
    assert newest["text"] == "I am Ann"

    for_people = command("handoffs", "show", reference, for_people=True).out
    for seen in (reference, kept.reference, "Was it paid here?", "[Yes]", "<lamp.jpg>", "EVID-1", "a person please"):
        assert seen in for_people
    assert "my lamp \N{REPLACEMENT CHARACTER}[red]x[/]{order_id}" in for_people
    assert "of somebody else" not in for_people
    assert reference in command("handoffs", "list", for_people=True).out


def test_an_answer_is_read_from_the_standard_input(
    desk: Engine, command: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that it stands in no history of a shell."""
    reference = call(desk)
    command("handoffs", "take", reference, "--actor", "ann")
    monkeypatch.setattr(sys, "stdin", io.StringIO("two\nlines\n"))

    assert command("handoffs", "answer", reference, "--actor", "ann").out == f"{reference}: said\n"
    events = command("handoffs", "show", reference).json["events"]
    assert [event["text"] for event in events if event["kind"] == "answered"] == ["two\nlines"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["show", NOBODYS], "no such reference"),
        (["take", NOBODYS], "no such reference"),
        (["take", "C7KF-3M9P-M"], "is no reference"),
        (["answer", NOBODYS, "hi"], "no such reference"),
        (["hand-back", NOBODYS], "no such reference"),
        (["list", "--state", "gone"], "--state"),
        (["show", NOBODYS, "--lines", "0"], "lines"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    desk: Engine, command: Terminal, arguments: list[object], expected: str
) -> None:
    """That says what is wrong."""
    assert expected in command("handoffs", *arguments).line


@pytest.mark.parametrize("text", ["", " ", "x" * 2_001, "\x1b[31mred"])
def test_what_is_no_text_is_one_line_without_the_text(desk: Engine, command: Terminal, text: str) -> None:
    """And nothing is said to the buyer."""
    reference = call(desk)
    assert "nobody has taken" in command("handoffs", "answer", reference, "hi").line
    command("handoffs", "take", reference, "--actor", "ann")

    line = command("handoffs", "answer", reference, text, "--actor", "ann").line
    assert line.startswith("text:")
    assert "red" not in line
    assert [event["kind"] for event in command("handoffs", "show", reference).json["events"]] == ["taken", "shown"]


def test_a_claims_reference_is_no_request_for_a_person(desk: Engine, command: Terminal) -> None:
    """Nor can anything be done with it."""
    kept = keep(desk, now=NOW)

    assert "no such reference" in command("handoffs", "show", kept.reference).line
    assert "no such reference" in command("handoffs", "take", kept.reference).line
