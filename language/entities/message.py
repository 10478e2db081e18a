"""A message as the finders of facts read it: as typed, and as even text with places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final, Literal

from language.entities.entity import Entity
from language.entities.places import Placed

Order = Literal["DMY", "MDY"]

#: Of one kind so many facts are told of a message; who has more of them writes a list that nobody reads.
MOST: Final = 30


@dataclass
class Told:
    """A message: `text` as typed, `even` its even text, the writer's day, and how they write numeric dates.

    `found` is what was found so far: later finders leave its places alone.
    """

    text: str
    even: Placed
    on: date
    order: Order | None = None
    found: list[Entity] = field(default_factory=list)

    @cached_property
    def has_figures(self) -> bool:
        """Whether there is any figure in it."""
        return any(char.isdecimal() for char in self.text)

    def sentence(self, at: int) -> tuple[int, int]:
        """From where to where the sentence goes in even text that holds a place."""
        words = self.even.text
        start = max(words.rfind(". ", 0, at), words.rfind("? ", 0, at))
        ends = [end for end in (words.find(". ", at), words.find("? ", at)) if end >= 0]
        return start + 2 if start >= 0 else 0, min(ends, default=len(words))

    def is_free(self, start: int, end: int, besides: Iterable[str] = ()) -> bool:
        """Whether nothing was found yet in a place of the typed text, but for entities of the names `besides`."""
        return not any(entity.overlaps(start, end) and entity.entity not in besides for entity in self.found)
