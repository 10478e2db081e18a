"""What it can cost that a buyer does not tell a fact: the warnings of the policy that come with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions import words
from actions.keeping import assessed
from actions.turn import Turn
from buyer_protection.policy import why


def costs_of_not_telling(fact: str, turn: Turn, slots: Mapping[str, Any]) -> str:
    """One line for each clause that the untold fact could still bring, in words; empty where it brings none."""
    lines = []
    for reason in why(assessed(turn, slots)):
        if reason.part == "warnings" and fact in reason.facts:
            untold = f"utter_warning_{reason.clause}_untold"
            lines.append(untold if words.exists(untold) else f"utter_warning_{reason.clause}")
    return words.lines(list(dict.fromkeys(lines)), waiting_days=waiting_days(turn, slots))


def waiting_days(turn: Turn, slots: Mapping[str, Any]) -> str:
    """The days that must pass after a refund request, as the edition that judges the claim has them."""
    return str(assessed(turn, slots).case.edition.waiting_days)
