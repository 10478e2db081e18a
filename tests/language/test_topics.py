"""What a policy question or a report is about."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from buyer_protection.policy.clauses import CLAUSES
from language.topics import topics, topics_in, uncovered
from tests.timing import assert_time_grows_with_the_text

#: One or more plain questions for each clause; the clause must stand first.
QUESTIONS = {
    "PAY-1": [
        "is it covered if I paid outside the platform?",
        "what is escrow?",
        "who is protected?",
        "do I have to pay through escrow?",
    ],
    "PAY-2": [
        "which payment methods do you accept?",
        "can I pay with PayPal?",
        "how can I pay?",
        "is bitcoin accepted?",
    ],
    "PAY-3": [
        "the seller wants me to pay by western union",
        "how do I report a seller?",
        "seller asks me to pay outside the platform",
    ],
    "COV-1": [
        "what problems are covered?",
        "am I covered if they sent the wrong item?",
        "what if the negotiations with the seller failed?",
    ],
    "COV-2": [
        "am I protected if it never arrives?",
        "what if my parcel never arrives?",
        "what is the delivery period?",
    ],
    "EXC-1": ["what if tracking says delivered but nothing came?", "it is marked as delivered"],
    "EXC-2": ["what if the seller proves that it matches the description?", "what can the seller prove?"],
    "EXC-3": [
        "can I get a refund if I changed my mind?",
        "I don't want it any more, can I get my money back?",
        "is there a cooling-off period?",
    ],
    "WAIT-1": [
        "how long do I have to wait?",
        "why must I wait?",
        "when can I open a dispute?",
        "why 10 days?",
        "can I open a dispute right away?",
        "do I have to ask the seller first?",
    ],
    "MED-1": [
        "what happens after I open a dispute?",
        "how does the mediation work?",
        "do you contact the seller?",
        "who decides?",
    ],
    "FIN-1": ["is the decision final?", "can I appeal?", "what if I disagree with the decision?"],
    "HOW-1": ["how do I open a dispute?", "where can I file a claim?", "how to start a dispute"],
    "FULL-1": ["what if the seller never shipped it?", "the seller did not send my order"],
    "FULL-2": ["what if the tracking number is fake?", "he gave me no tracking number"],
    "FULL-3": ["what if customs seized it?", "my parcel was confiscated"],
    "FULL-4": ["what if the parcel got lost in transit?", "the post lost it"],
    "NOREF-1": ["what if the seller has proof of delivery?", "seller shows a signed delivery note"],
    "EVID-1": [
        "what evidence do I need?",
        "do you need photos?",
        "how do I send you pictures?",
        "is one photo enough?",
    ],
    "NAD-1": ["what if it is not as described?", "they sent me a different colour, wrong color"],
    "NAD-X1": ["what if the listing said used?", "are used items covered?", "it was sold as second hand"],
    "NAD-X2": ["what if it was listed as defective?", "the listing said faulty"],
    "NAD-X3": ["it arrived but I no longer want it", "what about unwanted items?"],
    "NAD-X4": ["what if it is not as good as I expected?", "it looks cheap, I am disappointed"],
    "NAD-X5": ["are minor scratches a reason?", "it has some scratches"],
    "FAKE-1": ["what if it is a fake?", "do you cover counterfeit goods?", "I think it is not genuine"],
    "FAKE-X1": ["what if it was sold as a replica?", "the listing said imitation"],
    "BRK-1": ["what if it arrived broken?", "it does not work", "the item came damaged"],
    "BRK-W1": ["what if I signed the receipt slip?", "should I check the parcel before I sign?"],
    "MISS-1": ["what if parts are missing?", "wrong quantity", "I got only 5 pieces"],
    "MISS-2": ["can the seller send the missing parts?", "does the seller have to complete the shipment?"],
    "MISS-3": ["can I return it?", "who pays for the return shipping?", "where do I send it back?"],
    "MISS-4": ["can I get a partial refund?", "how much can I get for the missing parts?"],
}

UNCOVERED = {
    "order_cancelled": ["I cancelled the order", "can I cancel my order?"],
    "unwanted_before_delivery": ["I don't want it before it arrives, I changed my mind before delivery"],
    "arrived_late": ["it arrived three weeks late", "late delivery"],
    "refused_at_door": ["I refused the parcel at the door"],
    "pickup_expired": ["I did not pick it up in time", "the pickup time expired"],
    "held_for_duties": ["my parcel is held at customs", "they want me to pay import duties"],
    "already_returned": ["I already sent it back", "I have returned the item"],
    "partial_refund_taken": ["I accepted a partial refund", "the seller refunded half of the money"],
    "replacement_promised": ["he promised a replacement", "I am waiting for the replacement"],
    "refund_asked_by_chat": ["I asked the seller for a refund by chat", "does an email count?"],
    "period_extended": ["the seller extended the delivery time", "my protection period was extended"],
    "receipt_confirmed": ["I confirmed receipt by mistake", "I already confirmed the order"],
    "long_ago": ["is there a deadline?", "I bought it six months ago", "how late can I open a dispute?"],
    "several_faults": ["there are two problems with it", "can I open one claim for several items?"],
    "nothing_in_box": ["the box was empty", "there was nothing in the box"],
    "digital_goods": ["are digital goods covered?", "I bought a game key"],
    "paid_partly_outside": ["I paid half of it outside", "I paid the rest directly to the seller"],
    "chargeback": ["I opened a chargeback", "I have a claim with my bank"],
    "failed_after_use": ["it stopped working after three weeks", "it worked fine for two months and then it died"],
    "no_photo_possible": ["I can't take a photo", "I have no camera"],
    "goods_thrown_away": ["I threw it away", "I don't have it any more"],
    "somebody_else_received": ["my neighbour received it", "I use a freight forwarder"],
    "wrong_size": ["it doesn't fit", "the shoes are too small", "wrong size"],
    "wrong_address_given": ["I gave the wrong address", "I forgot to change my address"],
    "how_much": ["how much will I get?", "what is the amount of the refund"],
    "how_long": ["how long does a dispute take?", "when will I get my money?"],
    "other_rights": ["can I sue the seller?", "what are my consumer rights?", "is there a warranty?"],
}

ABOUT_NOTHING = [
    "hello",
    "thank you very much",
    "my order number is 80123456",
    "yes",
    "the weather is nice today",
    "my English is broken English, sorry",
    "I bought a phone case",
    "I used to live there",
    "just in case",
    "it has a guitar case",
    "the seller is friendly",
    "",
    "???",
]


@pytest.mark.parametrize(
    ("topic", "text"), [(topic, text) for topic, texts in (QUESTIONS | UNCOVERED).items() for text in texts]
)
def test_a_plain_question_reaches_its_topic_first(topic: str, text: str) -> None:
    assert topics_in(text)[:1] == (topic,)


def test_every_clause_of_the_policy_is_reached_by_some_question() -> None:
    assert set(QUESTIONS) == set(CLAUSES)


def test_the_table_has_every_clause_and_no_other() -> None:
    assert set(topics()) - set(uncovered()) == set(CLAUSES)


def test_every_uncovered_topic_is_reached() -> None:
    assert set(UNCOVERED) == set(uncovered())


@pytest.mark.parametrize("text", ABOUT_NOTHING)
def test_what_is_about_no_topic_finds_none(text: str) -> None:
    assert topics_in(text) == ()


def test_the_stronger_topic_stands_first_and_the_other_after_it() -> None:
    found = topics_in("what happens after I open a dispute about a fake item?")
    assert found[0] == "MED-1"
    assert "FAKE-1" in found


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("I did not cancel anything, where is it?", "order_cancelled"),
        ("the parcel is not late yet", "arrived_late"),
        ("it fits fine", "wrong_size"),
        ("it came in a nice box with nothing missing", "nothing_in_box"),
        ("he has not refunded anything", "partial_refund_taken"),
        ("I never returned it", "already_returned"),
        ("I did not throw it away", "goods_thrown_away"),
        ("I did not confirm receipt", "receipt_confirmed"),
    ],
)
def test_what_is_denied_is_not_a_topic_that_the_text_is_silent_on(text: str, topic: str) -> None:
    assert topic not in topics_in(text)


def test_misspelt_questions_are_understood() -> None:
    assert topics_in("wich payement methods do you acept?")[:1] == ("PAY-2",)
    assert topics_in("is the desicion final?")[:1] == ("FIN-1",)
    assert topics_in("what evidense do i need")[:1] == ("EVID-1",)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400))
def test_no_text_makes_the_search_fail(text: str) -> None:
    assert set(topics_in(text)) <= set(topics())


@pytest.mark.parametrize(
    "piece", ["how long do i have to wait ", "the seller never ", "photo ", "? ", "pay ", "😀", "ab"]
)
def test_the_time_grows_with_the_message_and_not_with_its_square(piece: str) -> None:
    assert_time_grows_with_the_text(topics_in, (piece * 2000)[:2000])
