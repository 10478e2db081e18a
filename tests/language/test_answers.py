# ruff: noqa: RUF001 - typed as buyers type it: curly apostrophes, wide letters and figures
"""What typed answers to closed questions say."""

from __future__ import annotations

import string
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from buyer_protection.policy.vocabulary import CHOICES, CLAIM_TYPES, LISTING_STATEMENTS, YES_NO
from language.answers import answer, is_plain_no, is_plain_yes, questions, says_unknown
from language.wording import read_table
from tests.timing import assert_time_grows_with_the_text

ANSWERS = {
    "claim_type": [
        ("it never arrived", "not_received"),
        ("Nothing came", "not_received"),
        ("I didn't receive my package", "not_received"),
        ("still waiting for it", "not_received"),
        ("havent recieved anything", "not_received"),
        ("the parcel is lost", "not_received"),
        ("no package", "not_received"),
        ("They sent the wrong colour", "not_as_described"),
        ("not as described", "not_as_described"),
        ("I got something completely different", "not_as_described"),
        ("it is clearly second hand", "not_as_described"),
        ("it doesn't match the description", "not_as_described"),
        ("it's a fake", "counterfeit"),
        ("the bag is not genuine", "counterfeit"),
        ("counterfiet shoes", "counterfeit"),
        ("cheap knock-off", "counterfeit"),
        ("it arrived broken", "broken"),
        ("screen is smashed", "broken"),
        ("does not turn on", "broken"),
        ("it wont charge", "broken"),
        ("dead on arrival", "broken"),
        ("brokken", "broken"),
        ("two parts are missing", "missing_parts"),
        ("the charger is missing", "missing_parts"),
        ("only got 3 of 10", "missing_parts"),
        ("incomplete", "missing_parts"),
        ("wrong quantity", "missing_parts"),
        ("I changed my mind", "unwanted"),
        ("I don't want it any more", "unwanted"),
        ("no longer need it", "unwanted"),
        ("it's broken and I don't want it any more", "broken"),
        ("they sent 2 instead of 3", "missing_parts"),
        ("never arrived", "not_received"),
    ],
    "paid_through_escrow": [
        ("yes", True),
        ("no", False),
        ("I paid on the site", True),
        ("through the platform", True),
        ("at the checkout", True),
        ("via escrow", True),
        ("No, I paid the seller directly", False),
        ("outside the platform", False),
        ("western union", False),
        ("I did not use escrow", False),
        ("not through the site", False),
        ("y", True),
        ("yes paid here", True),
        ("paid by card on the website", True),
        ("yes with my credit card", True),
        ("definitely", True),
        ("pretty sure yes", True),
        ("i think so", True),
        ("via the marketplace checkout with mastercard", True),
        ("i bought it on your marketplace", True),
        ("thats wrong, i did pay through escrow", True),
        ("i paid at the checkout", True),
        ("yes definitely", True),
        ("definitely not", False),
        ("paid cash", False),
        ("venmo", False),
        ("paypal friends and family", False),
        ("i transfered to his account", False),
        ("n", False),
    ],
    "payment_method": [
        ("visa", "visa"),
        ("by PayPal please", "paypal"),
        ("I paid with my Visa debit card", "visa"),
        ("mastercrad", "mastercard"),
        ("Master Card", "mastercard"),
        ("skrill", "moneybookers"),
        ("it was a bank transfer", "bank_transfer"),
        ("wire transfer", "bank_transfer"),
        ("bitcoin", "other"),
        ("western union", "other"),
        ("cash", "other"),
        ("something else", "other"),
        ("not with visa but with paypal", "paypal"),
        ("ＰａｙＰａｌ", "paypal"),
    ],
    "refund_requested": [
        ("yes", True),
        ("Yes, last week", True),
        ("already did", True),
        ("I asked for my money back", True),
        ("I opened a refund request", True),
        ("I requested a refund from the seller", True),
        ("no", False),
        ("not yet", False),
        ("I haven't asked yet", False),
        ("I have never contacted the seller", False),
        ("no, I did not ask him", False),
        ("yes 3 weeks ago", True),
        ("yes on march 1", True),
        ("I did on 1 March", True),
        ("yes last week", True),
        ("asked twice", True),
        ("many times", True),
        ("i asked him", True),
        ("yes and he refused", True),
        ("just did", True),
        ("did it a minute ago", True),
        ("yeah since ages", True),
        ("of course i have", True),
        ("he already refunded half", True),
        ("he offered me 20%", True),
    ],
    "supplier_response": [
        ("no answer", "none"),
        ("nothing", "none"),
        ("he doesn't reply", "none"),
        ("The seller never responded", "none"),
        ("they ignore me", "none"),
        ("ignoring my messages", "none"),
        ("I haven't heard back from him", "none"),
        ("radio silence", "none"),
        ("they dont anwser", "none"),
        ("he offered a partial refund", "negotiating"),
        ("they offer me 30% back", "negotiating"),
        ("he asks me to wait", "negotiating"),
        ("we are still negotiating", "negotiating"),
        ("he wants more photos", "negotiating"),
        ("offered a replacement", "negotiating"),
        ("he agreed to refund me", "agreed"),
        ("promised a full refund", "agreed"),
        ("he will refund me", "agreed"),
        ("accepted the refund", "agreed"),
        ("refused", "refused"),
        ("He refuses to pay", "refused"),
        ("they won't refund", "refused"),
        ("he said no", "refused"),
        ("declined my request", "refused"),
        ("rejectd", "refused"),
        ("he has already refunded me", "refunded"),
        ("I got my money back", "refunded"),
        ("the money is back in my account", "refunded"),
        ("seller agreed to send the rest but nothing yet", "negotiating"),
        ("he asks me to close the dispute first", "negotiating"),
        ("he said he will send a new one", "negotiating"),
        ("he sent a replacement", "negotiating"),
        ("he gave me half back", "negotiating"),
        ("i got half the money back", "negotiating"),
        ("he offered me 20%", "negotiating"),
        ("he replied but it was nonsense", "negotiating"),
        ("he promised to ship a new one", "negotiating"),
        ("he hasn't refunded me", "none"),
        ("nope nothing at all", "none"),
        ("they answered once then stopped", "none"),
        ("automatic reply only", "none"),
        ("shop is gone", "none"),
        ("he closed his account", "none"),
        ("he says it was delivered", "refused"),
        ("he says it is my fault", "refused"),
        ("he refused", "refused"),
        ("he agreed to send the money back", "agreed"),
    ],
    "carrier_status": [
        ("delivered", "delivered"),
        ("It says delivered", "delivered"),
        ("shows as delivered", "delivered"),
        ("tracking says it was delivered", "delivered"),
        ("marked as delivered but I never got it", "delivered"),
        ("delievered", "delivered"),
        ("delivered to my neighbour", "delivered_elsewhere"),
        ("delivered to the wrong address", "delivered_elsewhere"),
        ("it was delivered in another town", "delivered_elsewhere"),
        ("signed by somebody I don't know", "delivered_elsewhere"),
        ("they left it with a stranger", "delivered_elsewhere"),
        ("tracking says delivered, but to a different city", "delivered_elsewhere"),
        ("returned to sender", "returned"),
        ("it went back to the seller", "returned"),
        ("retured to sender", "returned"),
        ("in transit", "in_transit"),
        ("on its way", "in_transit"),
        ("it's stuck at a sorting centre", "in_transit"),
        ("no updates since Monday", "in_transit"),
        ("has not moved for two weeks", "in_transit"),
        ("held at customs", "in_transit"),
        ("out for delivery", "in_transit"),
        ("in tranist", "in_transit"),
        ("delivered? no it's in transit", "in_transit"),
        ("not delivered, still in transit", "in_transit"),
        ("never shipped", "not_shipped"),
        ("label created only", "not_shipped"),
        ("not dispatched", "not_shipped"),
        ("the seller hasn't sent it", "not_shipped"),
        ("no tracking number", "no_valid_tracking"),
        ("the tracking doesn't work", "no_valid_tracking"),
        ("number not found", "no_valid_tracking"),
        ("it's a fake number", "no_valid_tracking"),
        ("he never gave me a tracking number", "no_valid_tracking"),
        ("seized by customs", "confiscated"),
        ("customs confiscated it", "confiscated"),
        ("confiscatd", "confiscated"),
        ("the carrier says it is lost", "lost"),
        ("declared lost", "lost"),
        ("lost in transit", "lost"),
        ("no info", "in_transit"),
        ("nothing new", "in_transit"),
        ("in china still", "in_transit"),
        ("last update feb 12", "in_transit"),
        ("attempted delivery", "in_transit"),
        ("still in china", "in_transit"),
        ("last update was 12 february", "in_transit"),
        ("never got a number", "no_valid_tracking"),
        ("handed to reception", "delivered_elsewhere"),
        ("delivered yesterday but not to me", "delivered_elsewhere"),
        ("delivered to a parcel locker i cant open", "delivered_elsewhere"),
        ("they gave it to a neighbour", "delivered_elsewhere"),
        ("given to somebody", "delivered_elsewhere"),
        ("left at the door but nothing there", "delivered"),
        ("left at the door", "delivered"),
        ("says delivered but i never got it", "delivered"),
        ("tracking says returned to sender", "returned"),
        ("the parcel is lost according to carrier", "lost"),
    ],
    "confiscation_cause": [
        ("the seller declared it falsely", "supplier"),
        ("false declaration", "supplier"),
        ("counterfeit goods", "supplier"),
        ("prohibited item", "supplier"),
        ("undervaluation", "supplier"),
        ("I did not pay the duty", "other"),
        ("missing papers", "other"),
        ("another reason", "other"),
    ],
    "complaint": [
        ("wrong colour", "different"),
        ("not what I ordered", "different"),
        ("it doesn't match the description", "different"),
        ("it is used", "used"),
        ("second-hand", "used"),
        ("there are signs of wear", "used"),
        ("refurbished", "used"),
        ("defective", "defective"),
        ("it does not work properly", "defective"),
        ("minor scratches", "minor_scratches"),
        ("a few small scratches on it", "minor_scratches"),
        ("scratched", "minor_scratches"),
        ("disappointed", "below_expectations"),
        ("it's as in the listing, just disappointing", "below_expectations"),
        ("its red not blue", "different"),
        ("too small", "different"),
        ("nothing is as described", "different"),
        ("I got a bag instead of shoes", "different"),
        ("got a watch instead of a phone", "different"),
        ("got silver instead of gold", "different"),
        ("dents everywhere", "different"),
        ("not as described", "different"),
        ("i got a size 40 instead of 42", "different"),
        ("a scratch on the back", "minor_scratches"),
        ("has scratches", "minor_scratches"),
        ("the battery dies after 1 hour", "defective"),
        ("bad quality", "below_expectations"),
        ("its cheap", "below_expectations"),
        ("it matches but its ugly", "below_expectations"),
        ("i got a used one instead of a new one", "used"),
    ],
    "listing_said": [
        ("used", ["used"]),
        ("the listing said used", ["used"]),
        ("used and defective", ["defective", "used"]),
        ("it was listed as a replica", ["imitation"]),
        ("sold as defective", ["defective"]),
        ("none of them", []),
        ("no", []),
        ("nothing like that", []),
        ("it said brand new", []),
        ("no, brand new of course", []),
        ("not that i saw", []),
        ("i dont think so", []),
        ("no mention", []),
        ("100% genuine it said", []),
        ("said used but working", ["used"]),
    ],
    "fault_was_listed": [
        ("yes", True),
        ("the same fault", True),
        ("no", False),
        ("a different fault", False),
        ("not mentioned", False),
        ("worse", False),
        ("something else", False),
    ],
    "receipt_slip_signed": [
        ("yes", True),
        ("I signed for it", True),
        ("yes, I signed", True),
        ("no", False),
        ("I didn't sign anything", False),
        ("not signed", False),
        ("they left it at the door", False),
        ("nobody asked me to sign", False),
        ("the courier signed himself", False),
        ("signed on a tablet", True),
    ],
    "quantity_ordered": [
        ("20", 20),
        ("２０", 20),
        ("٢٠", 20),
        ("twenty", 20),
        ("twenty-five shirts", 25),
        ("a dozen", 12),
        ("half a dozen", 6),
        ("one hundred and twenty", 120),
        ("1,000 pieces", 1000),
        ("20pcs", 20),
        ("I ordered 20, got 5", 20),
        ("twelve", 12),
        ("3", 3),
        ("3 - all of them", 3),
    ],
    "quantity_received": [
        ("5", 5),
        ("only five", 5),
        ("just one", 1),
        ("none", 0),
        ("nothing", 0),
        ("zero", 0),
        ("0", 0),
        ("I ordered 20, got 5", 5),
        ("only 5 of 20 came", 5),
    ],
}

