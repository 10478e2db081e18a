"""What the gateway sends for a message that nobody has read, at every question and in every state."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

import pytest

from actions.not_typed import NOT_TYPED
from buyer_protection import disputes
from tests.conversations.replay import Replay
from tests.conversations.scenes import Scene, finish, open_question
from tests.conversations.test_bad_input import EVERYWHERE, kept

Begin = Callable[[str], Replay]
Run = Callable[[Any], Any]

ANSWERED_WITH: Final = {
    "/repeat_question": "utter_choice_was_earlier",
    "/write_at_length": "utter_long_text_kept",
    "/edit_message": "utter_edit_noticed",
}
#: Told from another place than the first, or written by the turn itself.
_CHANGES: Final = {"asked", "consent_asked", "has_long_statement", "told_outcome", "session_started_metadata"}
LONG: Final = "Nothing of what was in the box was what I had paid for. " * 300


async def send(replay: Replay, payload: str) -> list[dict[str, Any]]:
    """The gateway sends it, and keeps what belongs to it."""
    return await (replay.write_at_length(LONG) if payload == "/write_at_length" else replay.send(payload))


async def slots_of(replay: Replay) -> dict[str, Any]:
    """What the conversation remembers, but for what a question writes when it is asked."""
    slots = await replay.assistant.slots(replay.conversation)
    return {name: value for name, value in slots.items() if name not in _CHANGES}


def test_each_of_them_is_tried() -> None:
    """A new one needs its answer in every state; files and handing back have transcripts and tests of their own."""
    assert {payload[1:] for payload in ANSWERED_WITH} | {"send_file", "place_files", "hand_back"} == NOT_TYPED


@pytest.mark.parametrize("slot", EVERYWHERE)
@pytest.mark.parametrize("payload", ANSWERED_WITH)
def test_it_is_answered_the_question_comes_back_and_nothing_else_changes(
    begin: Begin, scenes: dict[str, Scene], run: Run, slot: str, payload: str
) -> None:
    """Twice at each: no answer is read into it, no consent, nothing lost; then the claim goes on to its end."""
    if slot == "statement" and payload == "/write_at_length":
        pytest.skip("a long text is an answer there: see below")

    async def play() -> None:
        replay = begin(slot)
        asked, before, rows = replay.replies[-1:], await slots_of(replay), kept(replay)
        for _ in range(2):
            replies = await send(replay, payload)
            said = [reply["response"] for reply in replies]
            assert ANSWERED_WITH[payload] in said
            assert replay.rows("disputes") == []
            if slot == "nothing":
                assert said[-1] in ("utter_nothing_asked", "utter_tell_in_short")
                continue
            assert len(said) == 2
            assert {name: replies[-1][name] for name in ("text", "buttons", "custom")} == {
                name: asked[0][name] for name in ("text", "buttons", "custom")
            }
            assert await open_question(replay) == slot
            after = await slots_of(replay)
            told = {name: value for name, value in after.items() if name not in ("reference", "outcome")}
            assert told == {name: before[name] for name in told}
            assert kept(replay)[: len(rows)] == rows
        if slot == "nothing":
            await replay.type("I want my money back")
        await finish(replay, scenes[slot].answers)

    run(play())


def test_a_yes_to_a_summary_that_came_back_opens_the_dispute_and_an_older_yes_does_not(begin: Begin, run: Run) -> None:
    """The summary counts as asked anew; what was pressed before is only told."""
    replay = begin("consent")
    before = run(replay.assistant.slots(replay.conversation))["consent_asked"]

    run(replay.send("/repeat_question"))

    assert run(replay.assistant.slots(replay.conversation))["consent_asked"]["turn"] != before["turn"]
    assert replay.rows("disputes") == []
    said = [reply["response"] for reply in run(replay.type("yes"))]
    assert said == ["utter_dispute_opened"]


def test_a_second_press_on_open_dispute_names_the_dispute_that_there_is(begin: Begin, run: Run) -> None:
    """C-13: however often it is pressed, there is one dispute, and its reference is said each time."""
    replay = begin("consent")
    run(replay.press("Yes, open it"))
    [dispute] = replay.rows("disputes")

    for _ in range(5):
        replies = run(replay.send("/repeat_question"))
        assert dispute["reference"] in replies[-1]["text"]
        assert replies[-1]["custom"]["reference"] == dispute["reference"]

    assert replay.rows("disputes") == [dispute]


def test_a_long_text_is_the_statement_in_full_and_stands_in_no_slot(begin: Begin, run: Run) -> None:
    """Where the buyer's own words are asked for; the summary shows its beginning and says so."""

    async def play() -> dict[str, Any]:
        replay = begin("statement")
        replies = await replay.write_at_length(LONG)
        assert [reply["response"] for reply in replies] == ["utter_long_statement_kept", "utter_ask_wish"]
        [summary] = await replay.press("A full refund")
        assert f"{len(LONG):,}" in summary["text"]
        assert len(summary["text"]) < 2_000
        events = json.dumps(await replay.assistant.events(replay.conversation))
        assert LONG[:700] not in events
        return await finish(replay)

    assert run(play())["statement"] == LONG


