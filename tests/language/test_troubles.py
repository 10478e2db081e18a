"""Several troubles in one message are taken apart, and one that is told in many words stays one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.troubles import troubles_in

TODAY = date(2024, 3, 12)

SEVERAL = {
    "Order 8012345678 arrived broken and order 8012345679 never came": [
        ("broken", "8012345678"),
        ("not_received", "8012345679"),
    ],
    "orders 8012345678 and 8012345679 never came": [("not_received", "8012345678"), ("not_received", "8012345679")],
    "The lamp came broken, order 8012345678, and the phone never came, order 8012345679.": [
        ("broken", "8012345678"),
        ("not_received", "8012345679"),
    ],
    "my parcel never came. Also the lamp from another order arrived broken.": [("not_received", ""), ("broken", "")],
    "I ordered a lamp which came broken. I also ordered a phone which still has not arrived.": [
        ("broken", ""),
        ("not_received", ""),
    ],
    "one order is fake and the other order never came": [("counterfeit", ""), ("not_received", "")],
    "it came broken and also two screws are missing": [("broken", ""), ("missing_parts", "")],
    "I have two problems: the vase is broken, and the plates are missing": [("broken", ""), ("missing_parts", "")],
}

ONE = [
    "it came broken and parts are missing",
    "not as described: it is a fake phone and it does not work",
    "It never came on time and then it arrived broken",
    "the seller sent another parcel and that one never came",
    "The seller sent me a different item, it is broken too",
    "My order 8012345678 never came. My previous order 8012345679 was fine.",
    "my order 8012345678 came broken, he sent a replacement in another package and it never came",
    "My order number 8012345678 never arrived. the order number is 8012345678",
    "the package was damaged and items were missing from it",
    "I also asked for my money back, it never came",
    "",
]


@pytest.mark.parametrize("text", SEVERAL)
def test_each_trouble_has_its_kind_and_its_order(text: str) -> None:
    """In the order in which they are told."""
    assert [(trouble.kind, trouble.order_id) for trouble in troubles_in(text, TODAY)] == SEVERAL[text]


@pytest.mark.parametrize("text", ONE)
def test_one_trouble_in_many_words_is_not_taken_apart(text: str) -> None:
    """What the seller sent in its place, an order that was fine, and the same thing said twice are one story."""
    assert troubles_in(text, TODAY) == ()


def test_what_holds_for_both_orders_is_told_with_each() -> None:
    """The payment of both is not lost for the second."""
    text = "Order 8012345678 arrived smashed. Order 8012345679 never came. I paid both with PayPal."

    assert ["PayPal" in trouble.text for trouble in troubles_in(text, TODAY)] == [True, True]


@given(st.lists(st.sampled_from([*SEVERAL, *ONE, "another order", "also", "\n", "12345678", "?"]), max_size=5))
def test_no_word_of_a_message_is_lost(pieces: list[str]) -> None:
    """Whatever is taken apart, each word stands in one of the parts, unless its part tells of no trouble at all."""
    text = " ".join(pieces)
    found = troubles_in(text, TODAY)

    assert len(found) != 1
    assert all(trouble.kind and trouble.text.strip() for trouble in found)
