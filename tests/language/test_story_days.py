"""The days of a story have their part in it, or are left out."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.story_days import DELIVERED, DUE, ORDERED, REQUESTED, story_days

TODAY = date(2024, 3, 12)

TOLD = {
    "Order 8012345678: ordered 3 Feb, due 20 Feb, in transit, asked seller for refund 25 Feb, never arrived": {
        ORDERED: "2024-02-03",
        DUE: "2024-02-20",
        REQUESTED: "2024-02-25",
    },
    "I ordered boots on 2 January. You promised delivery by 25 January. On 1 February I demanded my money back.": {
        ORDERED: "2024-01-02",
        DUE: "2024-01-25",
        REQUESTED: "2024-02-01",
    },
    "The shoes arrived on 30 January, I requested a refund from the seller on the 5th of February": {
        DELIVERED: "2024-01-30",
        REQUESTED: "2024-02-05",
    },
    "it came on 3 March": {DELIVERED: "2024-03-03"},
    "It should have been delivered by 3 March": {DUE: "2024-03-03"},
}

LEFT_OUT = [
    "It never came on 3 March",
    "he asked me for money on 3 March",
    "was it delivered on 3 March?",
    "I should have received it on 3 March",
    "I asked the seller for a refund on 3/2/2024",
    "it came on 3 March and it came on 5 March",
    "my birthday is on 3 March",
    "",
]


@pytest.mark.parametrize("text", TOLD)
def test_each_day_is_told_by_its_part(text: str) -> None:
    """Ordered, came, was due, and when a refund was asked for."""
    assert story_days(text, TODAY) == TOLD[text]


@pytest.mark.parametrize("text", LEFT_OUT)
def test_a_day_whose_part_is_not_plain_is_left_out(text: str) -> None:
    """Nor one that can be two days, or of which two are told."""
    assert story_days(text, TODAY) == {}


def test_a_day_before_the_order_makes_the_order_doubtful() -> None:
    """One of the two was read wrongly, so the earlier is not told."""
    text = "I ordered it on 5 February 2024 and I asked the seller for a refund on 1 February 2024"

    assert ORDERED not in story_days(text, TODAY) or REQUESTED not in story_days(text, TODAY)


@given(st.lists(st.sampled_from([*TOLD, *LEFT_OUT, "3 March", "ordered", "arrived on", "?"]), max_size=6))
def test_what_happened_never_lies_ahead(pieces: list[str]) -> None:
    """Whatever is written."""
    days = story_days(" ".join(pieces), TODAY)

    assert all(day <= TODAY.isoformat() for name, day in days.items() if name != DUE)