NO_ANSWERS = [
    ("carrier_status", "was it delivered?"),
    ("carrier_status", "is it lost"),
    ("carrier_status", "not delivered"),
    ("carrier_status", "it should be delivered by now"),
    ("carrier_status", "the seller says it was delivered"),
    ("carrier_status", "delivery date was Monday"),
    ("carrier_status", "if it was delivered I would have it"),
    ("carrier_status", "in transit or lost, they keep changing it"),
    ("carrier_status", "I lost my patience"),
    ("carrier_status", "it was not seized by customs"),
    ("carrier_status", "what does delivered mean"),
    ("claim_type", "hello"),
    ("claim_type", "is it broken?"),
    ("claim_type", "it is fake and broken"),
    ("claim_type", "I did not receive a reply from the seller"),
    ("claim_type", "it is not broken"),
    ("claim_type", "missing"),
    ("claim_type", "I chose the wrong size"),
    ("payment_method", "visa and paypal"),
    ("payment_method", "credit card"),
    ("payment_method", "the seller asked me to pay by western union"),
    ("payment_method", "can I pay with visa?"),
    ("payment_method", "not paypal"),
    ("paid_through_escrow", "what is escrow?"),
    ("paid_through_escrow", "yes and no"),
    ("paid_through_escrow", "yes?"),
    ("paid_through_escrow", "half on the site, the rest outside the platform"),
    ("paid_through_escrow", "the seller wanted me to pay outside the platform"),
    ("refund_requested", "should I have asked for a refund?"),
    ("refund_requested", "I asked my bank for a refund"),
    ("refund_requested", "I asked the seller where it is"),
    ("supplier_response", "the seller promised a refund but now he refuses to pay"),
    ("supplier_response", "did he answer?"),
    ("supplier_response", "I hope he will agree"),
    ("supplier_response", "he refunded half of it"),
    ("supplier_response", "I have not received my money back"),
    ("listing_said", "I used it for two days"),
    ("listing_said", "was it listed as used?"),
    ("complaint", "I used it once"),
    ("complaint", "it is not used"),
    ("receipt_slip_signed", "I signed up for the newsletter"),
    ("receipt_slip_signed", "did I have to sign?"),
    ("quantity_ordered", "between 10 and 20"),
    ("quantity_ordered", "20 days ago"),
    ("quantity_ordered", "it cost $20"),
    ("quantity_ordered", "8012345678901234"),
    ("quantity_ordered", "how many?"),
    ("quantity_ordered", "1.5"),
    ("quantity_received", "no one told me"),
    ("refund_requested_on", "last Monday"),
    ("statement", "it is broken"),
    ("refund_requested", "yes but only in chat"),
    ("refund_requested", "only by email"),
    ("refund_requested", "i asked him where it is"),
    ("refund_requested", "yes and no"),
    ("refund_requested", "he offered me a replacement"),
    ("refund_requested", "i asked him to send a new one"),
    ("refund_requested", "i asked him to ship it"),
    ("refund_requested", "should i"),
    ("refund_requested", "i asked him in chat"),
    ("refund_requested", "i asked him by email"),
    ("refund_requested", "i asked him yesterday by whatsapp"),
    ("refund_requested", "i asked him why"),
    ("refund_requested", "i asked him for photos"),
    ("refund_requested", "he offered me 20% discount on my next order"),
    ("refund_requested", "i asked you many times"),
    ("refund_requested", "i asked him for a tracking number"),
    ("refund_requested", "i asked him for the tracking number twice"),
    ("paid_through_escrow", "visa"),
    ("paid_through_escrow", "paypal"),
    ("paid_through_escrow", "by bank transfer"),
    ("paid_through_escrow", "i didnt pay at the checkout actually"),
    ("paid_through_escrow", "i transferred to my account"),
    ("paid_through_escrow", "not sure"),
    ("paid_through_escrow", "did i pay cash"),
    ("paid_through_escrow", "no cash"),
    ("paid_through_escrow", "i dont think so?"),
    ("carrier_status", "not left at the door"),
    ("carrier_status", "the seller is in china"),
    ("carrier_status", "no"),
    ("supplier_response", "i didnt pay at the checkout actually"),
    ("supplier_response", "he asked me for half"),
    ("supplier_response", "i did not get half back"),
    ("complaint", "it is not too small"),
    ("listing_said", "obviously yes"),
    ("listing_said", "used, not new or old?"),
    ("listing_said", "genuine and used"),
    ("claim_type", "arrived late"),
    ("claim_type", "it arrived too late"),
    ("quantity_ordered", "-3"),
    ("quantity_ordered", "−3"),
    ("quantity_received", "-3"),
    ("carrier_status", "i can't find it"),
    ("carrier_status", "the seller says delivered but i have nothing"),
    ("carrier_status", "I left it at the door"),
    ("paid_through_escrow", "i paid by card at the site of the seller"),
    ("paid_through_escrow", "he transferred it to his account"),
    ("supplier_response", "my money is gone"),
    ("supplier_response", "we did not agree"),
    ("supplier_response", "i want to close the dispute"),
    ("supplier_response", "he has not refunded me and refuses"),
    ("complaint", "got 2 instead of 3"),
    ("complaint", "i got a broken one instead of a new one"),
    ("complaint", "came monday instead of friday"),
    ("complaint", "not bad quality"),
    ("listing_said", "no, used"),
    ("listing_said", "not brand new"),
    ("receipt_slip_signed", "the neighbour signed for the parcel"),
    ("receipt_slip_signed", "my neighbour signed on the tablet"),
    ("refund_requested", "once he answers"),
    ("refund_requested", "the seller asked me many times"),
    ("refund_requested", "not twice"),
    ("refund_requested", "did it arrive"),
    ("claim_type", "got 3 stars instead of 5"),
    ("no_such_slot", "yes"),
]

