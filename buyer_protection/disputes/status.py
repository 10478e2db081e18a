"""Where a dispute stands, and which moves are allowed from there."""

from __future__ import annotations

from typing import Final

OPENED: Final = "opened"
AWAITING_SUPPLIER: Final = "awaiting_supplier"
AWAITING_BUYER: Final = "awaiting_buyer"
UNDER_REVIEW: Final = "under_review"
DECIDED: Final = "decided"
WITHDRAWN: Final = "withdrawn"

#: From each status, the ones that may follow. Both sides can be asked as often as needed (MED-1);
#: a decision follows a review, and then nothing does (FIN-1); the buyer may withdraw until then.
MOVES: Final[dict[str, frozenset[str]]] = {
    OPENED: frozenset({AWAITING_SUPPLIER, AWAITING_BUYER, UNDER_REVIEW, WITHDRAWN}),
    AWAITING_SUPPLIER: frozenset({AWAITING_SUPPLIER, AWAITING_BUYER, UNDER_REVIEW, WITHDRAWN}),
    AWAITING_BUYER: frozenset({AWAITING_SUPPLIER, AWAITING_BUYER, UNDER_REVIEW, WITHDRAWN}),
    UNDER_REVIEW: frozenset({AWAITING_SUPPLIER, AWAITING_BUYER, DECIDED, WITHDRAWN}),
    DECIDED: frozenset(),
    WITHDRAWN: frozenset(),
}

STATUSES: Final = tuple(MOVES)

#: Statuses that nothing follows.
FINAL: Final = tuple(status for status, following in MOVES.items() if not following)

#: What a decision can say.
DECISIONS: Final = ("favour_of_buyer", "favour_of_supplier", "partial")

#: The two sides that staff can ask, and where a dispute then stands.
SIDES: Final = {"supplier": AWAITING_SUPPLIER, "buyer": AWAITING_BUYER}


def is_open(status: str) -> bool:
    """Whether something can still follow."""
    return bool(MOVES[status])


def may_move(status: str, to: str) -> bool:
    """Whether a dispute may go from one status to another."""
    return to in MOVES[status]
