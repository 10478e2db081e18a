"""Orders of a shop's server: asked for one buyer, believed within bounds; whatever it does, nobody is hurt."""

from __future__ import annotations

import gzip
import threading
from itertools import count
from typing import Any

import pytest

from buyer_protection.orders import HttpOrders, Item, NothingKnown, Order
from buyer_protection.orders.http import LARGEST_ANSWER, PAUSE
from tests.orders.shop import SECRET, Answer, Shop, drips, is_silent, pours, says

ORDER: dict[str, Any] = {
    "order_id": "8012-345",
    "buyer_id": "buyer-1",
    "items": [{"name": "lamp", "quantity": 2}],
    "carrier_status": "lost",
}
LAMP = Order("8012-345", "buyer-1", items=(Item("lamp", 2),), carrier_status="lost")
#: A wait that a test can sit through; what is tested is that there is one.
WAIT = 0.4


@pytest.fixture
def orders(shop: Shop) -> HttpOrders:
    """The shop's orders, asked with all patience: what is tested here is the answer."""
    return never_paused(shop, 30.0)


@pytest.fixture
def impatient(shop: Shop) -> HttpOrders:
    """The same with little patience."""
    return never_paused(shop, WAIT)


def never_paused(shop: Shop, wait: float) -> HttpOrders:
    """Asked at a time that runs away, so that no pause lasts."""
    return HttpOrders(shop.url, SECRET, wait=wait, clock=count(0, 100).__next__)


def test_an_order_is_asked_for_its_buyer_with_the_secret(shop: Shop, orders: HttpOrders) -> None:
    """In whatever spelling the buyer writes it; a number is one piece of the path."""
    shop.answer = says(ORDER)

    assert orders.find("buyer-1", "8012/345") == LAMP

    ((path, headers),) = shop.asked
    assert path == "/api/orders/8012%2F345?buyer=buyer-1"
    assert headers["authorization"] == f"Bearer {SECRET}"


def test_the_orders_of_a_buyer_are_listed_newest_first(shop: Shop, orders: HttpOrders) -> None:
    """Those of anybody else are left out, also where the server puts them in."""
    older = {"order_id": "1", "buyer_id": "buyer-1", "ordered_on": "2024-01-01"}
    newer = {"order_id": "2", "buyer_id": "buyer-1", "ordered_on": "2024-02-01"}
    shop.answer = says({"orders": [ORDER, older, {"order_id": "3", "buyer_id": "buyer-2"}, newer]})

    assert [order.order_id for order in orders.of_buyer("buyer-1")] == ["2", "1", "8012-345"]
    assert shop.asked[0][0] == "/api/orders?buyer=buyer-1"


@pytest.mark.parametrize(
    "answer",
    [
        says({}, 404),
        says(ORDER | {"buyer_id": "buyer-2"}),
        says(ORDER | {"order_id": "8012-346"}),
    ],
    ids=["not there", "another buyer's", "another order"],
)
def test_what_is_not_the_buyers_own_order_is_none(shop: Shop, orders: HttpOrders, answer: Answer) -> None:
    """The same answer, whatever the server reveals."""
    shop.answer = answer

    assert orders.find("buyer-1", "8012345") is None


@pytest.mark.parametrize(
    "answer",
    [
        says(b"not json"),
        says(b""),
        says([ORDER]),
        says("8012345"),
        says(ORDER | {"carrier_status": "gone"}),
        says(ORDER | {"items": 7}),
        says({"buyer_id": "buyer-1"}),
        says(b"[" * 100_000),
        says(gzip.compress(b'{"a": "' + b"a" * 10_000_000 + b'"}'), Content_Encoding="gzip"),
        says(ORDER, 500),
        says(ORDER, 401),
        says(b"", 302, Location="http://127.0.0.1:1/elsewhere"),
        says(b'{"a": "' + b"a" * LARGEST_ANSWER + b'"}'),
    ],
    ids=[
        "not json",
        "nothing",
        "a list",
        "a word",
        "a status that is none",
        "items that are none",
        "half an order",
        "nested too deep",
        "compressed",
        "an error",
        "not for us",
        "a redirect",
        "too large",
    ],
)
def test_an_answer_that_is_not_as_expected_means_that_nothing_is_known(
    shop: Shop, orders: HttpOrders, answer: Answer
) -> None:
    """Wrong JSON, other JSON, too much of it, packed, an error, a way elsewhere: nothing of it is believed."""
    shop.answer = answer

    with pytest.raises(NothingKnown):
        orders.find("buyer-1", "8012345")
    with pytest.raises(NothingKnown):
        orders.of_buyer("buyer-1")
    assert len(shop.asked) == 2, "no redirect is followed"


@pytest.mark.parametrize("how", ["silent", "dripping headers", "dripping body", "pouring"])
def test_a_server_that_does_not_come_to_an_end_is_left(shop: Shop, impatient: HttpOrders, how: str) -> None:
    """A buyer waits for the answer, so it has a time in all, not from one byte to the next; the test would hang."""
    shop.answer = {
        "silent": is_silent(shop),
        "dripping headers": drips(shop, b"HTTP/1.0 200 OK\r\nX-A: "),
        "dripping body": drips(shop, b"HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n"),
        "pouring": pours(shop),
    }[how]

    with pytest.raises(NothingKnown):
        impatient.find("buyer-1", "8012345")
    assert len(shop.asked) == 1


def test_a_server_that_is_down_means_that_nothing_is_known(shop: Shop, orders: HttpOrders) -> None:
    """And the same for a name that nobody has, and for an address that is none."""
    shop.close()

    for known in (orders, HttpOrders("http://shop.invalid", SECRET), HttpOrders("http://[", SECRET)):
        with pytest.raises(NothingKnown):
            known.find("buyer-1", "8012345")


def test_a_server_that_failed_is_left_alone_for_a_moment(shop: Shop) -> None:
    """So each turn of each buyer need not wait for it; afterwards it is asked again."""
    now = [0.0]
    orders = HttpOrders(shop.url, SECRET, wait=30.0, clock=lambda: now[0])
    shop.answer = lambda request: request.connection.close()
    for _ in range(3):
        with pytest.raises(NothingKnown):
            orders.find("buyer-1", "8012345")
    assert len(shop.asked) == 1

    now[0], shop.answer = PAUSE + 1, says(ORDER)

    assert orders.find("buyer-1", "8012345") == LAMP


def test_many_may_ask_at_once(shop: Shop, orders: HttpOrders) -> None:
    """Each turn runs in a thread of its own."""
    shop.answer = says(ORDER)
    found: list[Order | None] = []
    asking = [
        threading.Thread(target=lambda: found.append(orders.find("buyer-1", "8012345")), daemon=True) for _ in range(8)
    ]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join(30)

    assert found == [LAMP] * 8