UNKNOWN = [
    "I don't know",
    "i dont know sorry",
    "No idea",
    "no clue at all",
    "not sure",
    "I'm not sure about that",
    "dunno",
    "idk",
    "I can't remember",
    "I don't remember",
    "can’t say",
    "I forgot",
    "I'd rather not say",
    "I would prefer not to answer",
    "skip",
    "skip this question please",
    "pass",
    "I really don't know",
    "hard to say",
    "I don't know if I signed",
    "I have no idea",
    "they didnt say",
    "no idea why",
    "not stated",
    "i dont have it",
    "i cant find it",
    "cant see",
    "dont rember",
]
NOT_UNKNOWN = [
    "I don't know why he won't answer me",
    "I don't know what to do",
    "not sure but I think it was delivered",
    "I don't know that seller",
    "i cant find the parcel",
    "i dont have it, it never came",
    "they didnt say anything to me",
    "i cant see the parcel",
    "passed customs",
    "delivered",
    "yes",
    "I don't want it",
    "I know",
    "skip the line",
    "do you know?",
    "",
]

YES = [
    "yes",
    "Yes.",
    "YES!",
    "yes please",
    "yes, please",
    "ok",
    "OK",
    "okay",
    "sure",
    "yep",
    "yeah go ahead",
    "please open it",
    "👍",
    "👍🏽",
    "confirm",
    "I confirm",
    "go ahead",
    "Yes, that's right",
    "of course",
    "yes thank you",
    "ＹＥＳ",
    "Yes, open the dispute",
]
NOT_YES = [
    "ok but",
    "yes?",
    "yeah right",
    "yes and no",
    "ok wait",
    "yes I already told you",
    "sure, whatever?",
    "no yes",
    "yes no",
    "no",
    "yes...",
    "yesterday",
    "yes if he pays",
    "not ok",
    "ok thanks",
    "",
    " ",
    "y",
    "yes 20",
    "yes, but not now",
    '"yes"',
    "yes/no",
    "maybe",
    "I guess",
    "ja",
    "oui",
    "yse",
    "do not open it",
    "yes i want my money",
    "yes\nno",
    "👍👎",
    "sure?",
    "/affirm",
    "{yes}",
]
NO = [
    "no",
    "No.",
    "no thanks",
    "nope",
    "not now",
    "don't open it",
    "No, thank you",
    "not yet",
    "nah",
    "👎",
    "please don't",
    "no i don't",
]
NOT_NO = [
    "no yes",
    "no?",
    "no one answered",
    "no problem go ahead",
    "none",
    "nothing",
    "not delivered",
    "no tracking",
    "",
    "know",
    "yes",
    "now",
]


