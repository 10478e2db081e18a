"""What is noted of a claim, fact by fact and field by field, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from actions import words
from actions.claim_slots import LONGEST_STATEMENT_TOLD, RECORD_FIELDS, TOLD_FACTS, told
from actions.story import DAYS_TOLD
from buyer_protection.disputes import KeptClaim

SHOWN: Final = (*TOLD_FACTS, "evidence")

#: As much of a long statement as is shown; it is kept in full.
_BEGINNING: Final = 600


def noted(claim: KeptClaim, otherwise: Mapping[str, str] | None = None) -> str:
    """What is noted of a kept claim, one thing a line; empty where it is nothing.

    `otherwise` has words for a fact or field that was not told.
    """
    return _lines(claim.facts.to_dict(), {name: getattr(claim, name) for name in RECORD_FIELDS}, otherwise or {})


def noted_in(slots: Mapping[str, Any], statement: str) -> str:
    """The same of the claim that a conversation is about; `statement` is the buyer's own in full."""
    facts = {**told(slots), "evidence": slots.get("evidence"), **{name: slots.get(name) for name in DAYS_TOLD}}
    fields = {name: slots.get(name) or "" for name in RECORD_FIELDS} | {"statement": statement}
    return _lines(facts, fields, {})


def _lines(facts: Mapping[str, Any], fields: Mapping[str, str], otherwise: Mapping[str, str]) -> str:
    named = [name for name in (*SHOWN, *DAYS_TOLD) if facts.get(name) is not None]
    shown = {name: words.value_of(name, facts[name]) for name in named}
    shown |= {name: value for name, value in fields.items() if value}
    statement = fields.get("statement") or ""
    if len(statement) > LONGEST_STATEMENT_TOLD:
        beginning = statement[:_BEGINNING].rstrip()
        shown["statement"] = words.text("utter_value_beginning", beginning=beginning, length=f"{len(statement):,}")
    shown |= {name: value for name, value in otherwise.items() if name not in shown}
    return "\n".join(words.told(name, value) for name, value in shown.items())
