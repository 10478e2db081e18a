"""Carriers' tracking numbers in a message, known by their shape and their check digit.

The shapes are in carriers.yml. Check digits: S10 by the Universal Postal Union's standard of that name; GS1's modulo
10 with weights 3 and 1 (SSCC, USPS, FedEx of 15 digits); UPS's modulo 10 of its 1Z numbers; FedEx's weights 1, 3, 7
modulo 11; DHL Express's remainder by 7.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from language.wording import LONGEST, read_table

#: How far before a number the word may stand that names it, in letters.
_NEAR: Final = 40
_FEWEST: Final = 10
#: Figures below which no text can hold one of the shapes.
_FEWEST_FIGURES: Final = 8
_FIGURES: Final = "0123456789"
#: Letters and digits in groups, as people copy them from a label.
_CANDIDATE: Final = re.compile(r"(?<![\w/.,-])[A-Za-z0-9]+(?:[ -][A-Za-z0-9]+)*(?![\w/-]|[.,]\d)", re.ASCII)
_WORD: Final = re.compile(r"[a-z]+")


@dataclass(frozen=True)
class TrackingNumber:
    """A number in capitals without blanks, its place in the text, whose shape it has, and whether its check digit fits.

    `is_whole` is None where that shape has no check digit; False means that it was mistyped, or is something else.
    """

    number: str
    span: tuple[int, int]
    carrier: str
    is_whole: bool | None


@dataclass(frozen=True)
class _Carrier:
    name: str
    shape: re.Pattern[str]
    check: Callable[[str], bool] | None
    alone: bool


def read(text: str) -> list[TrackingNumber]:
    """The tracking numbers of a message, in its order.

    One of a shape that also other numbers have counts only where a word before it names it ("tracking", "DHL").
    """
    found: list[TrackingNumber] = []
    text = text[:LONGEST]
    if sum(map(text.count, _FIGURES)) < _FEWEST_FIGURES:
        return found
    for run in _CANDIDATE.finditer(text):
        # Words stand beside the number: each run of groups with figures in them is tried, the longest first.
        groups = [(m.start() + run.start(), m.end() + run.start()) for m in re.finditer(r"[A-Za-z0-9]+", run[0])]
        place = 0
        while place < len(groups):
            fits = _longest(text, groups, place)
            if fits is None:
                place += 1
            else:
                number, place = fits
                found.append(number)
    return found


def _longest(text: str, groups: list[tuple[int, int]], first: int) -> tuple[TrackingNumber, int] | None:
    start = groups[first][0]
    for last in range(min(len(groups), first + 8), first, -1):
        end = groups[last - 1][1]
        number = re.sub(r"[ -]", "", text[start:end]).upper()
        carrier = _carrier_of(number)
        if carrier is None:
            continue
        is_whole = carrier.check(number) if carrier.check else None
        if _is_named(text, start) or (carrier.alone and (is_whole is not False or not number.isdecimal())):
            return TrackingNumber(number, (start, end), carrier.name, is_whole), last
    return None


def _carrier_of(number: str) -> _Carrier | None:
    """Of several carriers whose shape it has, the one whose check digit fits."""
    if len(number) < _FEWEST:
        return None
    alike = [carrier for carrier in _carriers() if carrier.shape.fullmatch(number)]
    return next((carrier for carrier in alike if carrier.check and carrier.check(number)), alike[0] if alike else None)


def _is_named(text: str, start: int) -> bool:
    """Whether the nearest word before a number that names numbers says tracking, and not order."""
    before = _WORD.findall(text[max(0, start - _NEAR) : start].lower())
    naming = [word for word in before if word in _named_by() or word in ("order", "ordernumber")]
    return bool(naming) and naming[-1] in _named_by()


def _is_s10(number: str) -> bool:
    serial, told = number[2:10], int(number[10])
    rest = 11 - sum(int(figure) * weight for figure, weight in zip(serial, (8, 6, 4, 2, 3, 5, 9, 7), strict=True)) % 11
    return told == {10: 0, 11: 5}.get(rest, rest)


def _is_ups(number: str) -> bool:
    values = [int(char) if char.isdecimal() else (ord(char) - 63) % 10 for char in number[2:17]]
    total = sum(values[::2]) + 2 * sum(values[1::2])
    return number[17].isdecimal() and int(number[17]) == -total % 10


def _is_gs1(number: str) -> bool:
    figures = [int(figure) for figure in reversed(number[:-1])]
    return int(number[-1]) == -(3 * sum(figures[::2]) + sum(figures[1::2])) % 10


def _is_fedex(number: str) -> bool:
    weighed = sum(int(figure) * (1, 3, 7)[place % 3] for place, figure in enumerate(reversed(number[:-1])))
    return int(number[-1]) == weighed % 11 % 10


def _is_of_sevens(number: str) -> bool:
    return int(number[-1]) == int(number[:-1]) % 7


_CHECKS: Final[Mapping[str, Callable[[str], bool] | None]] = {
    "s10": _is_s10,
    "ups": _is_ups,
    "gs1": _is_gs1,
    "fedex": _is_fedex,
    "sevens": _is_of_sevens,
    "none": None,
}


@lru_cache(maxsize=1)
def _carriers() -> tuple[_Carrier, ...]:
    return tuple(
        _Carrier(entry["name"], re.compile(entry["shape"]), _CHECKS[entry["check"]], entry["alone"] == "true")
        for entry in read_table("carriers.yml")["carriers"]
    )


@lru_cache(maxsize=1)
def _named_by() -> frozenset[str]:
    return frozenset(read_table("carriers.yml")["named_by"])
