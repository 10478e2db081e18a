"""The words of `data/responses/`, for pieces that actions put together: labels, values, reasons.

No words to buyers stand in Python; an action names a response, here or at the dispatcher.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from buyer_protection.responses import day as day_in_words
from buyer_protection.responses import exists, text

__all__ = ["day", "day_if_known", "exists", "lines", "shortened", "text", "told", "value_of"]


def shortened(value: str, most: int) -> str:
    """The value, or its first `most` letters with a sign that there is more."""
    return value if len(value) <= most else f"{value[:most].rstrip()}…"


def lines(responses: list[str], **values: Any) -> str:
    """The texts of several responses, one a line."""
    return "\n".join(text(response, **values) for response in responses)


def day(value: date | str) -> str:
    """A day for people to read, always with its weekday, so that a wrong one is noticed."""
    return day_in_words(date.fromisoformat(value) if isinstance(value, str) else value)


def day_if_known(value: date | None) -> str:
    """The same for a day that may be unknown: then there are no words."""
    return day(value) if value else ""


def told(name: str, value: str) -> str:
    """One line of a read-back or a summary: what a fact or field is called, and its value in words."""
    return text("utter_noted_line", label=text(f"utter_label_{name}"), value=value)


def value_of(fact: str, value: Any) -> str:
    """A fact's value in words: a choice by its own response, a day with weekday, a list joined."""
    if isinstance(value, bool):
        return text("utter_value_yes" if value else "utter_value_no")
    if isinstance(value, list):
        return ", ".join(value_of(fact, item) for item in value) or text("utter_value_none_of_these")
    if fact.endswith("_on"):
        return day(value)
    named = f"utter_value_{fact}_{value}"
    return text(named) if exists(named) else str(value).replace("_", " ")
