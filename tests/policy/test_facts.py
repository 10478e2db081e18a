"""Facts are checked as they come in: what cannot be is refused with the name of the field."""

from __future__ import annotations

from datetime import date, datetime, timezone
from typing import Any

import pytest

from buyer_protection.policy import FactError, Facts, edition_from_dict, payment_methods
from tests.policy.claims import a_claim

DAY = "a day of the calendar like 2024-03-01 is expected"
TRUTH = "true or false is expected"
NUMBER = "a whole number from 0 is expected"
NAMES = "a list of names is expected"
METHOD = "one of paypal, visa, mastercard, moneybookers, bank_transfer, other is expected"

#: A shelf of what cannot be: JSON, the field that is named, what is expected there.
IMPOSSIBLE: dict[str, tuple[Any, str, str]] = {
    "not an object": (["claim_type"], "facts", "an object with the names of facts is expected"),
    "nothing at all": (None, "facts", "an object with the names of facts is expected"),
    "unknown name": ({"colour": "red"}, "colour", "is not a fact of the policy"),
    "unknown name without a value": ({"colour": None}, "colour", "is not a fact of the policy"),
    "name in capitals": ({"Evidence": 1}, "Evidence", "is not a fact of the policy"),
    "name that is no text": ({7: 1}, "7", "is not a fact of the policy"),
    "unknown claim type": (
        {"claim_type": "late"},
        "claim_type",
        "one of not_received, not_as_described, counterfeit, broken, missing_parts, unwanted is expected",
    ),
    "claim type as a list": (
        {"claim_type": ["broken"]},
        "claim_type",
        "one of not_received, not_as_described, counterfeit, broken, missing_parts, unwanted is expected",
    ),
    "unknown answer": (
        {"supplier_response": "maybe"},
        "supplier_response",
        "one of none, negotiating, agreed, refused, refunded is expected",
    ),
    "unknown cause": ({"confiscation_cause": ""}, "confiscation_cause", "one of supplier, other is expected"),
    "unknown method": ({"payment_method": "shells"}, "payment_method", METHOD),
    "method as a number": ({"payment_method": 5}, "payment_method", METHOD),
    "yes as a word": ({"paid_through_escrow": "yes"}, "paid_through_escrow", TRUTH),
    "yes as a number": ({"refund_requested": 1}, "refund_requested", TRUTH),
    "proof as a word": ({"supplier_proved_delivery": "true"}, "supplier_proved_delivery", TRUTH),
    "volunteered as a number": ({"supplier_asked_offsite_payment": 0}, "supplier_asked_offsite_payment", TRUTH),
    "30 February": ({"refund_requested_on": "2024-02-30"}, "refund_requested_on", DAY),
    "leap day of another year": ({"delivery_due_on": "2023-02-29"}, "delivery_due_on", DAY),
    "date in words": ({"refund_requested_on": "yesterday"}, "refund_requested_on", DAY),
    "date as a number": ({"refund_requested_on": 20240301}, "refund_requested_on", DAY),
    "date with an hour": ({"refund_requested_on": "2024-03-01T10:00"}, "refund_requested_on", DAY),
    "an instant": ({"refund_requested_on": datetime(2024, 3, 1, tzinfo=timezone.utc)}, "refund_requested_on", DAY),
    "negative count": ({"evidence": -1}, "evidence", NUMBER),
    "half a count": ({"quantity_received": 2.5}, "quantity_received", NUMBER),
    "count as a word": ({"quantity_ordered": "20"}, "quantity_ordered", NUMBER),
    "count as a truth": ({"evidence": True}, "evidence", NUMBER),
    "listing as a text": ({"listing_said": "used"}, "listing_said", NAMES),
    "listing as bytes": ({"listing_said": b""}, "listing_said", NAMES),
    "listing as an object": ({"listing_said": {"used": True}}, "listing_said", NAMES),
    "listing as a number": ({"listing_said": 1}, "listing_said", NAMES),
    "listing of numbers": ({"listing_said": [1]}, "listing_said", NAMES),
    "listing of lists": ({"listing_said": [["used"]]}, "listing_said", NAMES),
    "listing with an unknown statement": (
        {"listing_said": ["used", "old"]},
        "listing_said",
        "one of used, defective, imitation is expected",
    ),
    "untold as a text": ({"cannot_tell": "carrier_status"}, "cannot_tell", NAMES),
    "untold that is no fact": ({"cannot_tell": ["colour"]}, "cannot_tell", "colour cannot be left untold"),
    "untold that must be known": ({"cannot_tell": ["complaint"]}, "cannot_tell", "complaint cannot be left untold"),
    "untold and given": (
        {"carrier_status": "lost", "cannot_tell": ["carrier_status"]},
        "cannot_tell",
        "carrier_status is given",
    ),
    "untold and given as false": (
        {"paid_through_escrow": False, "cannot_tell": ["paid_through_escrow"]},
        "cannot_tell",
        "paid_through_escrow is given",
    ),
    "verified as an object": ({"verified": {}}, "verified", NAMES),
    "verified that is no fact": ({"verified": ["colour"]}, "verified", "colour is not a given fact"),
    "verified but not given": ({"verified": ["evidence"]}, "verified", "evidence is not a given fact"),
    "verified list itself": ({"verified": ["verified"]}, "verified", "verified is not a given fact"),
    "verified and false where false is unknown": (
        {"supplier_proved_delivery": False, "verified": ["supplier_proved_delivery"]},
        "verified",
        "supplier_proved_delivery is not a given fact",
    ),
    "a day for a request that was not made": (
        {"refund_requested": False, "refund_requested_on": "2024-03-01"},
        "refund_requested_on",
        "a day is given, but refund_requested says there was no request",
    ),
}


