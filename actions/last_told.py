"""What the buyer told last, kept in the slot `told_last`: that is what "go back" and "I meant 55" are about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.replacing import CORRECTABLE, was_told


def last_told(slots: Mapping[str, Any]) -> tuple[str, ...]:
    """The facts told last that still stand; none where nothing was told in this conversation."""
    return tuple(name for name in slots.get("told_last") or () if was_told(slots, name))


def with_last_told(before: Mapping[str, Any], after: dict[str, Any], asked: str = "") -> dict[str, Any]:
    """The slots after a message with what it told as the last; of several facts the one that was asked for, if any."""
    told = [name for name in CORRECTABLE if was_told(after, name) and after.get(name) != before.get(name)]
    told += [name for name in after.get("cannot_tell") or () if name not in (before.get("cannot_tell") or ())]
    if not told:
        return after
    return {**after, "told_last": [asked] if asked in told else told}