def test_a_long_statement_is_still_there_when_the_claim_is_taken_up_again(begin: Begin, run: Run) -> None:
    """Not now, and then taken up: the statement is not asked again, and is in the record in full."""

    async def play() -> dict[str, Any]:
        replay = begin("statement")
        await replay.write_at_length(LONG)
        await replay.press("A full refund")
        await replay.type("no")
        await replay.type("go on with my claim")
        assert await open_question(replay) == "consent"
        assert "statement" not in await replay.assistant.slots(replay.conversation)
        return await finish(replay)

    assert run(play())["statement"] == LONG


def test_a_long_text_at_the_statement_that_nobody_kept_is_no_statement(begin: Begin, run: Run) -> None:
    """The question stays open: nothing is said to be kept that is not."""
    replay = begin("statement")

    run(replay.send("/write_at_length"))

    assert run(open_question(replay)) == "statement"


@pytest.mark.parametrize("payload", ANSWERED_WITH)
def test_staff_find_it_with_the_claim(begin: Begin, run: Run, payload: str) -> None:
    """Long texts and changed messages are notes on the claim of the conversation; a pressed button is none."""
    replay = begin("order_id")
    run(send(replay, payload))
    [claim] = replay.rows("claims")

    found = disputes.notes_of(replay.engine, claim_id=claim["claim_id"], buyer_id=replay.buyer)

    expected = {"/repeat_question": [], "/write_at_length": ["statement"], "/edit_message": ["edited_message"]}
    assert [note.topic for note in found] == expected[payload]


def test_what_came_before_the_claim_is_found_with_it(begin: Begin, run: Run) -> None:
    """A long text, then the story: it waits, and belongs to the claim that is kept next."""

    async def play() -> Replay:
        replay = begin("nothing")
        await replay.write_at_length(LONG)
        assert len(disputes.untied_notes(replay.engine, buyer_id=replay.buyer)) == 1
        await replay.type("I want my money back")
        await finish(replay)
        return replay

    replay = run(play())
    [dispute] = replay.rows("disputes")
    found = disputes.notes_of(replay.engine, claim_id=dispute["claim_id"], buyer_id=replay.buyer)
    assert [(note.topic, note.text) for note in found] == [("statement", LONG)]
    assert disputes.untied_notes(replay.engine, buyer_id=replay.buyer) == []


def test_a_long_text_after_the_dispute_is_open_is_found_with_the_dispute(begin: Begin, run: Run) -> None:
    """No claim is being made then, but there is one that it is about."""
    replay = begin("consent")
    run(replay.press("Yes, open it"))

    run(replay.write_at_length(LONG))

    [dispute] = replay.rows("disputes")
    found = disputes.notes_of(replay.engine, claim_id=dispute["claim_id"], buyer_id=replay.buyer)
    assert [note.topic for note in found] == ["statement"]
