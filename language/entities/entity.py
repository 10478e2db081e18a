"""What a found fact looks like."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

#: What `Entity.entity` can be, with the roles of those that have some.
ROLES: Final[dict[str, tuple[str, ...]]] = {
    "date": ("ordered", "asked", "delivered", "due", "other"),
    "order_number": (),
    "tracking_number": (),
    "amount": ("paid", "refunded", "offered", "wanted"),
    "quantity": ("ordered", "arrived", "missing", "faulty"),
    "payment_method": (),
    "carrier_status": (),
    "supplier_response": (),
    "refund_requested": (),
    "problem": (),
    "listing": (),
}


@dataclass(frozen=True)
class Entity:
    """One fact of a message, from `start` to `end` in the text as it was typed.

    `role` is empty where the entity has none. `value`: for `date` the ISO days that may be meant, best first, at most
    31 (none for a day that does not exist); for `amount` `amount` (a decimal number as text) and `currency` (ISO 4217,
    `percent`, or empty where it is not said); for `quantity` a whole number, or None for one that is only words
    ("half"); for numbers the number without blanks; else one of the values of the table that it is from.
    `is_denied`: the message says that it is not so ("not broken").
    """

    entity: str
    start: int
    end: int
    role: str = ""
    value: Any = None
    is_denied: bool = False

    def overlaps(self, start: int, end: int) -> bool:
        """Whether it shares a character with a place."""
        return self.start < end and start < self.end
