"""The made-up shop that `make run` opens on: what it knows of an order is not asked again."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.widget.accessible import barriers
from tests.widget.chat import Chat
from tests.widget.journeys import Journey, typed

STATUS = "What's happening with my dispute?"
#: What a conversation begins with, and what shows that it was understood.
STARTERS = {
    "It never came": "I am sorry your order has not come",
    "It came broken": "I am sorry it came broken",
    "It is not what I ordered": "I am sorry it is not what you ordered",
    "How does my claim stand?": "You have no dispute here",
}


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
    # What the fourth button of the beginning says is understood where there is a dispute, too.
    chat.type(STATUS)
    expect(chat.part("dispute")).to_have_count(2)


def test_the_shop_has_no_barrier_either(opened: Callable[..., Chat]) -> None:
    """The order list that everybody sees first."""
    chat = opened(at_demo_shop=True)
    expect(chat.page.get_by_role("button", name="Get help with this order").first).to_be_visible()

    assert barriers(chat.page) == []


def test_the_shop_has_words_of_its_own_in_each_language(opened: Callable[..., Chat]) -> None:
    """In Arabic all of the page is Arabic and reads from the right, but for what a seller called a thing."""
    chat = opened(at_demo_shop=True, locale="ar")
    page = chat.page
    expect(page.get_by_role("button", name="احصل على مساعدة بشأن هذا الطلب").first).to_be_visible()

    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
    assert page.evaluate("getComputedStyle(document.querySelector('.order h2')).textAlign") == "right"
    foreign = "h2, b, [lang=en], buyer-protection-chat, noscript"
    words = page.evaluate(
        """foreign => {
          const copy = document.body.cloneNode(true);
          for (const each of copy.querySelectorAll(foreign)) each.remove();
          return document.title + copy.textContent;
        }""",
        foreign,
    )
    assert re.findall("[A-Za-z]{2,}", words) == []
    assert barriers(page) == []
    page.get_by_role("button", name="احصل على مساعدة بشأن هذا الطلب").first.click()
    expect(chat.panel).to_have_attribute("dir", "rtl")
    page.get_by_role("link", name="مشترٍ آخر").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")


@pytest.mark.parametrize("locale", ["", "de", "en-US", "no locale!"])
def test_the_shop_is_english_where_it_has_no_other_words(opened: Callable[..., Chat], locale: str) -> None:
    """Also where the address says nothing that is a locale."""
    page = opened(at_demo_shop=True, locale=locale).page

    expect(page.get_by_role("button", name="Get help with this order").first).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.parametrize("starter", STARTERS)
def test_what_a_conversation_can_begin_with_is_understood(opened: Callable[..., Chat], starter: str) -> None:
    """Each button of the beginning is a message like any other, and the focus stays in the widget."""
    chat = opened(at_demo_shop=True).open()

    chat.press(starter)

    expect(chat.panel).to_contain_text(STARTERS[starter])
    assert chat.panel.evaluate("panel => panel.contains(panel.getRootNode().activeElement)")
    expect(chat.part("welcome")).to_be_hidden()
