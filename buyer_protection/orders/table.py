"""Orders in a table beside the claims. A table without any order is no record: then nothing is known."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, Row

from buyer_protection.disputes import fields
from buyer_protection.disputes.transactions import hold_buyer, reading, writing
from buyer_protection.orders.looking_up import NothingKnown
from buyer_protection.orders.order import Item, Order, OrderError, same_number
from buyer_protection.orders.tables import orders

MOST: Final = 100
_NEWEST_FIRST: Final = (sa.func.coalesce(orders.c.ordered_on, date.min).desc(), orders.c.order_id)


class TableOrders:
    """The orders of the table. Also raises what the database raises."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def find(self, buyer_id: str, order_id: str) -> Order | None:
        """The buyer's order with this number; only rows of this buyer are ever looked at. Raises NothingKnown."""
        mine = orders.c.buyer_id == fields.identifier("buyer_id", buyer_id)

        def work(connection: Connection) -> Order | None:
            numbers = connection.execute(sa.select(orders.c.order_id).where(mine)).scalars().all()
            found = [number for number in numbers if number == order_id] or [
                number for number in numbers if same_number(number, order_id)
            ]
            if len(found) != 1:
                _refuse_if_empty(connection)
                return None
            row = connection.execute(sa.select(orders).where(mine, orders.c.order_id == found[0])).one_or_none()
            return None if row is None else _order(row)

        return reading(self._engine, work)

    def of_buyer(self, buyer_id: str) -> list[Order]:
        """The buyer's orders, the newest first. Raises NothingKnown."""
        return self._listed(orders.c.buyer_id == fields.identifier("buyer_id", buyer_id))

    def of_all(self) -> list[Order]:
        """Orders of all buyers for staff, the newest first. Raises NothingKnown."""
        return self._listed(sa.true())

    def keep(self, kept: Iterable[Order], now: datetime) -> int:
        """Write orders down, or what has changed of them, in one transaction; returns how many.

        Raises `OrderError` where a number is another buyer's order already: then none is written.
        """
        kept, now = list(kept), fields.instant(now)

        def work(connection: Connection) -> int:
            for buyer_id in sorted({order.buyer_id for order in kept}):
                hold_buyer(connection, buyer_id)
            for order in kept:
                _write(connection, order, now)
            return len(kept)

        return writing(self._engine, work)

    def _listed(self, wanted: Any) -> list[Order]:
        query = sa.select(orders).where(wanted).order_by(*_NEWEST_FIRST).limit(MOST)

        def work(connection: Connection) -> list[Order]:
            rows = connection.execute(query).all()
            if not rows:
                _refuse_if_empty(connection)
            return [_order(row) for row in rows]

        return reading(self._engine, work)


def _refuse_if_empty(connection: Connection) -> None:
    if connection.execute(sa.select(orders.c.order_id).limit(1)).first() is None:
        raise NothingKnown("no orders are kept")


def _write(connection: Connection, order: Order, now: datetime) -> None:
    row = {name: getattr(order, name) for name in Order.__dataclass_fields__}
    row |= {"items": [{"name": item.name, "quantity": item.quantity} for item in order.items], "changed_at": now}
    same = orders.c.order_id == order.order_id
    known = connection.execute(sa.select(orders.c.buyer_id).where(same)).scalar_one_or_none()
    if known is None:
        connection.execute(sa.insert(orders).values(row))
    elif known != order.buyer_id:
        raise OrderError("order_id: this is the order of another buyer")
    else:
        connection.execute(sa.update(orders).where(same).values(row))


def _order(row: Row) -> Order:
    known = {name: getattr(row, name) for name in Order.__dataclass_fields__}
    return Order(**known | {"items": tuple(Item(**item) for item in row.items)})
