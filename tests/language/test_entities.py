"""Facts in a message: found with their role, value, place and denial, several at once."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from language.entities import ROLES, Entity, entities_in
from language.entities.money import plain
from language.entities.places import placed
from language.entities.vocabulary import table_names
from language.phrases import phrase
from language.wording import even, read_table

ON = date(2024, 3, 12)


def told(text: str, entity: str) -> list[tuple[str, object, bool]]:
    """Role, value and denial of the entities of one name."""
    return [(found.role, found.value, found.is_denied) for found in entities_in(text, ON) if found.entity == entity]


def one(text: str, entity: str) -> tuple[str, object, bool]:
    found = told(text, entity)
    assert len(found) == 1, (text, found)
    return found[0]


def test_several_facts_of_one_message_are_all_found_with_their_roles() -> None:
    text = "Ordered 20 mugs on 1 February for $48.90 with klarna, 5 came on 3 March, 2 are cracked. Order 8031456720."

    found = {(each.entity, each.role, text[each.start : each.end]) for each in entities_in(text, ON)}

    assert {
        ("quantity", "ordered", "20"),
        ("date", "ordered", "on 1 February"),
        ("amount", "paid", "$48.90"),
        ("payment_method", "", "klarna"),
        ("quantity", "arrived", "5"),
        ("date", "delivered", "on 3 March"),
        ("quantity", "faulty", "2"),
        ("order_number", "", "8031456720"),
    } <= {
        (entity, role, words if entity != "date" else f"on {words.removeprefix('on ')}")
        for entity, role, words in found
    }


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("I bought it on 3 January and it was due by the 20th of January", ["ordered", "due"]),
        ("asked for my money back last Friday", ["asked"]),
        ("it was supposed to arrive on 5 March", ["due"]),
        ("it arrived on 5 March", ["delivered"]),
        ("they shipped it on 5 March", ["other"]),
        ("came 29 Feb, asked 1 March, refused 2 March", ["delivered", "asked", "other"]),
        ("it is March now and I still wait", []),
    ],
)
def test_a_date_has_the_role_that_the_words_near_it_give(text: str, roles: list[str]) -> None:
    assert [role for role, _, _ in told(text, "date")] == roles


def test_a_date_has_its_days_best_first_and_none_where_there_is_no_such_day() -> None:
    assert one("asked for a refund on 1 March", "date")[1] == ["2024-03-01"]
    assert one("asked for a refund on 31 November", "date")[1] == []


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("I paid $48.90", "48.90", "USD"),
        ("I paid 48,90 €", "48.90", "EUR"),
        ("I paid EUR 210,00", "210.00", "EUR"),
        ("I paid 1,250.00 HKD", "1250.00", "HKD"),
        ("I paid 1.250,00 euro", "1250.00", "EUR"),
        ("I paid ¥4,800", "4800", "JPY"),
        ("I paid fifty pounds", "50", "GBP"),
        ("I paid 189 quid", "189", "GBP"),
        ("I paid 45 for it", "45", ""),
    ],
)
def test_an_amount_has_its_number_and_its_currency(text: str, amount: str, currency: str) -> None:
    assert one(text, "amount") == ("paid", {"amount": amount, "currency": currency}, False)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("the lamp cost me 30 euros", "paid"),
        ("they refunded me 30 euros", "refunded"),
        ("he offered me 30 euros", "offered"),
        ("he offers 30%", "offered"),
        ("I want 30 euros back", "wanted"),
        ("they still owe me 30 euros", "wanted"),
        ("I was not refunded the 30 euros", "wanted"),
    ],
)
def test_an_amount_has_the_role_that_the_words_near_it_give(text: str, role: str) -> None:
    assert one(text, "amount")[0] == role


@pytest.mark.parametrize(
    ("figures", "number"),
    [
        ("1 250", "1250"),
        ("1.250", "1250"),
        ("1,250,000", "1250000"),
        ("12.5", "12.5"),
        ("9,99", "9.99"),
        ("30,-", "30"),
    ],
)
def test_thousands_and_decimals_are_told_apart(figures: str, number: str) -> None:
    assert plain(figures) == number


@pytest.mark.parametrize(
    ("text", "quantities"),
    [
        ("twenty ordered, five came", [("ordered", 20), ("arrived", 5)]),
        ("I got 3 instead of 6", [("arrived", 3), ("ordered", 6)]),
        ("2 of the 4 plates are broken", [("faulty", 2), ("ordered", 4)]),
        ("3 are missing", [("missing", 3)]),
        ("I waited 3 weeks and wrote 4 emails", []),
        ("of the 6 cups one is chipped", [("ordered", 6), ("faulty", 1)]),
        ("half of the nails are bent", [("faulty", None)]),
        ("I buy 10 of them, 8 come", [("ordered", 10), ("arrived", 8)]),
        ("size 42, model 12, iPhone 13", []),
    ],
)
def test_a_quantity_has_a_role_or_is_none(text: str, quantities: list[tuple[str, int]]) -> None:
    assert [(role, value) for role, value, _ in told(text, "quantity")] == quantities


@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("I used my paypall account", "paypal"),
        ("paid by mastercad", "card"),
        ("paid with my credit card", "card"),
        ("clarna took it", "klarna"),
        ("apple pay of course", "apple_pay"),
        ("sent through gpay", "google_pay"),
        ("it was a wire transfer", "bank_transfer"),
        ("paid with skrill", "moneybookers"),
        ("paid with gift cards", "other"),
    ],
)
def test_a_payment_method_is_known_by_its_names_and_misspellings(text: str, method: str) -> None:
    assert one(text, "payment_method")[1] == method


@pytest.mark.parametrize("text", ["the graphics card is dead", "a birthday card", "my visa application"])
def test_not_every_card_is_a_payment_method(text: str) -> None:
    assert told(text, "payment_method") == []


@pytest.mark.parametrize(
    ("text", "entity", "value", "denied"),
    [
        ("it is not broken", "problem", "broken", True),
        ("it isnt brokn, it is a fake", "problem", "broken", True),
        ("it is a fake", "problem", "counterfeit", False),
        ("not only broken but late", "problem", "broken", False),
        ("I haven't asked him yet", "refund_requested", "asked", True),
        ("he didn't refuse", "supplier_response", "refused", True),
        ("I was not refunded", "supplier_response", "refunded", True),
        ("the shop never answered", "supplier_response", "none", False),
        ("tracking says delivered", "carrier_status", "delivered", False),
        ("it was never delivered", "carrier_status", "delivered", True),
        ("it was not returned to sender", "carrier_status", "returned", True),
        ("the post has no record of it", "carrier_status", "no_valid_tracking", False),
    ],
)
def test_what_is_denied_is_told_as_denied(text: str, entity: str, value: str, denied: bool) -> None:
    assert ("", value, denied) in told(text, entity)


def test_what_is_denied_stands_from_its_not_on() -> None:
    text = "Honestly, it is not broken"
    (found,) = [each for each in entities_in(text, ON) if each.entity == "problem"]

    assert text[found.start : found.end] == "not broken"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("the listing said brand new, what came is worn", "brand new"),
        ("Advert: handmade. There is a factory stamp.", "handmade"),
        ("it was sold as solid oak", "solid oak"),
        ("according to the description it is waterproof", "waterproof"),
    ],
)
def test_what_the_listing_said_is_told_in_its_own_words(text: str, said: str) -> None:
    assert one(text, "listing") == ("", said, False)


@pytest.mark.parametrize(
    ("text", "entity", "number"),
    [
        ("order number 77812-0093-41", "order_number", "77812-0093-41"),
        ("my order 3007 5512 8894", "order_number", "300755128894"),
        ("tracking lx482910374cn", "tracking_number", "LX482910374CN"),
        ("tracking number 12345678901", "tracking_number", "12345678901"),
        ("8031456720", "order_number", "8031456720"),
    ],
)
def test_numbers_are_told_apart_and_without_blanks(text: str, entity: str, number: str) -> None:
    assert one(text, entity)[1] == number


@pytest.mark.parametrize("text", ["call me on 00491701234567", "card ending 123456789", "I paid 1200 for 20 of them"])
def test_other_numbers_are_no_order_numbers(text: str) -> None:
    assert told(text, "order_number") == []


def _is_sound(found: Entity, text: str) -> bool:
    roles = ROLES[found.entity]
    return 0 <= found.start < found.end <= len(text) and (found.role in roles if roles else not found.role)


_PIECES = """ordered 20 got 5 of the not broken $3 1.250,00 € on 3 May by listing said paid klarna delivered can't
½ ﬁ é , . ? ! : - order 8031456720 RR123456785GB"""
_WORDS = st.sampled_from([*_PIECES.split(), "\u0301", "\U0001f468\u200d\U0001f469", "\ud800", "\x00", "\u200b", "\n"])


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=2500), st.lists(_WORDS, max_size=80).map(" ".join), st.lists(_WORDS).map("".join)))
def test_any_text_gives_facts_whose_places_lie_in_it(text: str) -> None:
    assert all(_is_sound(found, text) for found in entities_in(text, ON))


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), st.lists(_WORDS, max_size=40).map(" ".join), st.lists(_WORDS, max_size=40).map("".join)))
def test_even_text_with_places_is_even_text(text: str) -> None:
    made = placed(text)

    assert made.text == even(text)
    assert len(made.starts) == len(made.ends) == len(made.text)


def test_a_list_of_facts_without_end_is_read_to_a_bound() -> None:
    """However many there are, thirty of a kind are told."""
    for text in ("10 ordered " * 180, "$1 " * 600, "3 May " * 330, "8031456720 " * 180):
        assert 0 < len(entities_in(text, ON)) <= 60


@pytest.mark.parametrize("name", table_names())
def test_every_table_can_be_read(name: str) -> None:
    assert read_table(name)


def test_a_phrase_needs_the_part_that_has_the_fewest_wordings() -> None:
    assert phrase("(was|is) [really] (broken|torn)").needs.words == {"broken", "torn"}
    assert phrase("[very] ... <n>").needs.words is None


def test_a_phrase_knows_the_words_that_it_can_begin_with() -> None:
    assert phrase("[never|not] (came back|arriv*) , in time").needs.first == {"never", "not", "came", "arr*"}
    assert phrase("([really]|so) broken").needs.first == {"really", "so", "broken"}
    assert phrase("<n> were broken").needs.first is None
