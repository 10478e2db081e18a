"""The shop's record on a server of its own: what it knows is not asked, and whatever it does, the claim goes on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.orders.shop import SECRET, Shop, is_silent, says

TOLD = "My parcel never arrived, I have been waiting for two months now"
ORDER: dict[str, Any] = {
    "order_id": "8012345678",
    "buyer_id": "buyer-1",
    "items": [{"name": "lamp"}],
    "paid_through_escrow": True,
    "carrier_status": "lost",
}


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    """A shop's server that the settings name."""
    with Shop() as running:
        monkeypatch.setenv("BUYER_PROTECTION_ORDERS_URL", running.url)
        monkeypatch.setenv("BUYER_PROTECTION_ORDERS_SECRET", SECRET)
        yield running


def said(replay: Any, run: Any, text: str) -> list[str]:
    """The responses to a message about the order that the gateway vouches for."""
    replay.order = ORDER["order_id"]
    return [reply["response"] for reply in run(replay.type(text))]


def test_what_the_server_knows_is_verified_and_not_asked(shop: Shop, new_replay: Any, run: Any) -> None:
    """Asked once for the order, not with each message."""
    shop.answer = says(ORDER)
    replay = new_replay("2024-03-12")

    assert said(replay, run, TOLD)[-2:] == ["utter_order_found", "utter_ask_refund_requested"]
    said(replay, run, "yes")

    assert len(shop.asked) == 1
    assert {row["fact"] for row in replay.rows("verified_facts")} == {"paid_through_escrow", "carrier_status"}


@pytest.mark.parametrize("how", ["silent", "down", "no json", "huge", "an error"])
def test_a_server_that_cannot_be_asked_is_as_if_nothing_were_known(
    shop: Shop, new_replay: Any, run: Any, how: str
) -> None:
    """The questions are asked, the number is kept, and the record is looked up once it is there again."""
    if how == "down":
        shop.close()
    answers = {"no json": says(b"{"), "huge": says(b" " * 10_000_000), "an error": says({}, 503)}
    shop.answer = answers.get(how) or is_silent(shop)
    replay = new_replay("2024-03-12")

    assert said(replay, run, TOLD)[-1] == "utter_ask_paid_through_escrow"
    assert [row["order_id"] for row in replay.rows("claims")] == [ORDER["order_id"]]
    assert replay.rows("verified_facts") == []


def test_a_server_that_comes_back_is_asked_in_the_next_turn(shop: Shop, new_replay: Any, run: Any) -> None:
    """Without a word in between."""
    shop.answer = says({}, 503)
    replay = new_replay("2024-03-12")
    said(replay, run, TOLD)

    shop.answer = says(ORDER)

    assert said(replay, run, "yes") == ["utter_order_found", "utter_ask_refund_requested"]


def test_another_buyers_order_and_none_are_the_same_to_the_buyer(shop: Shop, new_replay: Any, run: Any) -> None:
    """Whatever the server reveals of it."""
    heard = []
    for buyer, answer in (("buyer-3", says(ORDER)), ("buyer-4", says({}, 404))):
        shop.answer = answer
        replay = new_replay("2024-03-12")
        replay.write_as(buyer)
        assert "utter_order_not_found" in said(replay, run, TOLD)
        heard.append(replay.said)
        assert replay.rows("verified_facts") == []

    assert heard[0] == heard[1]
    assert not any("lamp" in words for words in heard[0])
