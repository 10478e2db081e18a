"""How much of what a buyer typed is kept, and how much of it is read."""

from __future__ import annotations

from typing import Final

from buyer_protection import typed_text
from buyer_protection.typed_text import LONGEST_READ

#: Characters that are kept of one message, as a statement in the buyer's own words.
LONGEST_KEPT: Final = 20_000


def clean(text: str) -> str:
    """Typed text as it may be kept: see `buyer_protection.typed_text.clean`. At most `LONGEST_KEPT` characters."""
    return typed_text.clean(text, LONGEST_KEPT)


def is_too_long(text: str) -> bool:
    """Whether cleaned text is kept and not run as a turn; a shorter one is asked for."""
    return len(text) > LONGEST_READ