@pytest.mark.parametrize(("values", "field", "expected"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_what_cannot_be_is_refused_with_the_name_of_the_field(values: Any, field: str, expected: str) -> None:
    """The error carries the field and what is expected there, and says both."""
    with pytest.raises(FactError) as refused:
        Facts.from_dict(values)

    assert (refused.value.field, refused.value.expected) == (field, expected)
    assert str(refused.value) == f"{field}: {expected}"


def test_absent_null_and_a_volunteered_false_are_all_unknown() -> None:
    """Three ways to say nothing."""
    quiet = {
        "claim_type": None,
        "listing_said": None,
        "evidence": None,
        "cannot_tell": None,
        "verified": None,
        "supplier_asked_offsite_payment": False,
        "supplier_proved_delivery": False,
        "supplier_proved_description": False,
    }

    assert Facts.from_dict(quiet) == Facts.from_dict({}) == Facts()
    assert Facts().given() == ()
    assert Facts().to_dict() == {}


def test_false_no_and_none_of_them_are_answers() -> None:
    """A plain false, a count of 0 and an empty list are known facts."""
    facts = Facts.from_dict({"paid_through_escrow": False, "evidence": 0, "listing_said": []})

    assert facts.given() == ("paid_through_escrow", "listing_said", "evidence")
    assert facts.to_dict() == {"paid_through_escrow": False, "evidence": 0, "listing_said": []}


def test_a_day_of_the_request_means_that_there_was_one() -> None:
    """`refund_requested_on` means `refund_requested`, and vouching for the one vouches for the other."""
    told = Facts.from_dict({"refund_requested_on": "2024-03-01"})
    shown = Facts.from_dict({"refund_requested_on": "2024-03-01", "verified": ["refund_requested_on"]})

    assert told.refund_requested is True
    assert told.refund_requested_on == date(2024, 3, 1)
    assert told.verified == frozenset()
    assert shown.verified == {"refund_requested", "refund_requested_on"}


def test_a_day_means_a_request_also_where_only_something_else_is_verified() -> None:
    """What a record says of another fact vouches for no request."""
    facts = Facts.from_dict({"refund_requested_on": "2024-03-01", "evidence": 1, "verified": ["evidence"]})

    assert facts.verified == {"evidence"}


def test_facts_are_written_by_their_json_names_in_the_order_of_the_specification() -> None:
    """Dates in ISO form, lists sorted, unknown facts left out."""
    facts = Facts(
        cannot_tell=frozenset({"supplier_response", "carrier_status"}),
        verified=frozenset({"claim_type"}),
        delivery_due_on=date(2024, 2, 29),
        listing_said=frozenset({"used", "defective"}),
        claim_type="not_received",
    )
    written = facts.to_dict()

    assert list(written) == ["claim_type", "delivery_due_on", "listing_said", "cannot_tell", "verified"]
    assert written == {
        "claim_type": "not_received",
        "delivery_due_on": "2024-02-29",
        "listing_said": ["defective", "used"],
        "cannot_tell": ["carrier_status", "supplier_response"],
        "verified": ["claim_type"],
    }
    assert Facts.from_dict(written) == facts


def test_a_fact_that_is_given_now_is_no_longer_one_that_cannot_be_told() -> None:
    """`with_` keeps everything else and leaves the first facts as they were."""
    before = Facts.from_dict(a_claim("not_received", carrier_status=None, cannot_tell=["carrier_status"]))
    after = before.with_(carrier_status="lost")

    assert before.cannot_tell == {"carrier_status"}
    assert after == Facts.from_dict(a_claim("not_received", carrier_status="lost"))
    assert before.with_(evidence=1).cannot_tell == {"carrier_status"}
    assert before.with_(carrier_status=None).cannot_tell == {"carrier_status"}


def test_with_can_say_what_cannot_be_told() -> None:
    """A list of names given anew replaces the old one, less what is given beside it."""
    facts = Facts(cannot_tell=frozenset({"listing_said"}))

    assert facts.with_(cannot_tell=["carrier_status", "supplier_response"], supplier_response="none") == Facts(
        supplier_response="none", cannot_tell=frozenset({"carrier_status"})
    )


def test_a_fact_is_settled_when_it_is_given_or_cannot_be_told() -> None:
    """Settled facts are not asked for again."""
    facts = Facts(paid_through_escrow=False, cannot_tell=frozenset({"listing_said"}))

    assert facts.settled("paid_through_escrow")
    assert facts.settled("listing_said")
    assert not facts.settled("carrier_status")
    assert not facts.knows("listing_said")


def test_the_methods_are_those_of_the_editions_and_other() -> None:
    """PAY-2: a method that only another edition lists is a method there, and not here."""
    edition = edition_from_dict(
        {
            "id": "later",
            "title": "Later",
            "dated": "2030",
            "in_force_from": None,
            "waiting_days": 5,
            "time_zone": "UTC",
            "payment_methods": ["shells", "paypal"],
        }
    )

    assert Facts.from_dict({"payment_method": "shells"}, [edition]).payment_method == "shells"
    assert payment_methods([edition, edition]) == ("shells", "paypal", "other")
    with pytest.raises(FactError, match=r"^payment_method: one of shells, paypal, other is expected$"):
        Facts.from_dict({"payment_method": "visa"}, [edition])


@pytest.mark.parametrize("method", ["two words", "", 5])
def test_facts_made_directly_take_any_name_as_a_method(method: Any) -> None:
    """The lists are data, so a name on no list is kept and counts like `other`; what is no name is refused."""
    assert Facts(payment_method="shells").payment_method == "shells"
    with pytest.raises(FactError, match=r"^payment_method: a name like bank_transfer is expected$"):
        Facts(payment_method=method)