@pytest.mark.parametrize(
    ("slot", "text", "value"), [(slot, *case) for slot, cases in ANSWERS.items() for case in cases]
)
def test_a_typed_answer_is_understood(slot: str, text: str, value: object) -> None:
    found = answer(slot, text)
    assert found is not None
    assert found.value == value
    assert type(found.value) is type(value)


@pytest.mark.parametrize(("slot", "text"), NO_ANSWERS)
def test_questions_doubts_and_two_answers_at_once_are_no_answer(slot: str, text: str) -> None:
    assert answer(slot, text) is None


@pytest.mark.parametrize(
    ("slot", "text", "whole"),
    [
        ("carrier_status", "delivered", True),
        ("carrier_status", "It says delivered, thanks", True),
        ("carrier_status", "delivered to my neighbour", True),
        ("carrier_status", "in transit, and when do I get my money?", False),
        ("carrier_status", "tracking says delivered but my dog ate the letter", False),
        ("payment_method", "Visa please", True),
        ("payment_method", "I paid with paypal on my birthday from my sister's telephone", False),
        ("quantity_received", "five", True),
        ("quantity_received", "I ordered 20, got 5", False),
        ("receipt_slip_signed", "no", True),
        ("refund_requested", "I did on 1 March", False),
        ("refund_requested", "many times", True),
        ("refund_requested", "yes, last Monday in a letter", False),
    ],
)
def test_an_answer_says_whether_the_message_holds_anything_else(slot: str, text: str, whole: bool) -> None:
    found = answer(slot, text)
    assert found is not None
    assert found.whole is whole


