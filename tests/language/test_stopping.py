"""A message that stops and wants something else has two parts, and one that only sounds like it has none."""

from __future__ import annotations

import pytest

from language.stopping import stop_and_more

BOTH = {
    "stop that, I want to see my open dispute": "I want to see my open dispute",
    "stop it and tell me about my dispute": "tell me about my dispute",
    "forget it. my lamp came broken": "my lamp came broken",
    "never mind, what is the refund policy?": "what is the refund policy?",
    "ok, cancel this, how long does it take?": "how long does it take?",
    "drop it - is my dispute decided": "is my dispute decided",
}

ONE = [
    "stop",
    "stop asking me about the order",
    "cancel my order",
    "stop the parcel and send it back",
    "leave it at that",
    "end of story, it never came",
    "he stopped, and never answered",
    "I said stop that, and he laughed",
    "",
]


@pytest.mark.parametrize("text", BOTH)
def test_what_follows_the_stop_is_found(text: str) -> None:
    """With what parts the two left out."""
    found = stop_and_more(text)

    assert found is not None
    assert found[1] == BOTH[text]


@pytest.mark.parametrize("text", ONE)
def test_one_wish_is_not_taken_apart(text: str) -> None:
    """Nor a story in which something stopped."""
    assert stop_and_more(text) is None
