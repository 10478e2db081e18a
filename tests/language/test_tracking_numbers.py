"""Carriers' numbers are known by shape and check digit, wherever they stand in a message."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from language.tracking_numbers import read

#: Examples that carriers and standards print themselves.
_PRINTED = {
    "RA473124829FI": "postal union (S10)",
    "RR123456785GB": "postal union (S10)",
    "1Z5R89390357567127": "UPS",
    "1Z999AA10123456784": "UPS",
    "9405511899223197428490": "USPS",
    "00340434292135100186": "GS1 (SSCC)",
}


@pytest.mark.parametrize(("number", "carrier"), _PRINTED.items())
def test_a_printed_number_is_known_by_its_shape(number: str, carrier: str) -> None:
    (found,) = read(f"it says {number} on the slip")
    assert (found.number, found.carrier) == (number, carrier)


@pytest.mark.parametrize("number", _PRINTED)
def test_nearly_every_mistyped_figure_is_noticed(number: str) -> None:
    assert read(f"tracking {number}")[0].is_whole
    wrong = [
        number[:place] + other + number[place + 1 :]
        for place, char in enumerate(number)
        for other in "0123456789"
        if place > 2 and char.isdecimal() and other != char
    ]
    # Modulo 11 with eleven remainders and ten figures lets a few through: the standard says so itself.
    assert sum(read(f"tracking {each}")[0].is_whole is False for each in wrong) > 0.9 * len(wrong)


def test_a_number_in_groups_is_one_number_and_keeps_its_place() -> None:
    text = "my parcel rr 123 456 785 gb is nowhere"
    (found,) = read(text)
    assert found.number == "RR123456785GB"
    assert text[slice(*found.span)] == "rr 123 456 785 gb"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("order 900817263544 and I wait", []),
        ("fedex 900817263544", ["900817263544"]),
        ("order number 123456789012, tracking 986578788855", ["986578788855"]),
        ("call me on 0049 170 1234567", []),
        ("paid 1200 on 12 March 2024 for 3 of them", []),
        ("my iban is DE02120300000000202051", []),
        ("YT2412345678901234 and TBA123456789012", ["YT2412345678901234", "TBA123456789012"]),
        ("", []),
    ],
)
def test_what_other_numbers_look_like_too_must_be_named(text: str, numbers: list[str]) -> None:
    assert [found.number for found in read(text)] == numbers


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_read_and_what_is_found_is_in_it(text: str) -> None:
    for found in read(text):
        start, end = found.span
        assert text[start:end].replace(" ", "").replace("-", "").upper() == found.number


def test_a_long_row_of_groups_is_read_to_its_end() -> None:
    """Each group is one group and no two: else there would be more ways to part them than anyone can try."""
    assert read("12-" * 600 + "/") == []