def test_every_value_of_the_policy_can_be_typed() -> None:
    reached = {slot: {str(value) for _, value in cases} for slot, cases in ANSWERS.items()}
    for slot in ("claim_type", "supplier_response", "carrier_status", "confiscation_cause", "complaint"):
        allowed = CLAIM_TYPES if slot == "claim_type" else CHOICES[slot]
        assert reached[slot] == set(allowed)
    for slot in YES_NO:
        assert reached[slot] == {"True", "False"}
    said = {statement for _, statements in ANSWERS["listing_said"] for statement in statements}
    assert said == set(LISTING_STATEMENTS)


def test_no_wording_stands_for_two_answers() -> None:
    for slot, question in questions().items():
        values: dict[tuple[str, bool], set[str]] = {}
        for phrase in question.phrases:
            values.setdefault((phrase.pattern.pattern, phrase.alone), set()).add(phrase.value)
        assert not [pattern for pattern, said in values.items() if len(said) > 1], slot


def test_no_table_has_a_value_that_the_policy_does_not_know() -> None:
    for slot, question in questions().items():
        values = {phrase.value for phrase in question.phrases} - {"nothing"}
        if slot in YES_NO:
            assert values == {"true", "false"}
        elif slot == "listing_said":
            assert values == {*LISTING_STATEMENTS, "none"}
        elif slot in CHOICES:
            assert values == set(CHOICES[slot])


