"""Values come out of words exactly as they went in, and words that lack one are not said."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker

from tests.turns.conftest import Run
from turns.words import NoWords, Words, fill

RESPONSES = """
version: "3.1"
responses:
  utter_opened:
    - text: "The dispute for {item} ({order_id}) is open. {{item}} { }"
      custom: {kind: dispute, item: "{item}", days: "{days}", note: "about {item}", list: ["{item}"]}
      buttons:
        - {title: "Keep {item}", payload: "/keep"}
  utter_again:
    - text: one
    - text: two
"""


@pytest.fixture(scope="module")
def words() -> Words:
    """The words above."""
    return Words(domain=Domain.from_yaml(RESPONSES))


@given(st.text(), st.text())
@example("{order_id}", "{item}")
@example("0[", "{0[item]}")
@example("{item!r:>99999999}", "{item.__class__}")
def test_a_value_is_shown_as_it_is(item: str, order: str) -> None:
    """Whatever it looks like: it is put in once and never read as a template."""
    assert fill("{item} of {order_id}", {"item": item, "order_id": order}, "utter_x") == f"{item} of {order}"


def test_every_part_of_a_message_is_filled(words: Words) -> None:
    """Text, buttons and custom; in custom a value that stands alone keeps its type, and odd braces stay."""
    said = words.generate_from_slots("utter_opened", {"item": "a {cup}", "order_id": "7"}, "", days=10)

    assert said["text"] == "The dispute for a {cup} (7) is open. {a {cup}} { }"
    assert said["custom"] == {
        "kind": "dispute",
        "item": "a {cup}",
        "days": 10,
        "note": "about a {cup}",
        "list": ["a {cup}"],
    }
    assert said["buttons"] == [{"title": "Keep a {cup}", "payload": "/keep"}]


def test_what_is_passed_goes_before_slots(words: Words) -> None:
    """But nothing passed is no value."""
    said = words.generate_from_slots(
        "utter_opened", {"item": "slot", "order_id": "slot"}, "", item="now", order_id=None, days=1
    )

    assert "now (slot)" in said["text"]


@pytest.mark.parametrize("values", [{}, {"item": None}, {"item": True}, {"item": ["a"]}, {"item": {"a": 1}}])
def test_words_without_their_value_are_not_said(values: dict[str, Any]) -> None:
    """Not with a hole, not as a template, not as code."""
    with pytest.raises(NoWords, match="item"):
        fill("The {item}", values, "utter_x")


def test_words_that_do_not_exist_are_an_error(words: Words) -> None:
    """Rasa would say nothing and go on."""
    with pytest.raises(NoWords, match="utter_nothing"):
        words.generate_from_slots("utter_nothing", {}, "")


def test_ways_to_say_the_same_take_turns(words: Words, run: Run[Any]) -> None:
    """The first time the first way: what is said depends on the conversation, not on luck."""
    tracker = DialogueStateTracker("c", [])
    heard = []
    for _ in range(3):
        said = run(words.generate("utter_again", tracker, ""))
        heard.append(said["text"])
        tracker.update(BotUttered(said["text"], metadata={"utter_action": "utter_again"}))

    assert heard == ["one", "two", "one"]
