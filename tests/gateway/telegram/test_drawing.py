"""What is said is drawn within Telegram's limits, and no word and no choice gets lost."""

from __future__ import annotations

from datetime import datetime, timezone

from hypothesis import given
from hypothesis import strategies as st

from gateway.channels.channel import Button, Outgoing
from gateway.channels.telegram_drawing import drawn, keyboard, split
from gateway.channels.telegram_limits import LONGEST_TEXT

NOW = datetime(2024, 5, 6, tzinfo=timezone.utc)


def said(text: str, *titles: str) -> Outgoing:
    """Something said, with buttons."""
    return Outgoing(1, "assistant", NOW, text, tuple(Button(title, f"btn:{title}") for title in titles))


def units(text: str) -> int:
    """The length of a text as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


@given(st.text(alphabet=st.sampled_from("ab. \n🙂é"), max_size=300), st.integers(10, 60))
def test_parts_fit_and_hold_every_letter_in_order(text: str, longest: int) -> None:
    """Only blanks between parts are gone."""
    parts = split(text, longest)

    assert all(0 < units(part) <= longest for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_a_text_is_parted_between_paragraphs_then_sentences() -> None:
    """Where a reader would."""
    assert split("One is here.\n\nTwo is here. Three.", 26) == ["One is here.", "Two is here. Three."]
    assert split("One is here. Two is here. Three.", 26) == ["One is here. Two is here.", "Three."]
    assert split("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]


def test_buttons_stand_under_the_last_part() -> None:
    """Next to where the buyer reads on."""
    parts = drawn(said("word " * 2000, "Yes", "No"), again=False)

    assert len(parts) == 3
    assert [("reply_markup" in part) for part in parts] == [False, False, True]
    assert all(units(part["text"]) <= LONGEST_TEXT for part in parts)


def test_short_buttons_share_a_row_and_long_ones_have_their_own() -> None:
    """So that a small screen shows each whole."""
    buttons = said("?", "Yes", "No", "I do not know what it was", "Stop").buttons

    assert [[button["text"] for button in row] for row in keyboard(buttons)] == [
        ["Yes", "No"],
        ["I do not know what it was"],
        ["Stop"],
    ]


def test_many_or_long_choices_are_said_in_words_too() -> None:
    """And stay buttons."""
    many = drawn(said("Which?", *(f"choice {number}" for number in range(9))), again=False)
    long = drawn(said("Which?", "a title that is longer than a button is wide"), again=False)
    few = drawn(said("Which?", "Yes", "No"), again=False)

    assert "• choice 8" in many[0]["text"]
    assert "• a title that is longer" in long[0]["text"]
    assert few[0]["text"] == "Which?"
    assert sum(len(row) for row in many[0]["reply_markup"]["inline_keyboard"]) == 9


def test_what_comes_again_says_so_once() -> None:
    """In front of the first part."""
    parts = drawn(said("word " * 1000), again=True)

    assert [part["text"].startswith("(sent again) ") for part in parts] == [True, False]


def test_what_has_no_words_is_not_sent_but_its_choices_are() -> None:
    """Telegram refuses an empty message."""
    assert drawn(said("  "), again=False) == []
    assert drawn(said("", "Yes"), again=False)[0]["text"]
