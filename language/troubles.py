"""Several troubles in one message: two orders, or two things wrong with one, taken apart so that none is lost.

In doubt it is one trouble: the whole message is its story, and nothing of it is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Final

from language.entities import Entity, entities_in

#: Where one trouble may end and the next begin.
_BREAK: Final = re.compile(r"(?:[.!?;,\n]+(?=\s|$)|\s[-\u2013\u2014]\s|\s(?=(?:and|but|plus|while|whereas)\s))")
#: Words that name an order beside the one spoken of so far.
_ANOTHER_ORDER: Final = re.compile(
    r"\b(?:another|an other|other|different|second|separate|one more|next)\s+"
    r"(?:order|parcel|package|purchase|delivery|shipment)\b"
    r"|\b(?:i|we)(?:'ve| have)?\s+(?:also|additionally)\s+(?:ordered|bought|purchased)\b",
    re.IGNORECASE,
)
#: What the seller sent in place of something is part of the story of the same order.
_SENT_BY_THE_SELLER: Final = re.compile(
    r"\b(?:seller|supplier|shop|vendor|he|she|they)\b(?:\W+\w+){0,3}?\W+(?:sent|sends?|shipped|ships?|promised|offered)\b"
    r"|\b(?:replacement|resent|reshipped)\b",
    re.IGNORECASE,
)
#: What holds for each of several orders: "I paid both with PayPal".
_OF_EACH: Final = re.compile(r"\b(?:both|each|all of them|all orders)\b", re.IGNORECASE)
#: Words that add a second thing to a first.
_ADDS: Final = re.compile(
    r"\b(?:also|too|as well|plus|besides|on top of (?:that|it|this)|in addition|additionally|secondly)\b",
    re.IGNORECASE,
)
_TWO: Final = re.compile(r"\b(?:two|2|several) (?:problems|things|issues|faults|complaints)\b", re.IGNORECASE)
#: Without any of these a message is not looked at closely: two long numbers, another order, something added.
_MAY_BE_SEVERAL: Final = re.compile(
    rf"\d{{4,}}.*\d{{4,}}|{_ANOTHER_ORDER.pattern}|{_ADDS.pattern}|{_TWO.pattern}", re.IGNORECASE | re.DOTALL
)
#: Things that can be wrong beside one another with the same order; the others are one story told in several words.
_BESIDE: Final = frozenset({"broken", "missing_parts", "counterfeit"})
#: "Orders 8012345678 and 8012345679 never came": so few words around a number say nothing else.
_NO_STORY: Final = 4


@dataclass(frozen=True)
class Trouble:
    """One thing that went wrong: `kind` is a claim type, `order_id` as it was typed or empty, `text` its own words."""

    kind: str
    order_id: str
    text: str


@dataclass
class _Group:
    """Clauses that speak of the same order and the same thing wrong with it."""

    clauses: list[str] = field(default_factory=list)
    kind: str = ""
    order_id: str = ""
    is_of_another_order: bool = False

    @property
    def text(self) -> str:
        """All that it says."""
        return " ".join(self.clauses)


def troubles_in(text: str, on: date) -> tuple[Trouble, ...]:
    """The troubles of a message in its order, where there are two or more; else nothing.

    `on` is the writer's day.
    """
    if not _MAY_BE_SEVERAL.search(text):
        return ()
    entities = [entity for entity in entities_in(text, on) if entity.entity in ("problem", "order_number")]
    groups = _with_kinds(_told_apart(_grouped(text, entities)))
    if len(groups) < 2:
        return ()
    shared = [clause for group in groups for clause in group.clauses if _OF_EACH.search(clause)]
    return tuple(Trouble(group.kind, group.order_id, _words(group, shared)) for group in groups)


def _words(group: _Group, shared: list[str]) -> str:
    return " ".join([*group.clauses, *(clause for clause in shared if clause not in group.clauses)])


def _grouped(text: str, entities: Iterable[Entity]) -> list[_Group]:
    groups = [_Group()]
    for start, end in _clauses(text):
        clause = text[start:end]
        inside = [entity for entity in entities if start <= entity.start < end and not entity.is_denied]
        cue = _ANOTHER_ORDER.search(clause)
        kinds = [entity for entity in inside if entity.entity == "problem"]
        kind = next((str(entity.value) for entity in kinds if not _is_inside(entity, start, cue)), "")
        order_id = next((str(entity.value) for entity in inside if entity.entity == "order_number"), "")
        another = cue is not None and not _SENT_BY_THE_SELLER.search(clause)
        now = groups[-1]
        if _begins_another(now, kind, order_id, another):
            now = _Group()
            groups.append(now)
        now.clauses.append(clause.strip())
        now.kind = now.kind or kind
        now.order_id = now.order_id or order_id
        now.is_of_another_order = now.is_of_another_order or another
    return groups


def _is_inside(entity: Entity, start: int, cue: re.Match[str] | None) -> bool:
    """Whether a word of the cue was taken for a problem: the "other order" is no other one than ordered."""
    return cue is not None and entity.overlaps(start + cue.start(), start + cue.end())


def _clauses(text: str) -> Iterable[tuple[int, int]]:
    start = 0
    for found in _BREAK.finditer(text):
        yield start, found.end()
        start = found.end()
    if start < len(text):
        yield start, len(text)


def _begins_another(now: _Group, kind: str, order_id: str, another: bool) -> bool:
    if not now.kind and not now.order_id:
        return False
    if another and not now.is_of_another_order:
        return True
    if order_id and now.order_id and order_id != now.order_id:
        return True
    return bool(kind and now.kind and kind != now.kind)


def _told_apart(groups: list[_Group]) -> list[_Group]:
    """The groups, those put back to the one before that may be the same trouble in other words."""
    apart: list[_Group] = []
    for group in groups:
        before = apart[-1] if apart else None
        if before is not None and not _is_apart(before, group):
            before.clauses += group.clauses
            before.kind = before.kind or group.kind
            before.order_id = before.order_id or group.order_id
        else:
            apart.append(group)
    return apart


def _is_apart(before: _Group, group: _Group) -> bool:
    if group.is_of_another_order and group.kind:
        return True
    if group.order_id and before.order_id and group.order_id != before.order_id:
        return True
    return {before.kind, group.kind} <= _BESIDE and before.kind != group.kind and _adds(before, group)


def _adds(before: _Group, group: _Group) -> bool:
    return _ADDS.search(group.text) is not None or _TWO.search(before.text) is not None


def _with_kinds(groups: list[_Group]) -> list[_Group]:
    """The groups that tell of a trouble; a bare number shares what is said of the next: "orders 1 and 2 never came"."""
    for group, after in pairwise(groups):
        if group.order_id and not group.kind and len(group.text.split()) <= _NO_STORY:
            group.kind = after.kind
    return [group for group in groups if group.kind]
