"""Staff fill and read the table of orders by commands."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from buyer_protection.orders import DEMO_BUYER, TableOrders, fill_once, made_up_orders
from tests.staff.terminal import Terminal

ORDER: dict[str, Any] = {
    "order_id": "8012-345",
    "buyer_id": "buyer-1",
    "items": [{"name": "lamp", "quantity": 2}],
    "carrier_status": "lost",
}
NOW = datetime(2024, 3, 12, 12, tzinfo=timezone.utc)


@pytest.fixture
def written(tmp_path: Path) -> Any:
    """Writes a file of orders."""

    def write(content: Any) -> Path:
        path = tmp_path / "orders.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return path

    return write


def test_orders_are_added_from_a_file_and_listed(desk: Engine, command: Terminal, written: Any) -> None:
    """One, a list, and the same one again with what has changed."""
    assert command("orders", "list").json == []
    assert command("orders", "add", written(ORDER)).out == "1 kept\n"
    other = {"order_id": "9900", "buyer_id": "buyer-2", "items": []}
    assert command("orders", "add", written([ORDER | {"carrier_status": "delivered"}, other])).out == "2 kept\n"

    assert command("orders", "list", "--buyer", "buyer-1").json == [ORDER | {"carrier_status": "delivered"}]
    assert command("orders", "list").json == [ORDER | {"carrier_status": "delivered"}, other]
    shown = command("orders", "list", for_people=True).out
    assert "2 x lamp" in shown
    assert "delivered" in shown


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("no json", "is no JSON"),
        ([ORDER, {"order_id": "1"}], "order 2: buyer_id: "),
        (ORDER | {"carrier_status": "gone"}, "order 1: carrier_status: "),
        ([{"order_id": "1", "buyer_id": "a"}, {"order_id": "1", "buyer_id": "b"}], "order_id: "),
    ],
)
def test_a_file_with_something_wrong_is_refused_whole(
    desk: Engine, command: Terminal, written: Any, content: Any, says: str
) -> None:
    """One line says where, and nothing of it is kept."""
    assert says in command("orders", "add", written(content)).line
    assert command("orders", "list").json == []


def test_a_file_that_is_not_there_is_one_line(desk: Engine, command: Terminal, tmp_path: Path) -> None:
    """And so is a folder."""
    assert "cannot be read" in command("orders", "add", tmp_path / "none.json").line
    assert "cannot be read" in command("orders", "add", tmp_path).line


def test_the_made_up_buyer_gets_orders_once(desk: Engine) -> None:
    """What is in the table then stays, whatever the day, and whoever else has orders."""
    assert fill_once(desk, NOW) == len(made_up_orders(NOW.date()))
    assert fill_once(desk, NOW + timedelta(days=9)) == 0

    found = TableOrders(desk).of_buyer(DEMO_BUYER)
    assert sorted(found, key=lambda order: order.order_id) == made_up_orders(NOW.date())
    assert fill_once(desk, NOW, "demo-2") == len(found)
