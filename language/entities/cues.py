"""Which part in the story a date, an amount or a number has: told by the nearest word that says so.

A table of roles gives for each role its cues by where they stand: `right_before` (nothing between), `before`,
`right_after`, `after`, `either`. Nearness is counted in words; a comma, a word that parts ("but") and another date
(amount, number) in between each make it further.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from language.entities.longest import longest_of
from language.phrase_table import NOTHING, PhraseTable
from language.phrases import phrase
from language.wording import wording

_KINDS: Final = ("right_before", "before", "right_after", "after", "either")
_PER_BREAK: Final = 3
_PER_OTHER: Final = 4
#: What stands after is further than what stands before, most of all behind a comma: "on 3 March, two came".
_AFTER: Final = 1
_AFTER_BREAK: Final = 3
#: So many letters are further than any word that counts; the text between is not looked at.
_FURTHEST_LETTERS: Final = 120

Place = tuple[int, int]


@dataclass(frozen=True)
class Cue:
    """A word or more that gives a role, where it stands in even text, and on which side of it."""

    role: str
    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Roles:
    """The cues of a table; a cue further away than `furthest` is none."""

    table: PhraseTable
    furthest: int

    def cues(self, words: str) -> list[Cue]:
        """The cues in even text."""
        found = []
        for match in longest_of(self.table, words):
            role, kind = match.value.split("/")
            found.append(Cue(role, kind, match.start, match.end))
        return found

    def role(self, words: str, place: Place, others: Sequence[Place], cues: Iterable[Cue]) -> tuple[str, int] | None:
        """The role of what stands in a place, and how far away the cue is; None where none is near."""
        costs = ((self._cost(words, place, others, cue), cue.start - cue.end, cue.role) for cue in cues)
        near = [(cost, length, role) for cost, length, role in costs if cost is not None and cost <= self.furthest]
        if not near:
            return None
        # Of two that are as near the longer one says more.
        cost, _, role = min(near)
        return role, cost

    def _cost(self, words: str, place: Place, others: Sequence[Place], cue: Cue) -> int | None:
        if max(place[0] - cue.end, cue.start - place[1]) > _FURTHEST_LETTERS:
            return None
        if cue.end <= place[0]:
            between, side = words[cue.end : place[0]], 0
            if cue.kind in ("after", "right_after") or (cue.kind == "right_before" and between.strip()):
                return None
            held = (cue.end, place[0])
        elif cue.start >= place[1]:
            between, side = words[place[1] : cue.start], _AFTER
            if cue.kind in ("before", "right_before") or (cue.kind == "right_after" and between.strip()):
                return None
            held = (place[1], cue.start)
        else:
            return None
        if _ENDS.search(between):
            return None
        tokens = between.split()
        breaks = sum(token == "," or token in wording().breaks for token in tokens)
        passed = sum(held[0] <= other[0] < held[1] for other in others)
        return len(tokens) - breaks + _PER_BREAK * breaks * (_AFTER_BREAK if side else 1) + _PER_OTHER * passed + side


_ENDS: Final = re.compile(r"[.?] ")


def roles(entry: Mapping[str, Any], furthest: int) -> Roles:
    """The table of roles of a read file: `roles`, `nothing` and `sets`."""
    sets = entry.get("sets", {})
    texts = [
        (text, f"{role}/{kind}") for role, kinds in entry["roles"].items() for kind in kinds for text in kinds[kind]
    ]
    unknown = {kind for kinds in entry["roles"].values() for kind in kinds} - set(_KINDS)
    if unknown:
        raise ValueError(f"no place of a cue is called {', '.join(sorted(unknown))}")
    texts += [(text, NOTHING) for text in entry.get("nothing", ())]
    return Roles(PhraseTable(phrase(text, value, sets) for text, value in texts), furthest)
