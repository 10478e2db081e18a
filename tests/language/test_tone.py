"""Anger is told from facts: swearing, set phrases, sarcasm and shouting, whatever else a message tells."""

from __future__ import annotations

import pytest

from language.tone import is_angry


@pytest.mark.parametrize(
    "text",
    [
        "this is fucking ridiculous",
        "my parcel never came, well done you bastards",
        "I WANT MY MONEY BACK RIGHT NOW",
        "I am absolutely furious about this order",
        "thanks for nothing",
        "oh great, another bot",
        "not yet, you stupid bot",
        "worst service ever, and the lamp is broken",
        "I'm sick and tired of waiting",
    ],
)
def test_anger_is_heard(text: str) -> None:
    """Whatever else the message tells."""
    assert is_angry(text)


@pytest.mark.parametrize(
    "text",
    [
        "my parcel never came, please help",
        "it is broken",
        "DHL says it is lost",
        "OK",
        "USB-C HDMI LED",
        "the seller was angry with me",
        "I am not angry, I just want to know",
        "great service, thank you",
        "8012345678",
        "",
    ],
)
def test_calm_words_are_calm(text: str) -> None:
    """Capitals of names, praise, and somebody else's anger are none."""
    assert not is_angry(text)
