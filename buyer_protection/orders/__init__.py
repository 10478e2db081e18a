"""Orders: what the shop's own record knows of a buyer's order, looked up on the server for that buyer and no other."""

from buyer_protection.orders.choosing import orders_of
from buyer_protection.orders.facts import vouched_for
from buyer_protection.orders.filling import fill_in_development, fill_once
from buyer_protection.orders.http import HttpOrders
from buyer_protection.orders.looking_up import NothingKnown, Orders
from buyer_protection.orders.made_up import DEMO_BUYER, made_up_orders
from buyer_protection.orders.order import Item, Order, OrderError, same_number
from buyer_protection.orders.table import TableOrders

__all__ = [
    "DEMO_BUYER",
    "HttpOrders",
    "Item",
    "NothingKnown",
    "Order",
    "OrderError",
    "Orders",
    "TableOrders",
    "fill_in_development",
    "fill_once",
    "made_up_orders",
    "orders_of",
    "same_number",
    "vouched_for",
]
