"""Conversations through the real model and the real actions, with the clock and the database checked."""

from __future__ import annotations

import pytest

from buyer_protection.policy import CLAUSES, SILENCES
from tests.conversations.replay import Replay
from tests.conversations.transcript import Transcript, all_transcripts, done, paths

TRANSCRIPTS = all_transcripts()

#: As many different paths as there are at least; it only ever rises.
DIFFERENT_PATHS = 260


@pytest.mark.parametrize("transcript", TRANSCRIPTS, ids=lambda t: f"{t.file}: {t.title}")
def test_the_conversation_goes_as_written(transcript: Transcript, new_replay, run) -> None:
    """Each turn is answered with exactly the responses that the transcript names."""

    async def play() -> Replay:
        replay = new_replay(transcript.on, transcript.zone)
        typed_braces = any("{" in turn.get("buyer", "") for turn in transcript.turns)
        for number, turn in enumerate(transcript.turns, start=1):
            replies = await replay.play(turn)
            if replies is None:
                continue
            said = "\n".join(reply.get("text") or "" for reply in replies)
            where = f"turn {number}: {done(turn)!r}\n{said}"
            assert replies, where
            assert [reply.get("response") for reply in replies] == turn["bot"], where
            for piece in turn.get("says", ()):
                assert piece in said, where
            assert "{" not in said or typed_braces, where
        return replay

    replay = run(play())
    slots = run(replay.assistant.slots(replay.conversation))
    assert {name: slots.get(name) for name in transcript.slots} == transcript.slots
    for table, expected in transcript.rows.items():
        rows = replay.rows(table)
        assert len(rows) == len(expected), rows
        for row, columns in zip(rows, expected, strict=True):
            assert {name: row[name] for name in columns} == columns
    everything = "\n".join(replay.said)
    for clause in transcript.shows:
        shown = clause in everything if clause in CLAUSES else clause in _silences_shown(replay)
        assert shown, f"{clause} was never shown"


def _silences_shown(replay: Replay) -> set[str]:
    return {silence for row in replay.rows("claims") for silence in (row["assessment"] or {}).get("notes", ())}


def test_every_clause_is_shown_in_a_conversation() -> None:
    """Each clause and each silence is read by some buyer, also those that are only said in words."""
    shown = {clause for transcript in TRANSCRIPTS for clause in transcript.shows}

    assert {*CLAUSES, *SILENCES} - shown == set()


def test_there_are_many_conversations_that_differ_in_path() -> None:
    """Two conversations with the same moves and responses in the same order count once."""
    assert len(paths(TRANSCRIPTS)) >= DIFFERENT_PATHS


def test_no_two_conversations_go_the_same_path() -> None:
    """A transcript that differs from another in values only shows nothing new."""
    assert [names for names in paths(TRANSCRIPTS).values() if len(names) > 1] == []


def test_no_two_conversations_have_the_same_title() -> None:
    """A title says what a conversation shows."""
    titles = [transcript.title for transcript in TRANSCRIPTS]

    assert len(set(titles)) == len(titles)
