"""Defects planted through a real switch: other words for a response, an action or a write that does otherwise."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from actions.wiring import engine
from buyer_protection.disputes import all_claims
from buyer_protection.policy import edition
from tests.conversations.stage import assistant

Plant = Callable[[pytest.MonkeyPatch], None]


def say(response: str, text: Callable[[str], str]) -> Plant:
    """Other words for a response, in the model that runs."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        responses = assistant().agent.nlg.responses
        changed = deepcopy(responses[response])
        for variant in changed:
            variant["text"] = text(variant["text"])
        patch.setitem(responses, response, changed)

    return plant


def act(where: Any, name: str, does: Callable[..., Any]) -> Plant:
    """Something that an action uses does this instead; it gets what stood there first."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        before = getattr(where, name)
        patch.setattr(where, name, lambda *args, **kwargs: does(before, *args, **kwargs))

    return plant


def fail(*_: Any, **__: Any) -> Any:
    """What a part does that is broken."""
    raise ValueError("planted")


def dawdle(patch: pytest.MonkeyPatch) -> None:
    """Before it listens again the assistant does something superfluous, some times over."""
    processor = assistant().agent.processor
    next_action = processor.predict_next_with_tracker_if_should
    waiting: list[Any] = []

    def thank_first(tracker: Any) -> Any:
        if not waiting:
            found = next_action(tracker)
            if found[0].name() != "action_listen":
                return found
            superfluous = (processor._get_action("utter_thank"), found[1])
            waiting.extend([found, *[superfluous] * 6])
        return waiting.pop()

    patch.setattr(processor, "predict_next_with_tracker_if_should", thank_first)


def change_disputes(before: Callable[..., Any], self: Any, turn: Any, dispatcher: Any) -> Any:
    """The status is told, and the wish in the record is another one afterwards."""
    with engine().begin() as connection:
        connection.execute(sa.text("UPDATE disputes SET wish = 'something else'"))
    return before(self, turn, dispatcher)


def shorter_waiting(patch: pytest.MonkeyPatch) -> None:
    """An edition of one day."""
    shipped = tuple(replace(each, waiting_days=1) for each in edition.shipped_editions())
    patch.setattr(edition, "shipped_editions", lambda: shipped)


def take_for_unknown(before: Callable[..., Any], slots: Any, changes: Any) -> Any:
    """An answer is taken for one that tells nothing."""
    settled = before(slots, changes)
    if changes.get("paid_through_escrow"):
        settled |= {"paid_through_escrow": None, "cannot_tell": ["paid_through_escrow"]}
    return settled


def change(before: Callable[..., Any], slots: Any) -> Any:
    """A fact is written with another value once the item is known."""
    facts = before(slots)
    return {**facts, "supplier_response": "agreed"} if slots.get("item") is not None else facts


def add(before: Callable[..., Any], slots: Any) -> Any:
    """A fact is written that nobody told."""
    return {**before(slots), "supplier_asked_offsite_payment": True}


def ask_for_ever(_: Callable[..., Any], question: str | None, *__: Any, **___: Any) -> Any:
    """The same question comes however often it was asked."""
    return question


def another_outcome(before: Callable[..., Any], claim: Any) -> Any:
    """The machine-readable side names another outcome."""
    return {**before(claim), "outcome": "eligible" if claim.assessment.outcome != "eligible" else "wait"}


def add_twice(before: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """What is written once is written twice."""
    before(*args, **kwargs)
    before(*args, **kwargs)


def only_thanks(_: Callable[..., Any], self: Any, turn: Any, dispatcher: Any) -> Any:
    """Something is said in place of the question."""
    dispatcher.utter_message(response="utter_thank")
    return []


def of_everybody(_: Callable[..., Any], engine: Engine, *, buyer_id: str, now: datetime) -> Any:
    """The claims of all buyers, whoever asks."""
    return all_claims(engine, now=now)


def say_otherwise(before: Callable[..., Any], name: str, value: str) -> str:
    """A line of what was noted holds another value."""
    return str(before(name, f"not {value}"))


def hide_a_line(before: Callable[..., Any], *told: Any) -> str:
    """The summary leaves out its first line."""
    return str(before(*told)).partition("\n")[2]
