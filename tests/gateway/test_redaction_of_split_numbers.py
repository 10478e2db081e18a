"""A card's number in two messages: as soon as the second half comes, both are known for what they are (P-01)."""

from __future__ import annotations

import pytest

from gateway.redaction import redact

CARD = "4111111111111111"


@pytest.mark.parametrize("cut", range(4, 16))
@pytest.mark.parametrize("lead", ["", "the rest: ", "and "])
def test_both_halves_are_found_wherever_the_number_is_cut(cut: int, lead: str) -> None:
    """Neither half alone is a card's number."""
    redacted = redact(f"{lead}{CARD[cut:]}", before=f"my number: {CARD[:cut]}")

    assert redacted.text == f"{lead}[card number removed]"
    assert redacted.tail_of_before == CARD[:cut]
    assert redacted.removed == ("card_number",)


@pytest.mark.parametrize(
    ("before", "text", "tail", "kept"),
    [
        ("4111 1111", "1111 1111", "4111 1111", "[card number removed]"),
        ("4111-1111-", "1111-1111", "4111-1111", "[card number removed]"),
        ("4111 11", "11 1111 1111", "4111 11", "[card number removed]"),
        ("visa 4111 1111 ...", "1111 1111 12/27 123", "4111 1111", None),
        ("\uff14\uff11\uff11\uff11 1111", "1111 1111", "\uff14\uff11\uff11\uff11 1111", "[card number removed]"),
        ("3782 822463", "10005", "3782 822463", "[card number removed]"),
        ("I paid 20 euro. 4111\u200b1111", "11111111 thanks", "4111\u200b1111", "[card number removed] thanks"),
    ],
)
def test_the_first_half_is_told_exactly_as_it_was_written(before: str, text: str, tail: str, kept: str | None) -> None:
    """Whoever forgets it looks for it in this writing."""
    redacted = redact(text, before=before)

    assert redacted.tail_of_before == tail
    assert tail in before
    assert redacted.text == (kept or "[card number removed] [expiry removed] [security code removed]")


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("my order number is 4111 1111", "1111 1111"),
        ("I paid on 12.03.2024", "14.03.2024"),
        ("I ordered 4", "1 came"),
        ("4111 1111 came", "not 1111 1111"),
        ("4111 1111", "1111 1112"),
        ("[card number removed]", "12.05.2024"),
        ("[card number removed]", "8170000000000007"),
        ("", "1111 1111"),
    ],
)
def test_two_numbers_that_are_no_card_stay(before: str, text: str) -> None:
    """A named order, dates, amounts, and halves that do not fit."""
    redacted = redact(text, before=before)

    assert redacted.text == text
    assert redacted.tail_of_before == ""


def test_an_own_order_in_two_messages_stays() -> None:
    """It is known from the token, however it is cut."""
    assert redact("1111 1111", before="4111 1111", own_orders=[CARD]).text == "1111 1111"
    assert redact("1111 1111", before="4111 1111", answers_order_question=True).text == "1111 1111"


def test_expiry_and_code_after_a_message_with_the_number_go_too() -> None:
    """They are all that the second message says."""
    redacted = redact("12/27 123", before="here: [card number removed]")

    assert redacted.text == "[expiry removed] [security code removed]"
    assert redacted.removed == ("card_number", "security_code")
