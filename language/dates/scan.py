"""What the grammar of dates reads from (`Scan`) and what it finds (`Meaning`).

A rule of the grammar is a function `rule(scan, at)`: it looks at the tokens from the place `at` on and returns what
they mean, or None. It never looks at a clock: the day that counts as today is in the scan.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from language.dates.calendar_days import Days
from language.dates.tokens import Token

Kind = Literal["date", "day_of_month", "weekday", "relative", "month", "period", "this_or_last", "beside_the_told"]

#: Rules that take other dates in ("the week of 3 May") go no deeper than this, so that no text can make them slow.
_DEEPEST = 2


class Meaning(NamedTuple):
    """What some tokens mean: alternatives, best first; none where there is no such day."""

    end: int
    spans: tuple[Days, ...]
    kind: Kind
    value: int = 0
    """The weekday, the day of the month or the month, for these three kinds."""
    floats: bool = False
    """Whether the year or more was left out, so that another day to count from gives another reading."""

    def until(self, end: int) -> Meaning:
        """The same, ending at another place."""
        return self._replace(end=end)


Rule = Callable[["Scan", int], "Meaning | None"]


@dataclass(frozen=True)
class Scan:
    """The tokens of a message, and from where and in which direction to read them."""

    tokens: Sequence[Token]
    texts: Mapping[int, str]
    """The tokens' words by their places."""
    on: int
    order: str | None
    expression: Rule
    """The whole grammar, for rules that take another date in."""
    ahead: bool = False
    """Read what floats as the next such day, not as the last one."""
    depth: int = 0

    def text(self, at: int) -> str:
        """The token at a place in the grammar's spelling, empty outside the message."""
        return self.texts.get(at, "")

    def raw(self, at: int) -> str:
        """The token at a place as it was written."""
        return self.tokens[at].raw if 0 <= at < len(self.tokens) else ""

    def kind(self, at: int) -> str:
        """`word`, `number`, `mark`, or empty outside the message."""
        return self.tokens[at].kind if 0 <= at < len(self.tokens) else ""

    def glued(self, at: int) -> bool:
        """Whether nothing stands between the token at a place and the one before it."""
        return 0 < at < len(self.tokens) and self.tokens[at].start == self.tokens[at - 1].end

    def skip(self, at: int, *texts: str) -> int:
        """The place after the token there if it is one of these, else the place itself."""
        return at + 1 if self.text(at) in texts else at

    def after(self, at: int, phrase: str) -> int | None:
        """The place after these words, if they stand there."""
        if not phrase.startswith(self.text(at)):
            return None
        words = phrase.split()
        return at + len(words) if all(self.text(at + n) == word for n, word in enumerate(words)) else None

    def number(self, at: int, digits: int) -> int | None:
        """The number there if it has at most so many digits."""
        token = self.tokens[at] if 0 <= at < len(self.tokens) else None
        return int(token.text) if token and token.kind == "number" and len(token.text) <= digits else None

    def seen_from(self, on: int) -> Scan:
        """The same message read on another day, backwards."""
        return replace(self, on=on, ahead=False)

    def looking_ahead(self) -> Scan:
        """The same message, what floats read as the next such day."""
        return replace(self, ahead=True)

    def inner(self, at: int) -> Meaning | None:
        """The date that stands at a place inside another one."""
        return self.expression(replace(self, depth=self.depth + 1), at) if self.depth < _DEEPEST else None
