"""The labelled messages can be trusted: marked as their README says, enough of them, and none in both halves."""

from __future__ import annotations

from collections import Counter

import pytest

from buyer_protection.policy.vocabulary import CHOICES
from tests.language.labelled.reading import labelled

ROLES = {
    "date": {"ordered", "asked", "delivered", "due", "other"},
    "amount": {"paid", "refunded", "offered", "wanted"},
    "quantity": {"ordered", "arrived", "missing", "faulty"},
}
VALUES = {
    "carrier_status": {*CHOICES["carrier_status"], "untold"},
    "supplier_response": set(CHOICES["supplier_response"]),
    "problem": set(CHOICES["claim_type"]),
    "payment_method": {"card", "paypal", "klarna", "apple_pay", "google_pay", "bank_transfer", "other"},
}
BARE = {"order_number", "tracking_number", "listing", "refund_requested"}


@pytest.mark.parametrize("half", ["open", "sealed", "phrasings"])
def test_every_mark_is_one_that_is_explained(half: str) -> None:
    """An entity with the roles and values that it may have, and nothing that looks like a mark left in a text."""
    for message in labelled(half):
        assert "](" not in message.text, message.text
        assert "[" not in message.text, message.text
        for mark in message.marked:
            assert mark.role in ROLES.get(mark.entity, {""}), (message.text, mark)
            assert mark.value in VALUES.get(mark.entity, {""}), (message.text, mark)
            assert mark.entity in {*ROLES, *VALUES, *BARE}, (message.text, mark)


def test_there_are_enough_and_half_of_them_is_sealed() -> None:
    """At least 800 messages, none twice, and each entity and some denials in both halves."""
    halves = [labelled("open"), labelled("sealed")]
    texts = [message.text for half in halves for message in half]

    assert len(set(texts)) == len(texts) >= 800
    assert abs(len(halves[0]) - len(halves[1])) < 10
    for half in halves:
        found = Counter(mark.entity for message in half for mark in message.marked)
        assert min(found[entity] for entity in {*ROLES, *VALUES, "order_number", "tracking_number", "listing"}) >= 5
        assert sum(mark.is_denied for message in half for mark in message.marked) >= 10
