"""What is typed is made harmless before it is kept, in little time whatever it is."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from buyer_protection.typed_text import LONGEST_READ
from gateway.typed_text import LONGEST_KEPT, clean, is_too_long
from tests.timing import assert_time_grows_with_the_text


@given(st.text(st.characters(), max_size=200))
@example("e\x00\u0301")
@example("\u200b/\u200b/restart")
@example("a" * LONGEST_KEPT + " b")
def test_cleaned_text_can_be_kept_and_cleaning_it_again_changes_nothing(text: str) -> None:
    """Composed, of whole characters, without control, and without a slash before it."""
    cleaned = clean(text)

    cleaned.encode("utf-8")
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not unicodedata.normalize("NFKC", cleaned).strip().startswith("/")
    assert not any(unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t" for char in cleaned)
    assert not set(cleaned) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("cafe\u0301", "caf\u00e9"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("  /restart", "restart"),
        ("a\x00b\ud83dc\u202ed", "abcd"),
        ("\U0001f469\u200d\U0001f527", "\U0001f469\u200d\U0001f527"),
        ("1/2 came", "1/2 came"),
        (" \n ", ""),
    ],
)
def test_what_a_buyer_means_is_kept(typed: str, kept: str) -> None:
    """Cleaning takes away nothing that says something."""
    assert clean(typed) == kept


def test_a_long_message_is_kept_in_part_and_not_read() -> None:
    """2,000 characters are read, 20,000 are kept."""
    assert not is_too_long("x" * LONGEST_READ)
    assert is_too_long("x" * (LONGEST_READ + 1))
    assert clean("x" * 256_000) == "x" * LONGEST_KEPT


@pytest.mark.parametrize("unit", ["x", "/", " ", "\u200b/", "\u0301\u0327", "a\u0301\u0327", "\x00", "\r\n", "\ud83d"])
def test_the_time_grows_with_the_message_and_not_with_its_square(unit: str) -> None:
    """256 KB of anything: also of marks, which take the square of their number to put in order."""
    assert_time_grows_with_the_text(clean, (unit * 256_000)[:256_000])
