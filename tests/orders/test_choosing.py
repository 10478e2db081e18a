"""The settings say where the shop's record is."""

from __future__ import annotations

import os

import pytest
from sqlalchemy.engine import Engine

from buyer_protection.orders import HttpOrders, NothingKnown, TableOrders, orders_of
from buyer_protection.settings import SettingsError, settings
from tests.orders.shop import SECRET, Shop, says


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment without settings of whoever runs the tests."""
    for name in [name for name in os.environ if name.startswith("BUYER_PROTECTION_")]:
        monkeypatch.delenv(name)
    return monkeypatch


def test_without_an_address_it_is_the_table(environment: pytest.MonkeyPatch, engine: Engine) -> None:
    """In which nothing is known until it is filled."""
    found = orders_of(settings(), engine)

    assert isinstance(found, TableOrders)
    with pytest.raises(NothingKnown):
        found.of_buyer("buyer-1")


def test_an_address_is_a_server_that_is_shown_the_secret(
    environment: pytest.MonkeyPatch, engine: Engine, shop: Shop
) -> None:
    """Both come from the environment."""
    environment.setenv("BUYER_PROTECTION_ORDERS_URL", shop.url)
    environment.setenv("BUYER_PROTECTION_ORDERS_SECRET", SECRET)
    shop.answer = says({"orders": []})
    found = orders_of(settings(), engine)

    assert isinstance(found, HttpOrders)
    assert found.of_buyer("buyer-1") == []
    assert shop.asked[0][1]["authorization"] == f"Bearer {SECRET}"


@pytest.mark.parametrize(
    ("address", "secret", "names"),
    [
        ("ftp://shop", SECRET, "ORDERS_URL"),
        ("https://shop", "", "ORDERS_SECRET"),
        ("https://shop", "a", "ORDERS_SECRET"),
    ],
)
def test_a_server_that_cannot_be_asked_safely_is_refused(
    environment: pytest.MonkeyPatch, engine: Engine, address: str, secret: str, names: str
) -> None:
    """An address that is none, and a secret that is missing or too short, by the variable's name."""
    environment.setenv("BUYER_PROTECTION_ORDERS_URL", address)
    environment.setenv("BUYER_PROTECTION_ORDERS_SECRET", secret)

    with pytest.raises(SettingsError, match=f"^BUYER_PROTECTION_{names}: [^\n]+$"):
        orders_of(settings(), engine)
