# ruff: noqa: RUF001 - typed as buyers type it: curly apostrophes, wide letters and figures
"""What a message volunteers beyond the open question."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from buyer_protection.policy import Facts
from language.facts import facts_in
from tests.timing import assert_time_grows_with_the_text

TODAY = date(2026, 11, 23)

TOLD = [
    ("I paid with my Visa card.", {"payment_method": "visa"}),
    ("We paid by bank transfer", {"payment_method": "bank_transfer"}),
    ("paid via PayPal in August", {"payment_method": "paypal"}),
    ("I paid him in cash", {"payment_method": "other"}),
    ("I paid by Western Union", {"payment_method": "other", "paid_through_escrow": False}),
    ("I paid through the platform", {"paid_through_escrow": True}),
    ("I paid the seller directly", {"paid_through_escrow": False}),
    ("we paid outside the platform", {"paid_through_escrow": False}),
    ("I haven't asked the seller yet", {"refund_requested": False}),
    ("I have not requested a refund", {"refund_requested": False}),
    ("I asked the seller for a refund", {"refund_requested": True}),
    ("I opened a refund request", {"refund_requested": True}),
    (
        "I asked the seller for my money back on 3 November",
        {"refund_requested": True, "refund_requested_on": "2026-11-03"},
    ),
    ("I requested a refund yesterday", {"refund_requested": True, "refund_requested_on": "2026-11-22"}),
    ("It was due by 12 June", {"delivery_due_on": "2026-06-12"}),
    ("The seller doesn't answer", {"supplier_response": "none"}),
    ("no reply from the seller", {"supplier_response": "none"}),
    ("the seller never answerd", {"supplier_response": "none"}),
    ("The seller refused to refund me", {"supplier_response": "refused"}),
    ("he won't give me my money back", {"supplier_response": "refused"}),
    ("The seller offered me a partial refund", {"supplier_response": "negotiating"}),
    ("the seller keeps telling me to wait", {"supplier_response": "negotiating"}),
    ("the seller promised me a refund", {"supplier_response": "agreed"}),
    ("the seller refunded me in full", {"supplier_response": "refunded"}),
    ("tracking says delivered", {"carrier_status": "delivered"}),
    ("DHL says it was delivered, but I have nothing", {"carrier_status": "delivered"}),
    ("tracking says it was delivered to a different city", {"carrier_status": "delivered_elsewhere"}),
    ("the tracking says delivered but to the wrong address", {"carrier_status": "delivered_elsewhere"}),
    ("the carrier confirmed that it is lost", {"carrier_status": "lost"}),
    ("The post office told me it was lost", {"carrier_status": "lost"}),
    ("customs seized it", {"carrier_status": "confiscated"}),
    ("it was confiscated by customs", {"carrier_status": "confiscated"}),
    ("tracking says returned to sender", {"carrier_status": "returned"}),
    ("the tracking still says in transit", {"carrier_status": "in_transit"}),
    ("the seller never gave me a tracking number", {"carrier_status": "no_valid_tracking"}),
    ("the phone is clearly used", {"complaint": "used"}),
    ("it has minor scratches", {"complaint": "minor_scratches"}),
    ("they sent the wrong item", {"complaint": "different"}),
    ("the listing said used", {"listing_said": ["used"]}),
    ("it was listed as a replica", {"listing_said": ["imitation"]}),
    ("I ordered 20, got 5", {"quantity_ordered": 20, "quantity_received": 5}),
    ("only 5 of 20 came", {"quantity_ordered": 20, "quantity_received": 5}),
    ("we bought twelve cups but received only ten", {"quantity_ordered": 12, "quantity_received": 10}),
    ("I signed for it", {"receipt_slip_signed": True}),
    ("I did not sign anything", {"receipt_slip_signed": False}),
    ("the seller asked me to pay by western union", {"supplier_asked_offsite_payment": True}),
    ("He wants me to pay outside the platform", {"supplier_asked_offsite_payment": True}),
    ("my order number is 8012345678901234", {"order_id": "8012345678901234"}),
    (
        "I asked for a refund on 1 March, so when do I get it?",
        {"refund_requested": True, "refund_requested_on": "2026-03-01"},
    ),
    ("order number 80310 64685 came broken", {"order_id": "8031064685"}),
    ("order 8031 0646 85", {"order_id": "8031064685"}),
    ("order number 80310 2 pieces", {"order_id": "80310"}),
    ("order #AB-123456", {"order_id": "AB-123456"}),
    ("Order no. ８０１２３４５６", {"order_id": "80123456"}),
    ("tracking number rb123456789cn", {"tracking_number": "RB123456789CN"}),
    (
        "The seller told me to pay outside the platform but I paid through the site with PayPal.",
        {"supplier_asked_offsite_payment": True, "paid_through_escrow": True, "payment_method": "paypal"},
    ),
    (
        "I ordered 20 shirts and got only five. I asked the seller for a refund last Friday, he never answered.",
        {
            "quantity_ordered": 20,
            "quantity_received": 5,
            "refund_requested": True,
            "refund_requested_on": "2026-11-20",
            "supplier_response": "none",
        },
    ),
    ("not as described, it is the wrong color", {"complaint": "different"}),
    ("the seller asked me to send the money on whatsapp", {"supplier_asked_offsite_payment": True}),
    ("he wants me to pay by bitcoin", {"supplier_asked_offsite_payment": True}),
    (
        "order 12345678 never came, asked refund on 1 march, no answer, paid paypal at checkout",
        {
            "order_id": "12345678",
            "refund_requested": True,
            "refund_requested_on": "2026-03-01",
            "supplier_response": "none",
            "payment_method": "paypal",
            "paid_through_escrow": True,
        },
    ),
    (
        "order number 99887766, paid by paypal, broken, asked for refund, he refused, didnt sign anything, "
        "listing said new",
        {
            "order_id": "99887766",
            "payment_method": "paypal",
            "refund_requested": True,
            "supplier_response": "refused",
            "receipt_slip_signed": False,
            "listing_said": [],
        },
    ),
    ("the courier gave my parcel to a neighbour", {"carrier_status": "delivered_elsewhere"}),
    ("they gave the parcel to a neighbour", {"carrier_status": "delivered_elsewhere"}),
    ("the courier left it with my neighbor", {"carrier_status": "delivered_elsewhere"}),
    ("thats wrong, i did pay through escrow", {"paid_through_escrow": True}),
    ("no i did pay at the checkout", {"paid_through_escrow": True}),
    ("i paid at the checkout", {"paid_through_escrow": True}),
    ("the parcel is lost according to carrier", {"carrier_status": "lost"}),
    ("according to the carrier my parcel is lost", {"carrier_status": "lost"}),
    ("actually i havent asked for a refund", {"refund_requested": False}),
    ("actually i havent asked for a refund yet", {"refund_requested": False}),
    ("asked for refund, paypal refused", {"refund_requested": True}),
]

NOT_TOLD = [
    "Did the seller refund me?",
    "Can I pay with Visa?",
    "Should I ask the seller for a refund?",
    "If the seller had refunded me in full I would not write",
    "I did not pay with PayPal",
    "the seller wanted PayPal",
    "The seller says it was delivered",
    "he claims DHL says it was delivered",
    "it should have been delivered last week",
    "tracking does not say delivered",
    "tracking says it will be delivered tomorrow",
    "tracking says delivered or lost, I cannot tell",
    "the seller said the tracking number is fine",
    "I asked you for a refund",
    "I asked PayPal for a refund on Monday",
    "I asked the seller where it is",
    "my bank refused to refund me",
    "the seller refunded half of it",
    "The seller has refunded me 5 dollars",
    "I hope the seller will refund me in full",
    "the seller never refunded me in full",
    "first the seller refused to refund me, later he promised me a refund",
    "I used it twice",
    "it is used for cooking",
    "the phone is used to make calls",
    "the listing did not say used",
    "the listing never said it was used",
    "nothing in the listing said it was used",
    "I signed up last week",
    "my neighbour signed for it",
    "I ordered 2 weeks ago and got 3 emails",
    "I ordered on 5 May",
    "it cost $20 and I want 10 back",
    "never pay by western union",
    "the seller never asked me to pay outside the platform",
    "does he want me to pay by western union?",
    "my order is late",
    "order 2026",
    "in order to win",
    "the tracking number does not open",
    "I paid half on the site and the rest outside the platform",
    "he paid me back with PayPal",
    "customs did not seize it",
    "the parcel came",
    "not as described",
    "it is not as described",
    "I wrote to the seller in chat",
    "the seller told me to contact the carrier",
    "its on whatsapp",
    "the seller is a scammer",
    "the seller told me to write him on whatsapp",
    "the seller wants to send me more photos directly",
    "the seller asked me to send the item directly to him",
    "the seller asked me to send it back directly",
    "the seller told me to send the parcel directly to the factory",
    "the seller asked me to send photos on whatsapp",
    "they gave it to a neighbour",
    "i didnt pay at the checkout actually",
    "he asked for refund",
    "my bank refused",
    "i asked my bank for a refund, he refused",
    "no answer to my question about size",
    "should i ask for a refund",
    "he said he refused a parcel",
    "he refused the parcel",
    "he refused to send a new one",
    "no answer from paypal",
    "the listing said new and used items",
    "the seller asked for refund of shipping",
    "asked for a refund by email",
    "i asked refund in chat",
    "no paypal at checkout",
    "did you get my message? no answer",
    "there is no paypal at checkout",
    "can i pay at the checkout",
    "i want to be refunded, no answer needed",
    "i did pay at the checkout of another shop",
    "i gave the parcel to my neighbour",
    "my friend asked for a refund, no answer",
    "the listing said new or used",
    "he told me to pay the duty directly to dhl",
    "he did not sign anything",
    "ordered -3",
    "hello",
    "",
    "???",
]


@pytest.mark.parametrize(("text", "facts"), TOLD)
def test_what_is_stated_is_taken_and_nothing_else(text: str, facts: dict[str, object]) -> None:
    assert facts_in(text, TODAY) == facts


@pytest.mark.parametrize("text", NOT_TOLD)
def test_what_is_asked_denied_supposed_or_said_by_others_is_no_fact(text: str) -> None:
    assert facts_in(text, TODAY) == {}


def test_two_values_of_one_fact_are_left_to_a_question() -> None:
    assert "payment_method" not in facts_in("I paid with Visa. I paid with PayPal.", TODAY)


def test_two_order_numbers_are_left_to_a_question() -> None:
    assert "order_id" not in facts_in("order number 80123456 and order number 80123457", TODAY)


def test_a_request_that_could_be_two_days_is_told_without_its_day() -> None:
    text = "I asked the seller for a refund on 03/04/2026"
    assert facts_in(text, TODAY) == {"refund_requested": True}
    assert facts_in(text, TODAY, "DMY")["refund_requested_on"] == "2026-04-03"
    assert facts_in(text, TODAY, "MDY")["refund_requested_on"] == "2026-03-04"


def test_a_request_cannot_lie_in_the_future() -> None:
    assert "refund_requested_on" not in facts_in("I asked the seller for a refund on 24 November 2026", TODAY)


def test_a_day_in_a_question_is_not_told() -> None:
    assert "delivery_due_on" not in facts_in("was it due by 12 June?", TODAY)


@pytest.mark.parametrize(("text", "facts"), TOLD)
def test_every_fact_that_is_told_is_one_that_the_policy_accepts(text: str, facts: dict[str, object]) -> None:
    told = facts_in(text, TODAY)
    told.pop("order_id", None)
    told.pop("tracking_number", None)
    assert Facts.from_dict(told)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400), st.dates(date.min + timedelta(800), date.max - timedelta(800)))
def test_no_text_makes_the_reading_fail(text: str, on: date) -> None:
    assert isinstance(facts_in(text, on), dict)


_WORDS = st.sampled_from(
    [
        "I",
        "the",
        "seller",
        "paid",
        "with",
        "visa",
        "paypal",
        "asked",
        "refund",
        "for",
        "not",
        "never",
        "delivered",
        "tracking",
        "says",
        "signed",
        "it",
        "ordered",
        "20",
        "got",
        "5",
        "if",
        "lost",
        "customs",
        "seized",
        "listing",
        "said",
        "used",
        "outside",
        "platform",
        ",",
        ".",
        "?",
        "he",
        "refused",
        "and",
        "but",
        "on",
        "03/04",
        "yesterday",
        "order",
        "number",
    ]
)


@settings(max_examples=500, deadline=None)
@given(st.lists(_WORDS, max_size=25))
def test_whatever_is_read_can_be_taken_by_the_policy(words: list[str]) -> None:
    told = facts_in(" ".join(words), TODAY)
    told.pop("order_id", None)
    told.pop("tracking_number", None)
    asked = told.get("refund_requested")
    assert not (asked is False and "refund_requested_on" in told)
    assert Facts.from_dict(told)
    assert not told.keys() & {
        "claim_type",
        "evidence",
        "verified",
        "cannot_tell",
        "supplier_proved_delivery",
        "supplier_proved_description",
    }


@pytest.mark.parametrize(
    "piece", ["I paid not ", "no ", "tracking says ", "ordered 20 got ", "order number ", "1", "a-", "😀", ". "]
)
def test_the_time_grows_with_the_message_and_not_with_its_square(piece: str) -> None:
    assert_time_grows_with_the_text(lambda text: facts_in(text, TODAY), (piece * 2000)[:2000])
