"""The made-up shop that `make run` opens on: what it knows of an order is not asked again."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.widget.accessible import barriers
from tests.widget.chat import Chat
from tests.widget.journeys import Journey, typed


def test_help_with_an_order_asks_only_what_the_shop_does_not_know(opened: Callable[..., Chat]) -> None:
    """A lost parcel, from the click beside its order to the reference."""
    chat = opened(at_demo_shop=True)
    order = chat.page.get_by_role("listitem").filter(has_text="Lost by the carrier")
    number = order.locator("h2").get_attribute("id").removeprefix("order-")
    order.get_by_role("button", name="Get help with this order").click()
    expect(chat.input).to_be_visible()
    expect(chat.part("about")).to_contain_text(number)

    Journey(typed("My parcel never arrived")).go(chat)

    assert chat.reference()
    asked = {each["custom"].get("slot") for each in chat.told()}
    assert asked.isdisjoint({"order_id", "carrier_status", "paid_through_escrow"})
    assert number in str([each["text"] for each in chat.told()])


def test_the_shop_has_no_barrier_either(opened: Callable[..., Chat]) -> None:
    """The order list that everybody sees first."""
    chat = opened(at_demo_shop=True)
    expect(chat.page.get_by_role("button", name="Get help with this order").first).to_be_visible()

    assert barriers(chat.page) == []
