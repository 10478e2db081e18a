"""The days of a story by their part in it: when it was ordered, came, was due, and when a refund was asked for.

A day is told where its part is plain and it can be one day only. When in doubt it is left out, and asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from language.entities import Entity, entities_in

ORDERED: Final = "ordered_on"
DELIVERED: Final = "delivered_on"
REQUESTED: Final = "refund_requested_on"
DUE: Final = "delivery_due_on"

_NAMES: Final = {"ordered": ORDERED, "delivered": DELIVERED, "asked": REQUESTED, "due": DUE}
#: What has happened cannot lie ahead.
_HAPPENED: Final = (ORDERED, DELIVERED, REQUESTED)
#: Words that must stand shortly before a day, or it is not taken for that part: in stories these are easily mixed up.
#: Those of asking may also stand behind it.
_NEEDS: Final = {
    DELIVERED: re.compile(r"\b(?:arrived?|came|come|delivered|received|got|turned up|reached|here)\b", re.IGNORECASE),
    # Who wants the money back "right now" has not asked the seller for it on this day.
    REQUESTED: re.compile(
        r"\b(?:ask\w*|request\w*|wrote|written|contacted|messaged|e-?mailed|mailed|told|complained|demanded|claimed|applied"
        r"|filed|opened|submitted|sent|reported|put in|reached out|called)\b",
        re.IGNORECASE,
    ),
    DUE: re.compile(
        r"\b(?:by|until|till|due|latest|deadline|before|ends?|ended|supposed|promised|expected|estimated|eta|guaranteed)\b",
        re.IGNORECASE,
    ),
}
#: A parcel that did not come did not come on that day, and one that should come has not; what the carrier says of a day
#: is the carrier's word, and a place on the way is not the buyer's.
_NOT_COME: Final = re.compile(
    r"\b(?:never|not|no|nothing|should|supposed|due|promised|would|will|until|by|before|says?|said|shows?"
    r"|e?-?mail|sms|message|notification|tracking|according"
    r"|(?:arrived|landed) (?:in|at) (?:the |a )?(?:hub|depot|warehouse|customs|airport|country|sorting|facility"
    r"|germany|france|spain|italy|poland|uk|usa|us|england|canada|australia|china|netherlands|belgium|ireland|turkey))\b"
    r"|n['\u2019]?t\b",
    re.IGNORECASE,
)
_BEFORE: Final = 45
_END_OF_SENTENCE: Final = re.compile(r"[.?!\n]\s")
_ASKS: Final = re.compile(r"[^.!?\n]*\?")
#: Of a day without its year the nearest is meant, where the two are so far apart.
_APART: Final = timedelta(days=180)


def story_days(text: str, on: date) -> dict[str, str]:
    """The days that a message tells, as ISO strings by the names above; `on` is the writer's day.

    Of one part that is told with two different days, none.
    """
    told: dict[str, set[str]] = {}
    for entity in entities_in(text, on):
        name = _NAMES.get(entity.role) if entity.entity == "date" else None
        if name and not entity.is_denied and not _ASKS.match(text, entity.end) and _is_plain(name, text, entity):
            told.setdefault(name, set()).add(_one_of(name, entity.value, on))
    days = {name: next(iter(found)) for name, found in told.items() if len(found) == 1}
    return _in_order({name: day for name, day in days.items() if day})


def _is_plain(name: str, text: str, entity: Entity) -> bool:
    before = _END_OF_SENTENCE.split(text[max(0, entity.start - _BEFORE) : entity.start])[-1]
    needs = _NEEDS.get(name)
    behind = _END_OF_SENTENCE.split(text[entity.end :])[0] if name == REQUESTED else ""
    if needs is not None and not needs.search(f"{before} {behind}"):
        return False
    return name != DELIVERED or not _NOT_COME.search(before)


def _one_of(name: str, candidates: Iterable[str], on: date) -> str:
    """The one day that can be meant, or nothing."""
    days = [date.fromisoformat(candidate) for candidate in candidates]
    if name in _HAPPENED:
        days = [day for day in days if day <= on]
    elif len(days) == 2 and abs(days[0] - days[1]) > _APART:
        days = [min(days, key=lambda day: abs(day - on))]
    return days[0].isoformat() if len(days) == 1 else ""


def _in_order(days: dict[str, str]) -> dict[str, str]:
    """The days without those that cannot stand beside the day of the order: one of them was read wrongly."""
    ordered = days.get(ORDERED)
    if ordered and any(day < ordered for day in days.values()):
        return {name: day for name, day in days.items() if day >= ordered and name != ORDERED}
    return days
