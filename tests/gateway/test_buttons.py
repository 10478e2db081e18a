"""Buttons come back as they went out, or not at all."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.buttons import LARGEST_ID, LARGEST_INDEX, LONGEST, Buttons, Pressed

SECRET = "what-all-gateways-share"
CONVERSATION = "b-0123456789abcdef0123456789abcdef01234567"
BUTTONS = Buttons(SECRET)

rows = st.integers(0, LARGEST_ID)
places = st.integers(0, LARGEST_INDEX)


@given(rows, places, st.text())
def test_a_button_comes_back_as_it_went_out(row: int, place: int, conversation: str) -> None:
    """From any gateway with the same secret, in at most 64 bytes that fit in a URL."""
    token = BUTTONS.token(conversation, row, place)

    assert Buttons(SECRET).read(conversation, token) == Pressed(row, place)
    assert len(token.encode()) <= LONGEST
    assert token.startswith("btn:")
    assert set(token) <= set(string.ascii_letters + string.digits + ":.-_")


@given(rows, places, st.data())
def test_a_changed_button_is_none(row: int, place: int, data: st.DataObject) -> None:
    """Any one character changed, taken away or put in."""
    token = BUTTONS.token(CONVERSATION, row, place)
    at = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.characters() | st.sampled_from(string.ascii_letters + string.digits + "-_."))
    changed = {token[:at] + other + token[at + 1 :], token[:at] + token[at + 1 :], token[:at] + other + token[at:]}

    for text in changed - {token}:
        assert BUTTONS.read(CONVERSATION, text) is None


def test_the_last_letter_has_one_spelling() -> None:
    """Some of its bits mean nothing in base64, and must not be free to change."""
    token = BUTTONS.token(CONVERSATION, 7, 0)

    accepted = [
        last for last in string.ascii_letters + string.digits + "-_" if BUTTONS.read(CONVERSATION, token[:-1] + last)
    ]

    assert accepted == [token[-1]]


@given(rows, places, st.text(), st.text(), st.text())
def test_a_button_is_good_in_its_own_conversation_and_under_its_own_secret_only(
    row: int, place: int, conversation: str, other: str, secret: str
) -> None:
    """Mallory's buttons are no buttons of Alice's."""
    token = BUTTONS.token(conversation, row, place)

    if other != conversation:
        assert BUTTONS.read(other, token) is None
    if secret.encode("utf-8", "replace") != SECRET.encode():
        assert Buttons(secret).read(conversation, token) is None


@given(rows, places, rows, places)
def test_no_two_buttons_look_the_same(row: int, place: int, other_row: int, other_place: int) -> None:
    """Row 1, place 11 is not row 11, place 1."""
    same = (row, place) == (other_row, other_place)

    assert (BUTTONS.token(CONVERSATION, row, place) == BUTTONS.token(CONVERSATION, other_row, other_place)) is same


@given(st.text() | st.from_regex(r"btn:[0-9a-z]{0,14}\.[0-9a-z]{0,3}\.[A-Za-z0-9_-]{20,24}"), st.text())
def test_no_text_makes_it_fail(text: str, conversation: str) -> None:
    """Whatever is posted as a button; and nobody hits one by chance."""
    assert BUTTONS.read(conversation, text) is None


@pytest.mark.parametrize(("row", "place"), [(-1, 0), (0, -1), (LARGEST_ID + 1, 0), (0, LARGEST_INDEX + 1)])
def test_a_row_that_cannot_be_has_no_button(row: int, place: int) -> None:
    """It could not be read again."""
    with pytest.raises(ValueError, match="are expected"):
        BUTTONS.token(CONVERSATION, row, place)


def test_the_signature_is_not_what_the_secret_signs_elsewhere() -> None:
    """The secret itself is not the key: what else it signs never makes a button."""
    assert SECRET not in repr(vars(BUTTONS))
