# ruff: noqa: RUF001 - typed as buyers type it: curly apostrophes, wide letters and figures
"""Order and tracking numbers in what a buyer writes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from language.parcel_numbers import order_ids, tracking_numbers


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("order number 8012345678901234", "8012345678901234"),
        ("Order No.: 80123456", "80123456"),
        ("order #AB-1234", "AB-1234"),
        ("my order id is 99-1234-5", "99-1234-5"),
        ("order number: ８０１２３４５６.", "80123456"),
        ("about order 8012345678", "8012345678"),
        ("another order, 8012345678, came broken", "8012345678"),
        ("order num\u200bber 80123456", "80123456"),
    ],
)
def test_a_named_order_number_is_read(text: str, number: str) -> None:
    assert order_ids(text) == {number}


@pytest.mark.parametrize(
    "text",
    [
        "in order to win",
        "order 2026",
        "order number please",
        "reorder number 80123456",
        "8012345678901234",
        "order number 12.50",
        "",
    ],
)
def test_what_is_not_named_as_an_order_number_is_none(text: str) -> None:
    assert order_ids(text) == set()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("tracking number RB123456789CN", "RB123456789CN"),
        ("tracking no: rb 123456789 cn", "RB123456789CN"),
        ("track code 1Z999AA10123456784", "1Z999AA10123456784"),
        ("tracking LX123456789DE", "LX123456789DE"),
    ],
)
def test_a_named_tracking_number_is_read(text: str, number: str) -> None:
    assert tracking_numbers(text) == {number}


def test_a_tracking_number_is_no_order_number() -> None:
    assert order_ids("tracking number 80123456789") == set()
    assert tracking_numbers("order number 80123456789") == set()


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_no_text_makes_the_reading_fail(text: str) -> None:
    for number in order_ids(f"order number {text}") | tracking_numbers(f"tracking number {text}"):
        assert 4 <= len(number) <= 40
        assert number.isascii()