@pytest.mark.parametrize("text", UNKNOWN)
def test_not_knowing_is_heard(text: str) -> None:
    assert says_unknown(text)


@pytest.mark.parametrize("text", NOT_UNKNOWN)
def test_a_message_that_tells_something_is_not_not_knowing(text: str) -> None:
    assert not says_unknown(text)


@pytest.mark.parametrize("text", YES)
def test_a_plain_yes_is_a_yes(text: str) -> None:
    assert is_plain_yes(text)
    assert not is_plain_no(text)


@pytest.mark.parametrize("text", NOT_YES)
def test_a_yes_with_a_doubt_or_a_further_word_opens_nothing(text: str) -> None:
    assert not is_plain_yes(text)


@pytest.mark.parametrize("text", NO)
def test_a_plain_no_is_a_no(text: str) -> None:
    assert is_plain_no(text)
    assert not is_plain_yes(text)


@pytest.mark.parametrize("text", NOT_NO)
def test_what_only_looks_like_a_no_is_none(text: str) -> None:
    assert not is_plain_no(text)


_YES_WORDS = st.sampled_from(
    ["yes", "yep", "yeah", "ok", "sure", "confirm", "please", "thanks", "go", "ahead", "open", "it"]
)
_SPOILERS = st.sampled_from(
    [
        "but",
        "if",
        "when",
        "wait",
        "why",
        "no",
        "not",
        "never",
        "tomorrow",
        "unless",
        "maybe",
        "what",
        "the",
        "seller",
        "money",
        "refund",
        "later",
        "first",
        "only",
        "2",
        "?",
        "...",
        "/",
        "{",
        "}",
        ";",
        "(",
        "yes/no",
    ]
)


