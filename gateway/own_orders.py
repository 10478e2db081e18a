"""Which orders are known to be a buyer's own: their numbers stay whole, even where they look like a card's."""

from __future__ import annotations

from datetime import datetime, timezone

from sqlalchemy.engine import Engine

from buyer_protection.disputes import disputes_of, unfinished_claims
from buyer_protection.orders import NothingKnown, TableOrders

#: Drafts are assessed for an instant when they are read; which one does not matter for their orders.
_ANY_TIME = datetime(2024, 1, 1, tzinfo=timezone.utc)


def own_orders(engine: Engine, buyer_id: str, order_id_of_token: str = "") -> frozenset[str]:
    """The numbers of a buyer's orders: from the token, from drafts, from disputes, and from the table of orders.

    A shop's server is not asked: what a buyer writes is kept before anybody waits for another machine.

    A number in a draft is what the buyer once gave as an order's number. Raises what the database raises.
    """
    drafts = (claim.order_id for claim in unfinished_claims(engine, buyer_id=buyer_id, now=_ANY_TIME))
    opened = (dispute.order_id for dispute in disputes_of(engine, buyer_id=buyer_id))
    return frozenset(order for order in (order_id_of_token, *drafts, *opened, *_kept(engine, buyer_id)) if order)


def _kept(engine: Engine, buyer_id: str) -> list[str]:
    try:
        return [order.order_id for order in TableOrders(engine).of_buyer(buyer_id)]
    except NothingKnown:
        return []
