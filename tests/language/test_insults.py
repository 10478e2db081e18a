"""What is told is read without the insults beside it; what only looks like one is left where it is."""

from __future__ import annotations

import pytest

from language.answers import is_plain_yes
from language.insults import is_insulting, without_insults


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("not yet, you stupid bot", "not yet"),
        ("no you idiot", "no"),
        ("you useless piece of junk, it was lost", "it was lost"),
        ("yes, are you deaf or what?", "yes"),
        ("for god's sake no", "no"),
        ("8012345678 you morons", "8012345678"),
        ("He fucking refused. Can't you read?!", "He refused."),
        ("what the hell is wrong with you people, it never came", "it never came"),
        ("You idiots!!! I asked on 1 March!", "I asked on 1 March!"),
    ],
)
def test_an_insult_beside_what_is_told_is_left_out(text: str, told: str) -> None:
    """Before, behind and between; the words left are the buyer's own."""
    assert is_insulting(text)
    assert without_insults(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "it is useless",
        "he sent me a piece of junk",
        "the seller is a crook",
        "the stupid robot does not work",
        "did it get lost?",
        "my dog is called Jerk",
        "you are a bot",
        "are you a robot?",
        "you people",
        "what does lost mean?",
        "",
    ],
)
def test_what_is_said_of_the_goods_and_of_others_stays(text: str) -> None:
    """Nothing is an insult that can be told of what came, or of the seller."""
    assert not is_insulting(text)
    assert without_insults(text) == text


@pytest.mark.parametrize("text", ["you stupid bot", "wtf", "are you stupid?", "fuck you. idiots!"])
def test_a_message_that_only_insults_stays_whole(text: str) -> None:
    """There is nothing else to be read."""
    assert without_insults(text) == text


def test_a_question_still_asks_without_the_swearing() -> None:
    """It does not become what it asks about."""
    assert without_insults("what the hell does lost mean?") == "what does lost mean?"


@pytest.mark.parametrize("text", ["yes you stupid bot", "ok, idiots", "you morons, open it", "yes damn it"])
def test_a_yes_with_an_insult_is_no_plain_yes(text: str) -> None:
    """Consent is read in the buyer's whole words."""
    assert not is_plain_yes(text)


def test_an_insult_does_not_run_over_a_mark() -> None:
    """Two sentences that make one together."""
    assert without_insults("Damn. It is broken") == "It is broken"
