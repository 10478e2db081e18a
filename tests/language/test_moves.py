"""Messages that only do something to the conversation are recognised, and none that tells a fact is taken for one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from language.moves import Move, intents, move_in, terms

ROOT = Path(__file__).parents[2]

#: Taught with another intent: what is asked is answered better by the move, and nothing is told in any of them.
ANSWERED_BETTER = {
    "I don't understand what you mean",
    "what does that mean?",
    "are you a human or a machine?",
    "what do you mean by escrow?",
    # A noun alone: what is meant is asked.
    "tracking",
    "refund",
    "money back",
    "refund please",
    "reimbursement",
    "refnd pls",
    # Taught with stopping; asked once more before anything is thrown away.
    "start over",
    "start again from the beginning",
    "restart",
    # Greeted by state, which offers to go on.
    "ok back again",
    # Greeted all the same (actions/small_talk.py).
    "what's up",
    "how are you?",
    "how's it going",
    "hello, how are you doing today?",
    "how do you do",
    "how have you been?",
}

MOVES = {
    "say that again": Move("say_again", ""),
    "Sorry, could you repeat the question please?": Move("say_again", ""),
    "what did you ask?": Move("say_again", ""),
    "what have you noted so far?": Move("ask_noted", ""),
    "What did I tell you so far": Move("ask_noted", ""),
    "sorry, can you show me what you have on file?": Move("ask_noted", ""),
    "sum it up for me please": Move("ask_noted", ""),
    "can I have a summary?": Move("ask_noted", ""),
    "cancel everything": Move("cancel", ""),
    "I didn't catch that": Move("say_again", ""),
    "one moment": Move("hold_on", ""),
    "hang on a sec, let me check my emails": Move("hold_on", ""),
    "ok wait, I need to look it up": Move("hold_on", ""),
    "what is a refund request?": Move("ask_meaning", "refund_request"),
    "wait, whats escrow": Move("ask_meaning", "escrow"),
    "What does 'receipt slip' mean?": Move("ask_meaning", "receipt_slip"),
    "can you explain what a dispute is?": Move("ask_meaning", "dispute"),
    "I don't know what a tracking number is": Move("ask_meaning", "tracking_number"),
    "what is that?": Move("ask_meaning", ""),
    "I don't understand the question": Move("ask_meaning", ""),
    "remind me": Move("want_reminder", ""),
    "Please remind me when the ten days are over": Move("want_reminder", ""),
    "can you remind me on that day?": Move("want_reminder", ""),
    "I'd like a reminder please": Move("want_reminder", ""),
    "let me know when I can open it": Move("want_reminder", ""),
    "don't forget to remind me": Move("want_reminder", ""),
    "don't remind me": Move("decline_reminder", ""),
    "please do not remind me of it": Move("decline_reminder", ""),
    "You don't have to remind me, thanks": Move("decline_reminder", ""),
    "no reminders please": Move("decline_reminder", ""),
    "I don't want to be reminded": Move("decline_reminder", ""),
    "cancel the reminder": Move("decline_reminder", ""),
    "I will remember it myself": Move("decline_reminder", ""),
    "can you remind me what the question was?": Move("say_again", ""),
    "and if it's used?": Move("ask_policy", "NAD-X1"),
    "what if the seller refuses": Move("ask_policy", "MED-1"),
    "what about customs?": Move("ask_policy", "FULL-3"),
    "and what if i have no photos?": Move("ask_policy", "no_photo_possible"),
    "thanks for nothing": Move("vent", ""),
    "are you a robot?": Move("small_talk", "robot"),
    "am I talking to a real person or a bot?": Move("small_talk", "robot"),
    "how are you today": Move("small_talk", "how_are_you"),
    "tell me a joke please": Move("small_talk", "joke"),
    "nice weather today": Move("small_talk", "weather"),
    "help": Move("small_talk", "what_can_you_do"),
    "THIS IS RIDICULOUS!!!": Move("vent", ""),
    "you are useless": Move("vent", ""),
    "refund": Move("name_a_subject", "refund"),
    "Dispute?": Move("name_a_subject", "dispute"),
    "tracking": Move("name_a_subject", "tracking"),
    "open": Move("name_a_subject", "open"),
    "money": Move("name_a_subject", "refund"),
    "start over": Move("start_over", ""),
    "Let's start from the beginning": Move("start_over", ""),
    "throw it all away and start again": Move("start_over", ""),
    "I want to start over": Move("start_over", ""),
    "go on with the other one": Move("other_claim", ""),
    "what about my other claim?": Move("other_claim", ""),
    "I have another problem": Move("new_claim", ""),
    "can I open another claim?": Move("new_claim", ""),
    "which claims do I have?": Move("list_claims", ""),
    "I want to see my open dispute": Move("list_claims", ""),
    "hello, I'm back": Move("come_back", ""),
    "cancel": Move("cancel", ""),
}

TELLING = [
    "I didn't get it",
    "wait, it was the 13th",
    "one moment ago the parcel came",
    "I waited one moment too long",
    "he said that again and again",
    "the seller said wait a minute",
    "I asked what is a refund request and he refused",
    "what is my refund request worth now that he refused?",
    "it says tracking number unknown",
    "I wanted to change the date and he refused",
    "the item is wrong",
    "the number is wrong",
    "this is ridiculous, it came broken",
    "you are useless, I asked on 3 March",
    "refund me now",
    "no",
    "yes",
    "yes, what is that?",
    "no, wait",
    "what do you have against me",
    "the seller said what have you noted",
    "I have a summary of my bank",
    "what did I tell you, it is broken",
    "it is a copy",
    "he wants to start over",
    "the other one was broken",
    "the seller had another problem",
    "the parcel is back again at the seller",
    "cancel my order",
    "the seller is a robot",
    "uh-huh",
    "what for?",
    "what is this for?",
    "what is that to me",
    "order 8012345678",
    "he did not remind me",
    "the seller said he would remind me",
    "remind me to call my mum",
    "I reminded him on 3 March",
    "third reminder, it never came",
    "I don't want it, it is broken",
    "let me know what the seller said",
    "cancel it",
    "5 minutes ago I asked for a refund",
    "skip",
    "never mind",
    "stop",
    "please open it",
    "open the dispute",
    "where is my parcel?",
    "",
    "???",
]


def _taught() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            for line in block["examples"].splitlines():
                yield block["intent"], line.strip().removeprefix("- ")


@pytest.mark.parametrize("text", MOVES)
def test_a_move_is_recognised(text: str) -> None:
    """With courtesy and small misspellings around, and what it is about."""
    assert move_in(text) == MOVES[text]


@pytest.mark.parametrize("text", TELLING)
def test_a_message_that_tells_something_is_no_move(text: str) -> None:
    """Every word must belong to a move: a fact beside it is read as ever."""
    assert move_in(text) is None


def test_no_taught_message_that_tells_or_asks_something_else_is_taken() -> None:
    """Of all that is taught, only out-of-scope chat is taken, and what is listed above."""
    moves = ((intent, text, move_in(text)) for intent, text in _taught())
    taken = {text for intent, text, move in moves if move and intent not in ("out_of_scope", move.intent)}

    assert taken == ANSWERED_BETTER


def test_no_labelled_complaint_is_taken() -> None:
    """A story or a public complaint tells something, however angry it is."""
    file = ROOT / "tests" / "language" / "labelled" / "complaints.jsonl"
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]

    assert [row["text"] for row in rows if move_in(row["text"])] == []


def test_every_move_is_an_intent() -> None:
    """The table alone sets them; a question about the policy is also taught."""
    domain = set(yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["intents"])

    assert set(intents()) <= domain
    assert set(intents()) & {intent for intent, _ in _taught()} == {"ask_policy"}


@pytest.mark.parametrize("term", terms())
def test_every_word_of_the_glossary_can_be_asked_for(term: str) -> None:
    """By the first of its wordings."""
    words = yaml.safe_load((ROOT / "language" / "glossary.yml").read_text(encoding="utf-8"))["terms"][term]

    assert move_in(f"what is {words.split('|')[0]}?") == Move("ask_meaning", term)
