"""A whole message that names a kind of claim, where another question is open: "no, it is a fake"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from actions import words
from actions.reading import Reading
from actions.reading_answers import is_asked_once_more, read_answer
from actions.reading_corrections import read_corrections, read_marked, read_sure_correction
from actions.reading_corrections_of_kind import read_another_kind
from actions.reading_volunteered import read_volunteered
from actions.replacing import FREE_TEXT
from actions.turn import Turn
from language.corrections import as_meant
from language.kinds import kind_named

#: Questions that such a message is an answer to, whatever it names.
_ANSWERED_BY_IT: Final = ("claim_type", "statement")


def read_kind_named(slot: str, turn: Turn, slots: Mapping[str, Any]) -> Reading:
    """The kind put right or asked again, or that it is noted; empty where the message answers the open question.

    The "no" before it is no answer to that question.
    """
    kind, known = kind_named(turn.text), slots.get("claim_type")
    which = (slots.get("correcting") or {}).get("choices") or ()
    if None in (kind, known) or slot in _ANSWERED_BY_IT or is_asked_once_more(slot, slots) or "claim_type" in which:
        return Reading()
    meant = as_meant(turn.text)
    if slot not in FREE_TEXT and not read_answer(slot, replace(turn, text=meant), slots)[0].is_empty:
        return Reading()
    if kind != known:
        for corrected in (read_sure_correction(turn, slots), read_marked(turn, slots)):
            if corrected.changes.keys() == {"claim_type"}:
                return corrected
        return read_another_kind(turn, slots)
    is_marked = len(meant.split()) < len(turn.text.split())
    tells_more = not read_corrections(turn, slots, slot).is_empty or not read_volunteered(turn, slots).is_empty
    if tells_more and not is_marked:
        return Reading()
    return Reading().say("utter_kind_noted", kind=words.value_of("claim_type", kind))
