"""An order of the shop's record: what can be one, what it vouches for, and the made-up ones."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from buyer_protection.orders import DEMO_BUYER, Item, Order, OrderError, made_up_orders, same_number, vouched_for
from buyer_protection.policy import Facts
from buyer_protection.policy.vocabulary import CHOICES

TODAY = date(2024, 3, 12)
AN_ORDER: dict[str, Any] = {"order_id": "8012-345", "buyer_id": "buyer-1", "items": [{"name": "lamp", "quantity": 2}]}


def test_an_order_is_read_from_json_and_is_the_same_json_again() -> None:
    """What is not known is left out both ways, and names that are not ours do no harm."""
    known = AN_ORDER | {"ordered_on": "2024-02-01", "carrier_status": "lost", "paid_through_escrow": False}

    order = Order.from_dict(known | {"payment_method": None, "warehouse": 7})

    assert (order.items, order.ordered_on, order.payment_method) == ((Item("lamp", 2),), date(2024, 2, 1), None)
    assert order.to_dict() == known


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("order_id", None),
        ("order_id", ""),
        ("order_id", 8012),
        ("order_id", "8" * 65),
        ("buyer_id", "two words"),
        ("items", "lamp"),
        ("items", [{"name": 1}]),
        ("items", [{"name": " "}]),
        ("items", [{"name": "lamp", "quantity": 0}]),
        ("items", [{"name": "lamp", "quantity": True}]),
        ("items", [{"name": "lamp"}] * 101),
        ("items", [{"name": "la\nmp"}]),
        ("ordered_on", "2024-02-30"),
        ("ordered_on", "20240201"),
        ("delivered_on", 5),
        ("delivery_due_on", []),
        ("paid_through_escrow", "yes"),
        ("payment_method", "cowries"),
        ("payment_method", ["visa"]),
        ("carrier_status", "gone"),
        ("carrier_status", {}),
        ("confiscation_cause", "war"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_its_name(field: str, value: Any) -> None:
    """One line that begins with the field's name and does not say what came."""
    with pytest.raises(OrderError, match=f"^{field}: [^\n]+$") as refused:
        Order.from_dict(AN_ORDER | {field: value})

    assert "cowries" not in str(refused.value)


@pytest.mark.parametrize("value", [None, [], "order", 5])
def test_what_is_no_object_is_no_order(value: Any) -> None:
    """Whatever a shop may answer."""
    with pytest.raises(OrderError, match=r"^order: "):
        Order.from_dict(value)


def test_a_record_vouches_for_facts_that_the_policy_takes() -> None:
    """Under the policy's names and in its values."""
    for order in made_up_orders(TODAY):
        facts = vouched_for(order)
        assert Facts.from_dict(facts | {"verified": sorted(facts)}).verified == set(facts)


def test_pieces_are_vouched_for_only_where_they_matter_and_there_is_one_line() -> None:
    """Else nobody knows which line a claim is about."""
    one = Order("8012", "buyer-1", items=(Item("shirt", 20),))
    two = Order("8012", "buyer-1", items=(Item("shirt", 20), Item("lamp")))

    assert (vouched_for(one), vouched_for(two)) == ({"quantity_ordered": 20}, {})
    assert (vouched_for(one, "missing_parts"), vouched_for(one, "broken")) == ({"quantity_ordered": 20}, {})


def test_the_made_up_buyer_has_an_order_in_every_state() -> None:
    """So that every clause can be tried; the numbers stay the same on another day, and the days move with it."""
    orders, later = made_up_orders(TODAY), made_up_orders(date(2024, 3, 13))

    assert {order.carrier_status for order in orders} == set(CHOICES["carrier_status"])
    assert {order.confiscation_cause for order in orders} == {None, *CHOICES["confiscation_cause"]}
    assert {order.paid_through_escrow for order in orders} == {True, False}
    assert {order.delivery_due_on > TODAY for order in orders if order.delivery_due_on} == {True, False}
    assert {order.buyer_id for order in orders} == {DEMO_BUYER}
    assert len({order.order_id for order in orders}) == len(orders)
    assert not {order.order_id for order in made_up_orders(TODAY, "demo-2")} & {order.order_id for order in orders}
    assert [order.order_id for order in later] == [order.order_id for order in orders]
    for order, moved in zip(orders, later, strict=True):
        assert order.ordered_on is not None
        assert moved.ordered_on is not None
        assert (moved.ordered_on - order.ordered_on).days == 1
        assert order.delivered_on is None or order.ordered_on < order.delivered_on <= TODAY


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("8012-345", "8012345", True),
        ("ab 12 c", "AB12C", True),
        ("8012345", "8012346", False),
        ("-", " ", False),
    ],
)
def test_case_blanks_and_dashes_do_not_make_another_number(one: str, other: str, expected: bool) -> None:
    """Buyers type a number as they read it."""
    assert same_number(one, other) is expected
