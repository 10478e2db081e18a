"""Made-up orders of a made-up buyer, at least one for each thing a carrier can say, so that every clause can be tried.

Development only; the days are counted from the day on which they are made.
"""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from typing import Any, Final

from buyer_protection.orders.order import Item, Order

DEMO_BUYER: Final = "demo-buyer"


def made_up_orders(today: date, buyer_id: str = DEMO_BUYER) -> list[Order]:
    """The orders of a made-up buyer as they stand on a day; their numbers are the same each time, and nobody else's."""
    block = int(hashlib.sha256(buyer_id.encode()).hexdigest(), 16) % 1_000_000

    def order(
        place: int, item: Item, *, ordered: int, due: int, status: str, delivered: int | None = None, **known: Any
    ) -> Order:
        """An order by the days since it was made, until delivery is due (below 0: over), and since it was delivered."""
        return Order(
            order_id=f"8{block:06}{place:03}",
            buyer_id=buyer_id,
            items=(item,),
            ordered_on=today - timedelta(days=ordered),
            delivery_due_on=today + timedelta(days=due),
            carrier_status=status,
            delivered_on=None if delivered is None else today - timedelta(days=delivered),
            **{"paid_through_escrow": True, "payment_method": "visa", **known},
        )

    lamp, shirts, bag = Item("Blue desk lamp"), Item("White T-shirt, size M", 20), Item("Leather handbag")
    elsewhere = {"paid_through_escrow": False, "payment_method": "other"}
    return [
        order(1, lamp, ordered=24, due=-8, status="delivered", delivered=9),
        order(2, shirts, ordered=40, due=-20, status="delivered", delivered=22, payment_method="paypal"),
        order(3, bag, ordered=31, due=-14, status="delivered", delivered=15, payment_method="mastercard"),
        order(4, Item("Garden chair", 2), ordered=55, due=-25, status="in_transit"),
        order(5, Item("Phone case"), ordered=12, due=9, status="in_transit", payment_method="paypal"),
        order(6, Item("Ceramic teapot"), ordered=48, due=-18, status="lost", payment_method="bank_transfer"),
        order(7, Item("Board game"), ordered=35, due=-11, status="not_shipped"),
        order(8, Item("Running shoes"), ordered=38, due=-12, status="no_valid_tracking"),
        order(9, Item("Wrist watch"), ordered=45, due=-15, status="confiscated", confiscation_cause="supplier"),
        order(10, Item("Pocket knife"), ordered=44, due=-16, status="confiscated", confiscation_cause="other"),
        order(11, Item("Wool blanket"), ordered=42, due=-13, status="returned", payment_method="moneybookers"),
        order(12, Item("Coffee grinder"), ordered=36, due=-10, status="delivered_elsewhere", delivered=12),
        order(13, Item("Headphones"), ordered=28, due=-9, status="delivered", delivered=11, **elsewhere),
    ]
