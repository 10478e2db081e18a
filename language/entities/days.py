"""Dates with their part in the story, from the grammar of `language.dates`."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from language import dates
from language.entities.cues import Place, Roles, roles
from language.entities.entity import Entity
from language.entities.message import MOST, Told
from language.wording import read_table

OTHER: Final = "other"
#: The role of the day of writing, which is no fact of the story and is left out in the end.
NOW: Final = "now"
_OUR_ROLES: Final = {"refund_requested": "asked"}
#: A period is told by so many of its days; the roles are of days, not of years.
_MOST_DAYS: Final = 31
_FURTHEST: Final = 13
#: Joins two dates of one role: "14 and 16 October", "the 3rd or the 4th".
_JOINED: Final = frozenset(
    (
        "and",
        "or",
        "and the",
        "or the",
        "and on",
        "or on",
        ", the",
        "and again",
        "and then",
        "or was it",
        "or maybe",
        "or was it the",
        "and again on",
        ", and again on",
        "then on",
        ", then on",
        "and then on",
        "and also on",
    )
)


def dated(told: Told) -> list[Entity]:
    """The dates of a message with their roles; `other` where no word near says which."""
    places: list[Place] = []
    readings = []
    for reading in dates.read(told.text, told.on, told.order):
        place = told.even.inside(*reading.span)
        if place is not None and told.is_free(*reading.span) and len(places) < MOST:
            places.append(place)
            readings.append(reading)
    if not readings:
        return []
    words = told.even.text
    cues = _roles().cues(words)
    found: list[Entity] = []
    end = 0
    for reading, place in zip(readings, places, strict=True):
        others = [other for other in places if other != place]
        near = [cue for cue in cues if not any(_overlap((cue.start, cue.end), other) for other in places)]
        own = _roles().role(words, place, others, near)
        theirs = _OUR_ROLES.get(reading.role or "", reading.role)
        role = own[0] if own else theirs
        if found and words[end : place[0]].strip() in _JOINED:
            role = found[-1].role
        end = place[1]
        found.append(Entity("date", *reading.span, role or OTHER, list(reading.candidates[:_MOST_DAYS])))
    return found


def _overlap(one: Place, other: Place) -> bool:
    return one[0] < other[1] and other[0] < one[1]


@lru_cache(maxsize=1)
def _roles() -> Roles:
    return roles(read_table("entities/days.yml"), _FURTHEST)
