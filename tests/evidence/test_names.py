"""What a file was called is shown to people, and does nothing else."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buyer_protection.evidence.files import cleaned_name


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("../../../etc/cron.d/x", "x"),
        ("C:\\photos\\lamp.jpg", "lamp.jpg"),
        ("a\nSet-Cookie: b.jpg", "aSet-Cookie: b.jpg"),
        ("gpj.\N{RIGHT-TO-LEFT OVERRIDE}exe", "gpj.exe"),
        ("\N{PACKAGE} broken.jpg", "\N{PACKAGE} broken.jpg"),
        ("", "file"),
        ("x" * 5_000 + ".jpg", "x" * 196 + ".jpg"),
    ],
)
def test_a_name_is_made_harmless(given_name: str, shown: str) -> None:
    """Folders, invisible letters and length."""
    assert cleaned_name(given_name) == shown


@given(st.text())
def test_any_name_is_short_and_visible(name: str) -> None:
    """Whatever was sent."""
    shown = cleaned_name(name)

    assert 1 <= len(shown) <= 200
    assert all(letter == " " or unicodedata.category(letter)[0] not in "CZ" for letter in shown)
