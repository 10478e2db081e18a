"""Which orders are known to be a buyer's own: their numbers stay whole, even where they look like a card's."""

from __future__ import annotations

from datetime import datetime, timezone

from sqlalchemy.engine import Engine

from buyer_protection.disputes import disputes_of, unfinished_claims

#: Drafts are assessed for an instant when they are read; which one does not matter for their orders.
_ANY_TIME = datetime(2024, 1, 1, tzinfo=timezone.utc)


def own_orders(engine: Engine, buyer_id: str, order_id_of_token: str = "") -> frozenset[str]:
    """The numbers of a buyer's orders: from the token, from drafts, and from disputes.

    A number in a draft is what the buyer once gave as an order's number. Raises what the database raises.
    """
    drafts = (claim.order_id for claim in unfinished_claims(engine, buyer_id=buyer_id, now=_ANY_TIME))
    opened = (dispute.order_id for dispute in disputes_of(engine, buyer_id=buyer_id))
    return frozenset(order for order in (order_id_of_token, *drafts, *opened) if order)
