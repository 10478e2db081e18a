"""One thing that a buyer does: a turn as a transcript writes it, and what the walker knows of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

Facts = Mapping[str, tuple[Any, ...]]

#: Moves that do not try to answer: the open question may come back after them as often as they are made.
COME_BACK: Final = frozenset(
    {
        "aside", "again", "begin", "going on", "come back", "hello", "upload", "old button", "edit", "long text",
        "stop", "start over", "never mind", "correct", "correct by name", "other language",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Step:
    """`turn` is played by tests.conversations.replay; `move` names the kind of move.

    `tells` are the facts that it tells for sure, each with all values that could be meant, `may` what it can be read
    to tell beside. `answers` names the slot whose question it answers: it can be made only while that is open.
    """

    turn: Mapping[str, Any]
    move: str
    tells: Facts = field(default_factory=dict)
    may: Facts = field(default_factory=dict)
    answers: str | None = None

    @property
    def comes_back(self) -> bool:
        """Whether the open question may be asked again after this move however often that is."""
        return self.move in COME_BACK


def frozen(value: Any) -> Any:
    """A fact's value so that it can be compared: a list without order."""
    return tuple(sorted(value)) if isinstance(value, (list, tuple)) else value
