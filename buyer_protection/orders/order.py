"""One order as the shop's record shows it, checked as it comes in: a value that cannot be is refused, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from buyer_protection.disputes import fields
from buyer_protection.policy import payment_methods
from buyer_protection.policy.vocabulary import CHOICES

MOST_ITEMS: Final = 100
_DAYS: Final = ("ordered_on", "delivery_due_on", "delivered_on")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NOT_IN_A_NUMBER: Final = re.compile(r"[^0-9A-Z]")


class OrderError(ValueError):
    """An order that cannot be: the message begins with the field's name and says what is expected, never what came."""


@dataclass(frozen=True)
class Item:
    """One line of an order: what, and how many pieces."""

    name: str
    quantity: int = 1


@dataclass(frozen=True)
class Order:
    """What the shop knows of one order; None and an empty tuple mean that it does not know.

    Facts have the policy's names and values (`payment_method` of some edition, or `other`); dates are calendar days.
    `carrier_status` `delivered` means to this buyer, as for EXC-1; `delivered_on` is the carrier's day.
    Raises `OrderError` for a value that cannot be.
    """

    order_id: str
    buyer_id: str
    items: tuple[Item, ...] = ()
    ordered_on: date | None = None
    paid_through_escrow: bool | None = None
    payment_method: str | None = None
    delivery_due_on: date | None = None
    carrier_status: str | None = None
    confiscation_cause: str | None = None
    delivered_on: date | None = None

    def __post_init__(self) -> None:
        try:
            if not fields.order_id(self.order_id):
                raise OrderError("order_id: a number is expected")
            fields.identifier("buyer_id", self.buyer_id)
            for item in self.items:
                if not fields.one_line("items", item.name, fields.LONGEST_ITEM):
                    raise OrderError("items: each has a name")
                _whole("items", item.quantity)
        except fields.FieldError as error:
            raise OrderError(str(error)) from None
        if len(self.items) > MOST_ITEMS:
            raise OrderError(f"items: at most {MOST_ITEMS} are expected")
        _one_of("payment_method", self.payment_method, payment_methods())
        for name in ("carrier_status", "confiscation_cause"):
            _one_of(name, getattr(self, name), CHOICES[name])
        for name in _DAYS:
            if not isinstance(getattr(self, name), (date, type(None))):
                raise OrderError(f"{name}: a day is expected")
        if not isinstance(self.paid_through_escrow, (bool, type(None))):
            raise OrderError("paid_through_escrow: true or false is expected")

    @classmethod
    def from_dict(cls, values: Any) -> Order:
        """Read an order from JSON: the names above, days as `YYYY-MM-DD`, items as `{"name", "quantity"}`.

        What is not there, or null, is unknown; names that are not ours are left out. Raises `OrderError`.
        """
        if not isinstance(values, Mapping):
            raise OrderError("order: an object is expected")
        known = {name: values[name] for name in cls.__dataclass_fields__ if values.get(name) is not None}
        for name in ("order_id", "buyer_id"):
            if name not in known:
                raise OrderError(f"{name}: a text is expected")
        for name in known.keys() & set(_DAYS):
            known[name] = _day(name, known[name])
        for name in known.keys() & {"payment_method", "carrier_status", "confiscation_cause"}:
            if not isinstance(known[name], str):
                raise OrderError(f"{name}: a text is expected")
        if "items" in known:
            known["items"] = _items(known["items"])
        return cls(**known)

    def to_dict(self) -> dict[str, Any]:
        """The order as JSON, without what is unknown."""
        values = {name: getattr(self, name) for name in self.__dataclass_fields__}
        values["items"] = [{"name": item.name, "quantity": item.quantity} for item in self.items]
        days = {name: value.isoformat() for name, value in values.items() if isinstance(value, date)}
        return {name: value for name, value in (values | days).items() if value is not None}


def same_number(one: str, other: str) -> bool:
    """Whether two spellings are one order's number: case, blanks and dashes do not matter."""
    return _plain(one) == _plain(other) != ""


def _plain(number: str) -> str:
    return _NOT_IN_A_NUMBER.sub("", number.upper())


def _one_of(name: str, value: str | None, known: Iterable[str]) -> None:
    if value is not None and value not in set(known):
        raise OrderError(f"{name}: one of {' '.join(known)} is expected")


def _whole(name: str, value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= fields.LARGEST_COUNT:
        raise OrderError(f"{name}: a whole number of pieces from 1 is expected")
    return value


def _day(name: str, value: Any) -> date:
    try:
        if isinstance(value, str) and _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise OrderError(f"{name}: a day (YYYY-MM-DD) is expected")


def _items(values: Any) -> tuple[Item, ...]:
    if not isinstance(values, list) or not all(
        isinstance(value, Mapping) and isinstance(value.get("name"), str) for value in values
    ):
        raise OrderError("items: a list of names and quantities is expected")
    return tuple(Item(value["name"], _whole("items", value.get("quantity", 1))) for value in values)
