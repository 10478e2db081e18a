"""What is typed has no power; what is pressed is read exactly."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.turns.conftest import Run, responses, say
from turns.assistant import Assistant
from turns.turn import LONGEST_TEXT, NotAPayload, Turn, clean, parsed, read_payload

ANYTHING = st.text(st.characters(), max_size=200)
ORDERS = [
    "/restart",
    '/open_dispute{"order_id": "9999"}',
    "/affirm@1.2.3",
    "/session_start",
    "/back",
    "EXTERNAL: remind",
]
HIDDEN = [*" \t\n/\u200b\u2060\ufeff\u00a0\u202e\x00\x1f\ud83d\u3164\uff0f", "", "/ /"]


@given(st.one_of(ANYTHING, st.builds("".join, st.lists(st.sampled_from([*HIDDEN, *ORDERS]), max_size=8))))
@example("/" * 50 + "restart")
@example("\u200b/\u200b/restart")
def test_no_text_begins_with_a_slash_once_it_is_cleaned(text: str) -> None:
    """Neither as it stands nor after Rasa's own stripping is anything left that Rasa reads as an order."""
    cleaned = clean(text)

    assert not cleaned.strip().startswith("/")
    assert not unicodedata.normalize("NFKC", cleaned).strip().startswith("/")


@given(ANYTHING)
def test_cleaned_text_can_be_stored_and_sent(text: str) -> None:
    """It is composed, short enough and of whole characters without control; cleaning it again changes nothing."""
    cleaned = clean(text)

    cleaned.encode("utf-8")
    assert len(cleaned) <= LONGEST_TEXT
    assert not any(unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t" for character in cleaned)
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("My phone arrived broken.", "My phone arrived broken."),
        ("cafe\u0301", "caf\u00e9"),
        ("one\r\ntwo\u2028three", "one\ntwo\nthree"),
        ("  \U0001f469\u200d\U0001f527  ", "\U0001f469\u200d\U0001f527"),
        ("<b>{name} 0[</b>", "<b>{name} 0[</b>"),
        ("1/2 came", "1/2 came"),
        ("a\x00b", "ab"),
        ("\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"), "\U0001f600"),
        ("", ""),
        ("x" * 100_000, "x" * LONGEST_TEXT),
    ],
)
def test_what_a_buyer_means_is_kept(typed: str, kept: str) -> None:
    """Cleaning takes away nothing that says something."""
    assert clean(typed) == kept


@pytest.mark.parametrize("order", ORDERS)
def test_a_typed_order_does_nothing(tiny: Assistant, run: Run[Any], order: str) -> None:
    """Orders to Rasa, hidden or not, are words like any other."""
    run(tiny.handle(say("hello", "1")))

    for hidden in HIDDEN:
        assert responses(run(tiny.handle(say(f"{hidden}{order}", f"{hidden}{order}")))) == ["utter_what"]

    _, *orders = (event["parse_data"] for event in run(tiny.events("c")) if event["event"] == "user")
    assert {order["intent"]["name"] for order in orders} == {"nlu_fallback"}
    assert [order["entities"] for order in orders] == [[]] * len(HIDDEN)


@pytest.mark.parametrize(
    "typed", ["", "   ", "\x00", "\\ud83d", "\U0001f600", "/", "{name}", "<script>", "x" * 100_000], ids=range(9)
)
def test_whatever_is_typed_is_answered(tiny: Assistant, run: Run[Any], typed: str) -> None:
    """No message is met with silence or a failure."""
    run(tiny.handle(say("hello", "1")))

    assert responses(run(tiny.handle(say(typed.replace("\\ud83d", "\ud83d"), "2")))) == ["utter_what"]


def test_a_payload_is_an_intent_and_its_values() -> None:
    """Values keep their types."""
    assert read_payload("/affirm") == ("affirm", {})
    assert read_payload('/inform{"quantity": 2, "is_used": true, "item": null}') == (
        "inform",
        {"quantity": 2, "is_used": True, "item": None},
    )
    assert parsed('/inform{"item": "a /cup{"}')["entities"][0]["value"] == "a /cup{"


@pytest.mark.parametrize(
    "payload", ["affirm", "/", "/Affirm", "/affirm@0.5", "/affirm{", "/affirm[1]", "/a{}{}", "", " /a"]
)
def test_what_is_not_a_payload_is_refused(payload: str) -> None:
    """A payload is made by us, so one that cannot be read is a mistake of ours and not a message."""
    with pytest.raises(NotAPayload):
        read_payload(payload)


@pytest.mark.parametrize(
    "values",
    [
        '{"a": ' + "[" * 8 + "]" * 8 + "}",
        '{"a": ' + "[" * 900 + "]" * 900 + "}",
        '{"a": ' + "[" * 4000 + "]" * 4000 + "}",
        '{"a": ' * 1000 + "1" + "}" * 1000,
        '{"a": "' + "x" * 9000 + '"}',
        '{"a": "' + "\u20ac" * 3000 + '"}',
        "{" + ", ".join(f'"a{number}": 1' for number in range(21)) + "}",
    ],
    ids=range(7),
)
def test_a_payload_is_small_and_shallow(values: str) -> None:
    """One that is not is no payload of ours, and is refused before it can end the program."""
    with pytest.raises(NotAPayload):
        read_payload(f"/inform{values}")
    with pytest.raises(NotAPayload):
        Turn("1", "c", payload=f"/inform{values}")


def test_metadata_is_shallow() -> None:
    """It is copied, compared and written at every step of a turn."""
    deep: Any = 1
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(ValueError, match="too deep"):
        Turn("1", "c", text="a", metadata={"buyer_id": "b", "more": deep})
    Turn("1", "c", text="a", metadata={"buyer_id": "b", "more": [[[[[[[1]]]]]]]})
    while isinstance(deep, list):
        deep = deep[0]


@pytest.mark.parametrize(
    "parts",
    [
        {"id": "", "conversation": "c", "text": "a"},
        {"id": "1", "conversation": "", "text": "a"},
        {"id": "1", "conversation": "c"},
        {"id": "1", "conversation": "c", "text": "a", "payload": "/affirm"},
        {"id": "1", "conversation": "c", "payload": "affirm"},
    ],
)
def test_a_turn_whose_parts_do_not_fit_is_refused(parts: dict[str, str]) -> None:
    """A turn is text or a payload of somebody, and has a name."""
    with pytest.raises(ValueError, match=r"turn|payload"):
        Turn(**parts)
