"""Amounts of money with their part in the story: paid, refunded, offered or wanted."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from language.entities.cues import Roles, roles
from language.entities.entity import Entity
from language.entities.message import MOST, Told
from language.entities.money import PERCENT, read, table

PAID: Final = "paid"
#: Postage and the like, which is no fact of a claim.
BESIDE: Final = "beside"
_FURTHEST: Final = 8


def amounts(told: Told) -> list[Entity]:
    """The amounts of a message that are not part of something else that was found."""
    found = [each for each in read(told.text) if told.is_free(each.start, each.end)][:MOST]
    if not found:
        return []
    places = [place for each in found if (place := told.even.inside(each.start, each.end))]
    if len(places) != len(found):
        return []
    words = told.even.text
    cues = _roles().cues(words)
    entities = []
    for each, place in zip(found, places, strict=True):
        others = [other for other in places if other != place]
        role = _roles().role(words, place, others, cues)
        if role is None and each.currency == PERCENT:
            # "100 % cotton".
            continue
        if role and role[0] == BESIDE:
            continue
        named = PAID if each.of_all else role[0] if role else PAID
        value = {"amount": each.amount, "currency": each.currency}
        entities.append(Entity("amount", each.start, each.end, named, value))
    return entities


@lru_cache(maxsize=1)
def _roles() -> Roles:
    return roles(table(), _FURTHEST)
