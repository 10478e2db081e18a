"""Buyers whom nobody has vouched for yet: they write from a messenger that is not linked to an account.

They may ask and be assessed, and what they tell is kept; a dispute is opened for a known buyer only.
"""

from __future__ import annotations

from typing import Final

#: How the id of such a buyer begins; no account's id does.
UNLINKED: Final = "unlinked:"


def is_unlinked(buyer_id: str) -> bool:
    """Whether this id stands for somebody who is not linked to an account."""
    return buyer_id.startswith(UNLINKED)
