"""Which rows of digits are numbers of payment cards.

The first digits name the issuer (ISO/IEC 7812-1), the last one checks the others (Luhn, its annex B). The register
itself is not public; the ranges and lengths are those that the networks publish, as collected in Wikipedia under
"Payment card number".
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

SHORTEST: Final = 12
LONGEST: Final = 19
#: Digits that name an issuer.
PREFIX: Final = 6
_DOUBLED: Final = {str(digit): sum(divmod(2 * digit, 10)) for digit in range(10)}


class _Range(NamedTuple):
    """Numbers from `first` to `last`; `usual` lengths tell them from other numbers, `rare` ones do not."""

    issuer: str
    first: str
    last: str
    usual: frozenset[int]
    rare: frozenset[int]


def _lengths(*lengths: int) -> frozenset[int]:
    return frozenset(lengths)


_ANY: Final = frozenset(range(SHORTEST, LONGEST + 1))
_LONG: Final = _lengths(16, 17, 18, 19)
_16: Final = _lengths(16)
_NONE: Final = frozenset[int]()

_RANGES: Final = (
    _Range("Visa", "4", "4", _lengths(16, 19), _lengths(13, 18)),
    _Range("Mastercard", "51", "55", _16, _NONE),
    _Range("Mastercard, 2-series", "2221", "2720", _16, _NONE),
    _Range("American Express", "34", "34", _lengths(15), _NONE),
    _Range("American Express", "37", "37", _lengths(15), _NONE),
    _Range("Discover", "6011", "6011", _16, _LONG),
    _Range("Discover", "644", "659", _16, _LONG),
    _Range("Diners Club", "300", "305", _lengths(14), _ANY - _lengths(12, 13)),
    _Range("Diners Club", "3095", "3095", _lengths(14), _ANY - _lengths(12, 13)),
    _Range("Diners Club", "36", "36", _lengths(14), _ANY - _lengths(12, 13)),
    _Range("Diners Club", "38", "39", _lengths(14), _ANY - _lengths(12, 13)),
    _Range("JCB", "3528", "3589", _16, _LONG),
    _Range("JCB, older", "1800", "1800", _NONE, _lengths(15)),
    _Range("JCB, older", "2131", "2131", _NONE, _lengths(15)),
    _Range("UnionPay", "62", "62", _LONG, _NONE),
    _Range("UnionPay", "810", "817", _NONE, _LONG),
    _Range("Maestro", "5018", "5018", _16, _ANY),
    _Range("Maestro", "5020", "5020", _16, _ANY),
    _Range("Maestro", "5038", "5038", _16, _ANY),
    _Range("Maestro", "5893", "5893", _16, _ANY),
    _Range("Maestro", "6304", "6304", _16, _ANY),
    _Range("Maestro", "6759", "6759", _16, _ANY),
    _Range("Maestro", "6761", "6763", _16, _ANY),
    _Range("Maestro, reserved", "50", "50", _NONE, _ANY),
    _Range("Maestro, reserved", "56", "69", _NONE, _ANY),
    _Range("Dankort", "5019", "5019", _16, _NONE),
    _Range("Mir", "2200", "2204", _16, _LONG),
    _Range("RuPay", "508500", "508999", _16, _NONE),
    _Range("RuPay", "606985", "607984", _16, _NONE),
    _Range("RuPay", "608001", "608500", _16, _NONE),
    _Range("RuPay", "81", "82", _NONE, _16),
    _Range("Verve", "506099", "506198", _16, _lengths(18, 19)),
    _Range("Verve", "507865", "507964", _16, _lengths(18, 19)),
    _Range("Troy", "9792", "9792", _NONE, _16),
    _Range("Uzcard", "8600", "8600", _NONE, _16),
    _Range("Humo", "9860", "9860", _NONE, _16),
    _Range("UATP", "1", "1", _NONE, _lengths(15)),
)


def is_card_number(digits: str, *, rare: bool = False) -> bool:
    """Whether digits (0-9 only) have an issuer, a length of that issuer, and the right check digit.

    `rare` counts lengths and ranges too that other numbers often share: only for digits that are said to be a card's.
    """
    return len(digits) in lengths(digits[:PREFIX], rare) and _checks(digits)


@lru_cache(maxsize=4096)
def lengths(prefix: str, rare: bool) -> frozenset[int]:
    """How long numbers are that begin with these digits; none where they name no issuer."""
    found = [one for one in _RANGES if one.first <= prefix[: len(one.first)] <= one.last]
    return _NONE.union(*(one.usual | one.rare if rare else one.usual for one in found))


def _checks(digits: str) -> bool:
    return (sum(map(int, digits[-1::-2])) + sum(map(_DOUBLED.__getitem__, digits[-2::-2]))) % 10 == 0
