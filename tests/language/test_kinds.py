"""A whole message that names one kind of claim, and messages that name none for sure."""

from __future__ import annotations

import pytest

from language.kinds import kind_named


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("it's not as described", "not_as_described"),
        ("no, I meant that it does not work", "broken"),
        ("no, it is counterfeit", "counterfeit"),
        ("sorry, I mean it never came", "not_received"),
        ("parts are missing, sorry", "missing_parts"),
        ("No. It's a fake!", "counterfeit"),
    ],
)
def test_a_message_that_says_nothing_else_names_its_kind(text: str, kind: str) -> None:
    """Also behind a no, or what says that something else was meant."""
    assert kind_named(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "the charger of it is broken and he refused",
        "is it broken?",
        "it is not broken",
        "it might be broken",
        "yes, it is broken",
        "still waiting",
        "used",
        "that's the wrong one",
        "I don't want it any more",
        "nothing came of it",
        "no",
        "1 March",
        "",
    ],
)
def test_what_says_more_or_less_names_none(text: str) -> None:
    """A question, a doubt, an agreement, and what answers many a question; not wanting goes with any kind."""
    assert kind_named(text) is None
