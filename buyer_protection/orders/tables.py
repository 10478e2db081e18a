"""The table of orders, for shops that hand their record over and for trying things out. Made by migration 0008."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from buyer_protection.disputes.columns import Instant, Json
from buyer_protection.disputes.tables import CODE, IDENTIFIER, NAMING

metadata: Final = sa.MetaData(naming_convention=NAMING)

#: One row for each order; `items` is a list of names and quantities. Null and an empty list: the shop does not know.
orders: Final = sa.Table(
    "orders",
    metadata,
    sa.Column("order_id", sa.String(64), primary_key=True),
    sa.Column("buyer_id", IDENTIFIER, nullable=False, index=True),
    sa.Column("items", Json, nullable=False),
    sa.Column("ordered_on", sa.Date),
    sa.Column("paid_through_escrow", sa.Boolean),
    sa.Column("payment_method", CODE),
    sa.Column("delivery_due_on", sa.Date),
    sa.Column("carrier_status", CODE),
    sa.Column("confiscation_cause", CODE),
    sa.Column("delivered_on", sa.Date),
    sa.Column("changed_at", Instant, nullable=False),
)
