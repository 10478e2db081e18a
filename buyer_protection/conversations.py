"""Which conversation is whose: it follows from the buyer's id, and from nothing that a page or a channel names."""

from __future__ import annotations

import hashlib
from typing import Final

PREFIX: Final = "b-"
DIGITS: Final = 40


def conversation_of(buyer_id: str) -> str:
    """The id of a buyer's conversation: the same on every channel, and it does not show who the buyer is."""
    return PREFIX + hashlib.sha256(buyer_id.encode()).hexdigest()[:DIGITS]
