"""Nothing is kept that a database, a person or another program could stumble over."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from buyer_protection.disputes import FieldError, ask_for_person, find_dispute, record_note
from buyer_protection.disputes.tables import claims
from buyer_protection.policy import FactError
from tests.disputes.made_up import BUYER, NOT_RECEIVED, NOW, keep, opening


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("order_id", "8" * 65),
        ("order_id", "<script>"),
        ("order_id", "80\n01"),
        ("order_id", "{order_id}"),
        ("item", "x" * 201),
        ("item", "two\nlines"),
        ("item", "a\x00b"),
        ("statement", "x" * 20_001),
        ("statement", "a\x00b"),
        ("statement", "a\ud800b"),
        ("statement", "a\x9b2Jb"),
        ("statement", 12),
        ("wish", "x" * 2_001),
        ("wish", 12),
        ("buyer_id", ""),
        ("buyer_id", "a b"),
        ("buyer_id", "x" * 129),
        ("buyer_id", "a\n"),
        ("claim_id", "a\x00b"),
        ("turn_id", "../x"),
    ],
)
def test_a_value_that_cannot_be_kept_is_refused_by_its_name(engine: Engine, field: str, value: Any) -> None:
    """And nothing is written, and the value is not repeated."""
    with pytest.raises(FieldError) as refused:
        keep(engine, **{field: value})

    assert refused.value.field == field
    assert value in (None, "") or str(value) not in str(refused.value)
    with engine.connect() as connection:
        assert connection.execute(sa.select(claims)).all() == []


@pytest.mark.parametrize("fact", ["evidence", "verified", "supplier_proved_delivery", "supplier_proved_description"])
def test_nobody_but_staff_says_what_a_record_shows(engine: Engine, fact: str) -> None:
    """A buyer's slot of that name has no power."""
    value: Any = {"evidence": 3, "verified": ["claim_type"]}.get(fact, True)

    with pytest.raises(FieldError) as refused:
        keep(engine, facts=NOT_RECEIVED | {fact: value})

    assert refused.value.field == fact


def test_unknown_of_such_a_fact_is_no_claim_to_it(engine: Engine) -> None:
    """Slots that are empty may be passed on."""
    assert keep(engine, facts=NOT_RECEIVED | {"evidence": None, "verified": None}).state == "draft"


@pytest.mark.parametrize(
    "facts",
    [
        {"claim_type": "theft"},
        {"order_id": "1"},
        {"refund_requested_on": "2024-02-30"},
        {"quantity_ordered": -1},
        {"paid_through_escrow": "yes"},
        {"refund_requested": False, "refund_requested_on": "2024-02-20"},
    ],
)
def test_facts_are_checked_by_the_policy(engine: Engine, facts: dict[str, Any]) -> None:
    """With the policy's own words on what is wrong."""
    with pytest.raises(FactError):
        keep(engine, facts=facts)


def test_a_number_beyond_all_reason_is_refused(engine: Engine) -> None:
    """No order is of a billion things."""
    with pytest.raises(FieldError):
        keep(engine, facts={"claim_type": "missing_parts", "quantity_ordered": 10**30})


def test_time_without_a_zone_is_refused(engine: Engine) -> None:
    """A point in time needs its offset."""
    with pytest.raises(FieldError):
        keep(engine, now=datetime(2024, 3, 1))  # noqa: DTZ001  (that it has no offset is the point)


def test_notes_and_calls_for_a_person_are_checked_too(engine: Engine) -> None:
    """They hold buyers' words as well."""
    common: dict[str, Any] = {"buyer_id": BUYER, "claim_id": None, "turn_id": "t", "now": NOW}

    with pytest.raises(FieldError):
        record_note(engine, topic="arrived_late", text="a\x00b", **common)
    with pytest.raises(FieldError):
        ask_for_person(engine, reason="\udfff", **common)


def test_a_reference_can_be_asked_for_in_any_words(engine: Engine) -> None:
    """What is none finds nothing, and breaks nothing."""
    for text in ("", "\x00", "\ud800", "'; DROP TABLE claims", "x" * 100_000):
        assert find_dispute(engine, reference=text) is None


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(statement=st.text(max_size=200), item=st.text(max_size=50), order_id=st.text(max_size=20))
def test_whatever_is_accepted_comes_back_and_can_become_a_dispute(
    engine: Engine, statement: str, item: str, order_id: str
) -> None:
    """Either a field is refused by name, or it is kept as it was."""
    told = {"statement": statement, "item": item, "order_id": order_id}
    try:
        kept = keep(engine, **told)
    except FieldError as refused:
        event(f"{refused.field} refused")
        return

    assert kept.statement == statement
    assert kept.item == " ".join(item.split())
    answer = opening(engine, turn_id="turn-x", now=NOW.replace(year=2023))
    assert answer.code == "wait"
