"""What a message asks beside what it tells: answered in the same turn, as the same question alone would be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from rasa_sdk.executor import CollectingDispatcher

from actions.turn import Turn

_Act = Callable[[Turn, CollectingDispatcher], Any]

_ANSWERED_BY: Final[dict[str, _Act]] = {}


def answered_by(intent: str, act: _Act) -> None:
    """From now on a question with this intent is answered by `act`, which must change nothing of the conversation."""
    _ANSWERED_BY[intent] = act


def answer_asides(turn: Turn, dispatcher: CollectingDispatcher, *, but: str = "") -> None:
    """Answer each question of a turn's message that stands beside what it tells, except those with the intent `but`."""
    for aside in turn.asides:
        if aside.intent == but:
            continue
        if act := _ANSWERED_BY.get(aside.intent):
            act(replace(turn, text=aside.text, intent=aside.intent, asides=()), dispatcher)
