"""All facts of one message."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from language.entities.amounts import amounts
from language.entities.days import NOW, dated
from language.entities.entity import Entity
from language.entities.listing import said_by_listing
from language.entities.message import Order, Told
from language.entities.numbers import numbers
from language.entities.phrase_facts import told_in_phrases
from language.entities.places import placed, with_words
from language.entities.quantities import quantities
from language.entities.vocabulary import speller

#: What stands further back in a message is not read.
LONGEST: Final = 2000
#: A run without a gap that is longer is no word, and looking for facts in it takes long.
_LONGEST_RUN: Final = 100
_NO_WORD: Final = re.compile(rf"\S{{{_LONGEST_RUN + 1},}}")


def entities_in(text: str, on: date, order: Order | None = None) -> list[Entity]:
    """The facts in a message, in its order; several of one kind are all told.

    `on` is the writer's day, `order` how they write numeric dates where that is known. Raises for no text.
    """
    read = _NO_WORD.sub(lambda run: run[0][:_LONGEST_RUN] + " " * (len(run[0]) - _LONGEST_RUN), text[:LONGEST])
    even = placed(read)
    told = Told(read, with_words(even, speller().right(even.text)), on, order)
    told.found += numbers(told)
    told.found += amounts(told)
    told.found += dated(told)
    told.found += told_in_phrases(told)
    listing = said_by_listing(told)
    told.found = _apart(told.found, listing)
    told.found += quantities(told)
    facts = [entity for entity in told.found if entity.role != NOW]
    return sorted(facts, key=lambda entity: (entity.start, entity.end, entity.entity))


def _apart(found: list[Entity], listing: list[Entity]) -> list[Entity]:
    """What was found, without what one of the others says better.

    A problem inside what the listing or the carrier says is no problem; what a "listing" says is the carrier's word
    where it is one. Where the day of asking for the refund is told, that it was asked is told with it.
    """
    statuses = [entity for entity in found if entity.entity == "carrier_status"]
    said = [entity for entity in listing if not _overlapped(entity, statuses)]
    has_day = any(entity.entity == "date" and entity.role == "asked" for entity in found)
    kept = [
        entity
        for entity in found
        if not (entity.entity == "problem" and _overlapped(entity, [*statuses, *said]))
        and not (entity.entity == "refund_requested" and has_day and not entity.is_denied)
    ]
    return [*kept, *said]


def _overlapped(entity: Entity, others: list[Entity]) -> bool:
    return any(entity.overlaps(other.start, other.end) for other in others)
