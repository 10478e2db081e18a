"""Order numbers and tracking numbers, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from language import tracking_numbers
from language.entities.entity import Entity
from language.entities.message import MOST, Told
from language.wording import read_table

#: Figures, perhaps with letters before them, in groups as people copy them.
_RUN: Final = re.compile(
    r"(?<![\w.,/$\u20ac\u00a3\u00a5+-])#?"
    r"(?P<number>[A-Za-z]{0,4}-?\d[\dA-Za-z]*(?:[ -]\d[\dA-Za-z]*)*)(?![\w/%]|[.,:]\d|-\w)"
)
_DAY: Final = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}-\d{1,2}-(?:\d{2}|\d{4})")
_WORD: Final = re.compile(r"[a-z]+|#|\u2116")
#: How far before a number the word may stand that names it, in letters.
_NEAR: Final = 40
#: So many figures make a number an order number by itself, and so many where a word names it.
_BY_ITSELF: Final = range(9, 21)
_NAMED: Final = range(5, 25)
_FEWEST_FOR_TRACKING: Final = 7


def numbers(told: Told) -> list[Entity]:
    """The order and tracking numbers of a message; without blanks, tracking numbers in capitals."""
    if not told.has_figures:
        return []
    found = [
        Entity("tracking_number", *number.span, value=number.number) for number in tracking_numbers.read(told.text)
    ]
    for start, end in _runs(told.text):
        if len(found) >= MOST:
            break
        if any(entity.overlaps(start, end) for entity in found):
            continue
        entity = _kind(told.text[max(0, start - _NEAR) : start], told.text[start:end])
        if entity:
            value = re.sub(r"\s", "", told.text[start:end])
            found.append(Entity(entity, start, end, value=value.upper() if entity == "tracking_number" else value))
    return found


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """The runs of figures; one that is longer than any number, group by group."""
    for run in _RUN.finditer(text):
        start, end = run.span("number")
        if sum(char.isdecimal() for char in run["number"]) < _NAMED.stop:
            yield start, end
        else:
            yield from ((start + group.start(), start + group.end()) for group in re.finditer(r"\S+", run["number"]))


def _kind(before: str, number: str) -> str | None:
    """What a run of figures is, from the words shortly before it; the nearest that names something counts."""
    if _DAY.fullmatch(number):
        return None
    figures = sum(char.isdecimal() for char in number)
    if figures < _NAMED.start or figures >= _NAMED.stop:
        return None
    sentence = re.split(r"[!?\n]|\.\s+(?=[A-Z])", before)[-1].lower()
    near = _WORD.findall(sentence)
    for word in reversed(near):
        for entity, words in _naming().items():
            if word in words:
                if entity == "none":
                    return None
                return entity if entity != "tracking_number" or figures >= _FEWEST_FOR_TRACKING else None
    is_named = not _any_number().isdisjoint(near[-3:])
    is_plain = figures in _BY_ITSELF and not any(char.isalpha() for char in number)
    return "order_number" if is_named or is_plain else None


@lru_cache(maxsize=1)
def _any_number() -> frozenset[str]:
    return frozenset(read_table("entities/numbers.yml")["any_number"])


@lru_cache(maxsize=1)
def _naming() -> dict[str, frozenset[str]]:
    table = read_table("entities/numbers.yml")
    carriers = frozenset(read_table("carriers.yml")["named_by"])
    return {
        "order_number": frozenset(table["order_number"]),
        "tracking_number": frozenset(table["tracking_number"]) | carriers,
        "none": frozenset(table["neither"]),
    }
