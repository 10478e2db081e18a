"""Orders in the table: the buyer's own by any spelling, another's like none, nothing known where there are none."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError

from buyer_protection.orders import DEMO_BUYER, Item, NothingKnown, Order, OrderError, TableOrders, made_up_orders
from buyer_protection.orders.tables import orders

NOW = datetime(2024, 3, 12, 12, tzinfo=timezone.utc)
TODAY = NOW.date()
LAMP = Order(
    "8012-345",
    "buyer-1",
    items=(Item("lamp", 2),),
    ordered_on=date(2024, 2, 1),
    paid_through_escrow=False,
    payment_method="other",
    delivery_due_on=date(2024, 2, 20),
    carrier_status="confiscated",
    confiscation_cause="other",
    delivered_on=None,
)


@pytest.fixture
def table(engine: Engine) -> TableOrders:
    """The table with one order of the buyer, and one of somebody else."""
    made = TableOrders(engine)
    made.keep([LAMP, Order("9900", "buyer-2")], NOW)
    return made


def test_an_order_comes_back_as_it_was_kept(table: TableOrders) -> None:
    """Every field; also one of which nothing else is known."""
    assert table.find("buyer-1", "8012-345") == LAMP
    assert table.find("buyer-2", "9900") == Order("9900", "buyer-2")


@pytest.mark.parametrize("spelling", ["8012345", "8012 345", "8012-345 "])
def test_a_number_is_known_in_any_spelling(table: TableOrders, spelling: str) -> None:
    """And the order says how the shop writes it."""
    found = table.find("buyer-1", spelling)

    assert found is not None
    assert found.order_id == "8012-345"


def test_an_order_of_somebody_else_is_found_like_one_that_does_not_exist(table: TableOrders) -> None:
    """P-14: whoever asks cannot tell the two apart."""
    assert [table.find("buyer-1", number) for number in ("9900", "9901", "", "'; --")] == [None] * 4
    assert table.of_buyer("nobody") == []


def test_only_rows_of_the_buyer_are_looked_at(table: TableOrders, engine: Engine) -> None:
    """So the time it takes says nothing of anybody else's orders: the same statements, whatever number is asked for."""
    asked: list[tuple[str, str]] = []
    sa.event.listen(engine, "before_cursor_execute", lambda *event: asked.append((event[2], str(event[3]))))
    for number in ("9900", "9901"):
        asked.append(("number", ""))
        table.find("buyer-1", number)

    middle = asked.index(("number", ""), 1)
    assert asked[:middle] == asked[middle:]
    assert not any("9900" in values for _, values in asked)


def test_where_no_order_is_kept_nothing_is_known(engine: Engine) -> None:
    """A shop that hands nothing over has not said that the buyer has no such order."""
    table = TableOrders(engine)

    with pytest.raises(NothingKnown):
        table.find("buyer-1", "8012345")
    with pytest.raises(NothingKnown):
        table.of_buyer("buyer-1")


def test_two_numbers_that_differ_in_their_spelling_only_are_told_apart(table: TableOrders) -> None:
    """Exactly the one that was written, or none."""
    table.keep([Order("8012345", "buyer-1")], NOW)

    assert [found and found.order_id for found in (table.find("buyer-1", "8012345"), table.find("buyer-1", "8012-345"))]
    assert table.find("buyer-1", "80-12-345") is None


def test_orders_are_listed_newest_first(table: TableOrders) -> None:
    """Those without a day last."""
    table.keep([Order("1", "buyer-1"), Order("2", "buyer-1", ordered_on=date(2024, 3, 1))], NOW)

    assert [order.order_id for order in table.of_buyer("buyer-1")] == ["2", "8012-345", "1"]


def test_the_record_moves_on(table: TableOrders) -> None:
    """Kept again, an order is what the shop knows now."""
    lost = Order("8012-345", "buyer-1", carrier_status="lost")

    table.keep([lost], NOW + timedelta(days=1))

    assert table.find("buyer-1", "8012-345") == lost


def test_an_order_does_not_change_hands(table: TableOrders) -> None:
    """And nothing else that was to be kept with it is."""
    with pytest.raises(OrderError, match=r"^order_id: "):
        table.keep([Order("7", "buyer-2"), Order("8012-345", "buyer-2")], NOW)

    assert table.find("buyer-1", "8012-345") == LAMP
    assert table.find("buyer-2", "7") is None


@pytest.mark.parametrize(
    "wrong", [{"carrier_status": "gone"}, {"confiscation_cause": "war"}, {"order_id": ""}, {"buyer_id": None}]
)
def test_the_database_takes_no_order_that_cannot_be(engine: Engine, wrong: dict[str, str | None]) -> None:
    """Also where somebody writes past our own checks."""
    row = {"order_id": "1", "buyer_id": "b", "items": [], "changed_at": NOW}

    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(sa.insert(orders).values(row | wrong))


def test_the_made_up_orders_can_all_be_kept(engine: Engine) -> None:
    """Once or again."""
    table = TableOrders(engine)
    for _ in range(2):
        table.keep(made_up_orders(TODAY), NOW)

    assert sorted(table.of_buyer(DEMO_BUYER), key=lambda order: order.order_id) == made_up_orders(TODAY)
