"""A message in the middle of a claim that is about another one is told from the story of the first."""

from __future__ import annotations

import pytest

from language.another_claim import adds, says_another_claim

ANOTHER = [
    "and another parcel never came",
    "I also have a problem with order 8012345679",
    "another order has not arrived",
    "I have another problem",
    "can I open another claim?",
    "Also the lamp from another order arrived broken.",
    "my other order is broken too",
    "a new claim",
    "I want to report another problem with a different order",
    "this is about another order",
    "there is another issue with a second order",
    "my second parcel never arrived",
    "another order, 8012345679, came broken",
    "my other order 8012345679 is broken",
]

THE_SAME = [
    "the seller sent another parcel",
    "he offered another item instead",
    "I ordered another one",
    "the parcel came in another box",
    "no, it was another day",
    "I have another question",
    "it arrived at another address",
    "The tracking shows another order number",
    "they promised a new delivery",
    "I have no other problem",
    "another week has passed",
    "I paid with another card",
    "he wants to send another package",
    "the other parcel arrived fine",
]


@pytest.mark.parametrize("text", ANOTHER)
def test_another_order_or_claim_is_recognised(text: str) -> None:
    """Whether it is announced or told."""
    assert says_another_claim(text)


@pytest.mark.parametrize("text", THE_SAME)
def test_a_story_with_other_things_in_it_is_the_same_claim(text: str) -> None:
    """Above all what the seller sent or offered in place of something."""
    assert not says_another_claim(text)


@pytest.mark.parametrize(
    ("text", "is_added"),
    [
        ("also, my lamp is broken", True),
        ("and also parts are missing", True),
        ("the lamp is broken as well", True),
        ("he also refused", False),
        ("it is broken", False),
        ("he sent a replacement, also broken", False),
    ],
)
def test_what_is_added_to_what_was_told_before_is_recognised(text: str, is_added: bool) -> None:
    """By the words that add, where the buyer's own trouble is added."""
    assert adds(text) is is_added
