"""Quantities with their part in the story: "20 ordered, 5 came, two of them broken"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any, Final

from language.counts import MOST as MOST_PIECES
from language.counts import NOT_A_COUNT, WRITTEN, number
from language.entities.cues import Place, Roles, roles
from language.entities.entity import Entity
from language.entities.message import MOST, Told
from language.entities.places import Placed
from language.wording import read_table

_FURTHEST: Final = 8
#: "one" is many things; it counts where its cue stands beside it, and a little further off where that is a fault.
_FURTHEST_ONE: Final = 1
_FURTHEST_FAULT: Final = 4
_FAULTS: Final = ("faulty", "missing")
_ONE: Final = "one"
_COUNTED: Final = "counted"
_PART_OF: Final = frozenset(
    ("of", "of the", "of my", "of these", "of those", "out of", "out of the", "from", "from the")
)
_FIGURE: Final = re.compile(r"(?<![^ ])\d{1,6}(?= )")


def quantities(told: Told) -> list[Entity]:
    """The quantities of a message whose part in the story is plain."""
    figures = _with_figures(told.even)
    found = list(islice(_numbers(told, figures), MOST))
    if not found:
        return []
    words = figures.text
    cues = _roles().cues(words)
    places = [place for place, _, _ in found]
    entities = []
    for place, value, kind in found:
        # "3 of the 6 are missing": what follows is said of the three.
        whole = next((other for other in places if words[place[1] : other[0]].strip() in _PART_OF), place)
        others = [other for other in places if other not in (place, whole)]
        role = _roles().role(words, (place[0], whole[1]), others, cues)
        if role and role[1] <= _furthest(kind, role[0]) and kind in (_ONE, _COUNTED, role[0]):
            entities.append(Entity("quantity", *figures.span(*place), role[0], value))
    return entities


def _furthest(kind: str, role: str) -> int:
    """How far from a number of a kind the cue of a role may stand."""
    if kind != _ONE:
        return _FURTHEST
    return _FURTHEST_FAULT if role in _FAULTS else _FURTHEST_ONE


def _numbers(told: Told, figures: Placed) -> Iterator[tuple[Place, int | None, str]]:
    """Each number that may count pieces, with its place in `figures`, and its kind: `one` for that word, `counted`,
    or for a word such as "pair" the only role that it can have."""
    table = _table()
    for found in (*_FIGURE.finditer(figures.text), *_word_pattern().finditer(figures.text)):
        start, end = figures.span(*found.span())
        after = figures.text[found.end() :].split(maxsplit=1)
        before = figures.text[: found.start()].split()[-1:]
        if not told.is_free(
            start, end, ("problem", "supplier_response", "listing", "carrier_status", "payment_method")
        ):
            continue
        if (after and after[0] in table["not_before"]) or (before and before[0] in table["not_after"]):
            continue
        said = found.group()
        if not said.isdecimal():
            word = table["words"][said]
            if before and before[0].isdecimal():
                # "2 pairs": the figure tells it.
                continue
            if table["not_near"].isdisjoint(figures.text[found.end() :].split(maxsplit=3)[:3]):
                yield found.span(), int(word["count"]) if word["count"] else None, word["role"] or _COUNTED
        elif int(said) <= MOST_PIECES:
            is_one = said == "1" and not told.text[start:end].isdecimal()
            yield found.span(), int(said), _ONE if is_one else _COUNTED


def _with_figures(even: Placed) -> Placed:
    """`language.counts.with_figures`, with places."""
    return even.sub(NOT_A_COUNT, lambda _: "some ").sub(WRITTEN, lambda found: str(number(found.group())))


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Any]:
    table = read_table("entities/quantities.yml")
    return {**table, **{name: frozenset(table[name]) for name in ("not_before", "not_after", "not_near")}}


@lru_cache(maxsize=1)
def _word_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<![^ ])(?:{'|'.join(map(re.escape, _table()['words']))})(?= )")


@lru_cache(maxsize=1)
def _roles() -> Roles:
    return roles(_table(), _FURTHEST)
