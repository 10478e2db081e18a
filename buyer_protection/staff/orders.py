"""`orders ...`: the table of orders, which is the shop's record where it has no server of its own to ask."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import typer

from buyer_protection.orders import NothingKnown, Order, OrderError, TableOrders
from buyer_protection.staff import desk, showing

app = typer.Typer(no_args_is_help=True, help="Orders, as the shop's record shows them.")

LARGEST_FILE = 16 * 1024 * 1024


@app.callback()
def _group() -> None:
    """Orders, as the shop's record shows them."""


@app.command()
def add(
    file: str = typer.Argument(..., help="JSON: an order or a list of orders (docs/flow.md); - for what is piped in."),
) -> None:
    """Write orders down, or what has changed of them: all of the file, or nothing where one cannot be."""
    orders = _read(file)
    try:
        count = TableOrders(desk.engine()).keep(orders, desk.now())
    except OrderError as error:
        raise desk.BadInput(f"{file}: {error}") from None
    print(f"{count} kept")


@app.command("list")
def list_orders(buyer: str = typer.Option(None, help="Only the orders of this buyer.")) -> None:
    """The newest orders, a hundred at most."""
    table = TableOrders(desk.engine())
    try:
        found = table.of_buyer(buyer) if buyer else table.of_all()
    except NothingKnown:
        found = []
    if not showing.for_people():
        showing.as_json([order.to_dict() for order in found])
        return
    columns = ("order", "buyer", "items", "ordered", "escrow", "paid by", "due", "carrier", "delivered")
    showing.as_table("Orders", columns, (_row(order) for order in found))


def _row(order: Order) -> tuple[object, ...]:
    items = [f"{item.quantity} x {item.name}" for item in order.items]
    paid = (order.paid_through_escrow, order.payment_method)
    carried = (order.delivery_due_on, order.carrier_status, order.delivered_on)
    return (order.order_id, order.buyer_id, ", ".join(items), order.ordered_on, *paid, *carried)


def _read(file: str) -> list[Order]:
    try:
        text = sys.stdin.read(LARGEST_FILE + 1) if file == "-" else _text(Path(file))
        read: Any = json.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        raise desk.BadInput(f"{file}: cannot be read ({type(error).__name__})") from None
    except (ValueError, RecursionError):
        raise desk.BadInput(f"{file}: is no JSON") from None
    found = []
    for number, values in enumerate(read if isinstance(read, list) else [read], start=1):
        try:
            found.append(Order.from_dict(values))
        except OrderError as error:
            raise desk.BadInput(f"{file}: order {number}: {error}") from None
    return found


def _text(path: Path) -> str:
    with path.open(encoding="utf-8") as file:
        text = file.read(LARGEST_FILE + 1)
    if len(text) > LARGEST_FILE:
        raise desk.BadInput(f"{path}: larger than 16 MB")
    return text
