"""How many: "3", "a couple of", "two or three", "about ten", "more than a"."""

from __future__ import annotations

from typing import NamedTuple

from language.dates.number_words import cardinal
from language.dates.scan import Scan

#: Nobody counts further back than this; more digits are an order number.
_MOST = 9999
_OR_SO = 2
_AND_A_HALF = ("and a half", ". 5", ", 5", "1 / 2", "and 1 / 2", "\u00bd")
VAGUE = {"couple": (2, 2, 3), "few": (2, 3, 5), "several": (3, 4, 8), "dozen": (12, 12, 12)}


class Quantity(NamedTuple):
    """From how many to how many, and which is meant first; `end` is the place after the words."""

    least: int
    likely: int
    most: int
    end: int
    half: bool = False
    """Half a unit more than what is said."""


def quantity(scan: Scan, at: int) -> Quantity | None:
    """The number, or the numbers between which it lies."""
    start = scan.skip(at, "a", "the") if scan.text(at + 1) in VAGUE else at
    if scan.text(start) in VAGUE:
        least, likely, most = VAGUE[scan.text(start)]
        return Quantity(least, likely, most, scan.skip(start + 1, "of", "a"))
    if scan.text(at) == "half":
        return Quantity(0, 0, 0, scan.skip(at + 1, "a", "an"), half=True)
    found = cardinal(scan.tokens, at) or ((1, at + 1) if scan.text(at) in ("a", "an") else None)
    if found is None or found[0] > _MOST:
        return None
    number, end = found
    if scan.text(end) == "dozen":
        number, end = number * VAGUE["dozen"][0], end + 1
    if scan.text(end) in ("or", "to", "-", "/", ",") or (scan.text(end) == "and" and scan.text(at - 1) == "between"):
        other = cardinal(scan.tokens, end + 1)
        if other and number < other[0] <= _MOST:
            return Quantity(number, number, other[0], other[1])
    or_so = scan.after(end, "or so")
    if or_so:
        return Quantity(max(number - _OR_SO, 0), number, number + _OR_SO, or_so)
    for half in _AND_A_HALF:
        half_end = scan.after(end, half)
        if half_end:
            return Quantity(number, number, number, half_end, half=True)
    return Quantity(number, number, number, end)
