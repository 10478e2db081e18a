"""How a message is cut into sentences and what asks, and which messages are not English."""

from __future__ import annotations

import pytest
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from language import english
from language.other_language import language_of
from language.parts import parts_of, set_parts, with_parts
from language.unreadable import Unreadable, holds_nothing

_TEXTS = {
    "it is broken and how long does a refund take": ["it is broken", "and how long does a refund take"],
    "The vase came in pieces. What now?": ["The vase came in pieces.", "What now?"],
    "no charger in the box!!! can I talk to somebody": ["no charger in the box!!!", "can I talk to somebody"],
    "came late\nand it is torn": ["came late\n", "and it is torn"],
    "I know what I ordered": ["I know what I ordered"],
    "...": ["..."],
}


@pytest.mark.parametrize(("text", "sentences"), _TEXTS.items())
def test_sentences_begin_where_buyers_begin_them(text: str, sentences: list[str]) -> None:
    assert [sentence.text for sentence in english.read(text).sents] == sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("how long do I have", True),
        ("i want to know whether paypal counts", True),
        ("Torn?", True),
        ("tell me what to do", True),
        ("what came is a toy", False),
        ("I want my money back", False),
        ("the seller asked me how I am", False),
    ],
)
def test_what_asks_is_known_by_how_it_begins_or_ends(text: str, expected: bool) -> None:
    assert english.asks(next(iter(english.read(text).sents))) is expected


def _parts(text: str) -> list[str]:
    message = Message({TEXT: text})
    set_parts(message, english.read(text))
    assert with_parts([message]) == [message, *parts_of(message)]
    return [part.get(TEXT) for part in parts_of(message)]


def test_a_message_that_tells_and_asks_has_both_as_parts() -> None:
    text = "My lamp is cracked. Do I have to send it back? It was a gift, and how long will it take"
    assert _parts(text) == [
        "My lamp is cracked. It was a gift",
        "Do I have to send it back?",
        "and how long will it take",
    ]


@pytest.mark.parametrize("text", ["", "my lamp is cracked", "how long do I have?", "?", "\ud800", "wow. great."])
def test_a_message_that_does_only_one_of_both_has_no_parts(text: str) -> None:
    assert _parts(text) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("\u0433\u0434\u0435 \u043c\u043e\u044f \u043f\u043e\u0441\u044b\u043b\u043a\u0430", "ru"),
        ("Mein Paket ist immer noch nicht angekommen", "de"),
        ("le vendeur ne r\u00e9pond pas \u00e0 mes messages", "fr"),
        ("el vendedor no me contesta", "es"),
        ("\u6211\u7684\u5305\u88f9\u8fd8\u6ca1\u6709\u5230", "zh"),
    ],
)
def test_another_language_is_recognised(text: str, language: str) -> None:
    found = language_of(text)
    assert found is not None
    assert found[0] == language


@pytest.mark.parametrize(
    "text",
    ["", "\U0001f44d", "ok", "123", "hola", "my parcel never came", "\uff4f\uff4b", "caf\u00e9 mug is chipped", "?!"],
)
def test_english_and_what_is_too_short_to_tell_is_left_alone(text: str) -> None:
    assert language_of(text) is None


@pytest.mark.parametrize("text", ["", " ", "\U0001f621\U0001f621", "???", "x" * 2000, "\u200b\x00", "-- ..."])
def test_what_holds_nothing_to_read_is_known(text: str) -> None:
    assert holds_nothing(text)


@pytest.mark.parametrize("text", ["10-4", "k", "x" * 2000 + " what is this", "\u5305\u88f9"])
def test_a_number_and_any_word_hold_something(text: str) -> None:
    assert not holds_nothing(text)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("\U0001f44d", "affirm"),
        ("\U0001f44d\U0001f3fd !", "affirm"),
        ("\U0001f44e", "deny"),
        ("\U0001f44d\U0001f44e", "out_of_scope"),
        ("\U0001f621", "out_of_scope"),
        ("no \U0001f44d", "inform"),
    ],
)
def test_a_thumb_says_something_only_alone(text: str, intent: str) -> None:
    settings = {"intent": "out_of_scope", "signs": {"\U0001f44d": "affirm", "\U0001f44e": "deny"}}
    message = Message({TEXT: text, INTENT: {"name": "inform", "confidence": 0.5}})
    Unreadable(settings).process([message])
    assert message.get(INTENT)["name"] == intent
