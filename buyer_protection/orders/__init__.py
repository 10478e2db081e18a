"""Orders: what the shop's own record knows of a buyer's order, looked up on the server for that buyer and no other."""

from buyer_protection.orders.facts import vouched_for
from buyer_protection.orders.made_up import DEMO_BUYER, made_up_orders
from buyer_protection.orders.order import Item, Order, OrderError, same_number

__all__ = ["DEMO_BUYER", "Item", "Order", "OrderError", "made_up_orders", "same_number", "vouched_for"]