@settings(max_examples=3000, deadline=None)
@given(st.lists(_YES_WORDS, max_size=4), _SPOILERS, st.lists(_YES_WORDS, max_size=4))
def test_any_yes_with_a_word_that_limits_it_is_no_consent(before: list[str], spoiler: str, after: list[str]) -> None:
    assert not is_plain_yes(" ".join([*before, spoiler, *after]))


@settings(max_examples=4000, deadline=None)
@given(st.text(max_size=80))
def test_arbitrary_text_is_no_consent(text: str) -> None:
    # hypothesis tries the words that it finds in the code as well, so a listed reply may come up by itself.
    letters = "".join(char for char in unicodedata.normalize("NFKC", text) if char.isalpha()).casefold()
    listed = ["".join(filter(str.isalpha, reply)) for reply in read_table("short_replies.yml")["yes"]]
    agreeing = any(reply and reply in letters for reply in listed) or any(char in text for char in "👍✅👌✔")
    assert agreeing or not is_plain_yes(text)


@settings(max_examples=2000, deadline=None)
@given(st.text(alphabet=string.ascii_lowercase + " ?!.,'", max_size=30), st.sampled_from(["yes", "ok", "sure"]))
def test_a_yes_drowned_in_other_letters_is_no_consent(noise: str, word: str) -> None:
    if len("".join(noise.split(" ")).strip("?!.,'")) > 6 and "please" not in noise:
        assert not is_plain_yes(f"{noise} {word} {noise}")


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300), st.sampled_from([*ANSWERS, "statement"]))
def test_no_text_makes_an_answer_fail(text: str, slot: str) -> None:
    found = answer(slot, text)
    assert found is None or isinstance(found.whole, bool)
    says_unknown(text)
    is_plain_no(text)


@pytest.mark.parametrize(
    "piece",
    ["delivered not ", "no no no ", "tracking says ", "ordered 20 got ", "?", "a", "\u0300", "😀", "...", "𝟙", "1 "],
)
def test_the_time_grows_with_the_message_and_not_with_its_square(piece: str) -> None:
    def read(text: str) -> None:
        for slot in ANSWERS:
            answer(slot, text)
        says_unknown(text)
        is_plain_yes(text)

    assert_time_grows_with_the_text(read, (piece * 2000)[:2000])


@pytest.mark.parametrize(
    ("slot", "text"),
    [
        ("paid_through_escrow", "yes i want a human"),
        ("paid_through_escrow", "yes i asked her a dozen times"),
        ("paid_through_escrow", "yes i know that was stupid"),
        ("refund_requested", "yes i want to talk to someone real"),
        ("refund_requested", "yes the flatmate. but its smashed"),
        ("refund_requested", "yes it came yesterday"),
        ("refund_requested", "no she didnt give money"),
        ("refund_requested", "no whatever asked him on the tenth i think or eleventh"),
        ("receipt_slip_signed", "no i want a human"),
    ],
)
def test_a_yes_or_no_that_goes_on_about_something_else_is_no_answer(slot: str, text: str) -> None:
    assert answer(slot, text) is None


@pytest.mark.parametrize(
    ("slot", "text", "value"),
    [
        ("paid_through_escrow", "yes thru the site obviously", True),
        ("paid_through_escrow", "yea paid here in instalments", True),
        ("paid_through_escrow", "no, he wanted a bank transfer", False),
        ("refund_requested", "yes but she wont answer", True),
        ("refund_requested", "yes, last week", True),
        ("receipt_slip_signed", "yes my flatmate did with a finger", True),
        ("fault_was_listed", "yes it said the zip was stuck", True),
    ],
)
def test_a_yes_or_no_that_goes_on_about_the_question_is_one(slot: str, text: str, value: bool) -> None:
    found = answer(slot, text)
    assert found is not None
    assert found.value is value
