# ruff: noqa: RUF001 - typed as buyers type it: wide figures, figures of other scripts, dashes
"""Cards, codes, passwords and accounts are gone before a message is kept; numbers of orders stay (P-01 to P-03)."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.redaction import redact
from gateway.redaction.issuers import is_card_number
from tests.timing import assert_time_grows_with_the_text

#: Numbers that the networks publish for tests.
CARDS = [
    "4111111111111111",
    "4012888888881881",
    "5500005555555559",
    "5105105105105100",
    "2223003122003222",
    "378282246310005",
    "371449635398431",
    "6011111111111117",
    "30569309025904",
    "38520000023237",
    "3530111333300000",
    "6200000000000005",
    "6759649826438453",
    "2200000000000004",
]
#: Numbers of orders that pass for cards' (P-02).
LIKE_CARDS = ["8012345678901230", "3006123456789013", "8170000000000007", "4111111111111111", "5500005555555559"]


def digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())


def wide(number: str) -> str:
    return number.translate({ord("0") + value: chr(0xFF10 + value) for value in range(10)})


def arabic(number: str) -> str:
    return number.translate({ord("0") + value: chr(0x660 + value) for value in range(10)})


WRITTEN = {
    "plain": lambda n: n,
    "blanks": lambda n: " ".join(n[at : at + 4] for at in range(0, len(n), 4)),
    "dashes": lambda n: "-".join(n[at : at + 4] for at in range(0, len(n), 4)),
    "dots": lambda n: ".".join(n[at : at + 4] for at in range(0, len(n), 4)),
    "en dashes": lambda n: " – ".join(n[at : at + 4] for at in range(0, len(n), 4)),
    "lines": lambda n: "\n".join(n[at : at + 4] for at in range(0, len(n), 4)),
    "mixed": lambda n: f"{n[:4]}-{n[4:8]} {n[8:12]}.{n[12:]}",
    "amex": lambda n: f"{n[:4]} {n[4:10]} {n[10:]}" if len(n) < 16 else n,
    "single": lambda n: " ".join(n),
    "zero width": lambda n: "\u200b".join(n),
    "soft hyphens": lambda n: "\u00ad".join(n),
    "keycaps": lambda n: "".join(f"{digit}\ufe0f\u20e3" for digit in n),
    "wide": wide,
    "arabic": arabic,
    "in a word": lambda n: f"card{n}",
    "in letters": lambda n: f"x{n}x",
}


@pytest.mark.parametrize("card", CARDS)
@pytest.mark.parametrize("way", WRITTEN)
@pytest.mark.parametrize("around", ["{}", "take it from {} please", "my card is {}.", "paid with {}, never came"])
def test_a_card_number_is_removed_however_it_is_written(card: str, way: str, around: str) -> None:
    """By itself and in a sentence; nothing of it stays, not even the last four."""
    redacted = redact(around.format(WRITTEN[way](card)))

    assert digits(redacted.text) == ""
    assert "[card number removed]" in redacted.text
    assert redacted.removed == ("card_number",)


@pytest.mark.parametrize(
    ("said", "kept", "removed"),
    [
        (
            "4111 1111 1111 1111 12/27 123",
            "[card number removed] [expiry removed] [security code removed]",
            ("card_number", "security_code"),
        ),
        (
            "5500-0055-5555-5559 cvv 123 exp 12/27",
            "[card number removed] cvv [security code removed] exp [expiry removed]",
            ("card_number", "security_code"),
        ),
        (
            "378282246310005, 12/2027, 1234",
            "[card number removed], [expiry removed], [security code removed]",
            ("card_number", "security_code"),
        ),
        ("4111111111111111 1227 123", "[card number removed] [expiry removed] [security code removed]", None),
        ("exp 05/28, card 4111111111111111", "exp [expiry removed], card [card number removed]", None),
        ("my card: 41111111111111111227123", "my card: [card number removed]", None),
        ("4111111111111111, 123", "[card number removed], [security code removed]", None),
        ("the CVC is 737", "the CVC is [security code removed]", ("security_code",)),
        ("card security code: 4821", "card security code: [security code removed]", ("security_code",)),
        ("4111111111111111 for 250 euro", "[card number removed] for 250 euro", ("card_number",)),
        ("credit card 5018 0000 0009", "credit card [card number removed]", ("card_number",)),
    ],
)
def test_what_stands_beside_a_card_number_goes_too(said: str, kept: str, removed: tuple[str, ...] | None) -> None:
    """Expiry and code, with or without their names; an amount stays."""
    redacted = redact(said)

    assert redacted.text == kept
    assert removed is None or redacted.removed == removed


@pytest.mark.parametrize(
    "said",
    [
        "order 8012345678901230",
        "order no: 8012345678901230",
        "Order number is 4111111111111111",
        "my order #4111111111111111 never came",
        "orders 3006123456789013, 8170000000000007 and 4111111111111111",
        "4111111111111111 is my order number",
        "I paid by card for order 4111111111111111",
        "8170000000000007",
        "tracking number 4111111111111111",
        "YT4111111111111111",
        "parcel RB123456789CN",
        "1Z999AA10123456784",
        "LP00123456789012",
        "9400110200881234567890",
        "30.11.2023 05.12.2023",
        "2024-03-12 2024-03-15",
        "on 12/03/2024, 14:30:59",
        "1,234.56 + 4,999.00 = 6,233.56",
        "$4111.11 and 11.11 and 11.11",
        "sizes 36 37 38 39 40 41 42",
        "+49 151 23456789",
        "+4111111111111111",
        "0049 (0)151 / 2345 6789",
        "call 612345678 or 687654321",
        "2019 2020 2021 2022 2023",
        "4111 1111 1111 1112",
        "12345678901234567890123456789012345678901234567890",
        "IMEI 490154203237518",
        "item 1005001234567890",
        "ISBN 978-3-16-148410-0",
        "promo code 123456",
        "postal code: 12345",
        "the error code is shown, 4821 times",
        "order confirmation code: 48213377",
        "password problem",
        "my password is not working",
        "my password was reset",
        "I forgot my password, sorry",
        "passport cover, 2 pieces",
        "the food expires 12/27",
        "pass the parcel: 3 of 4",
        "my account is locked since 12.03.2024",
        "PIN code 560001",
        "",
    ],
)
def test_what_is_no_secret_stays_as_it_was_written(said: str) -> None:
    """Orders, parcels, dates, amounts, phones, and words about passwords."""
    redacted = redact(said)

    assert redacted.text == said
    assert redacted.removed == ()


def order_numbers(count: int) -> list[str]:
    """Numbers as marketplaces give them, with more than their share of those that pass for cards'."""
    chance = random.Random(4)
    starts = ["80", "81", "30", "50", "51", "3", "4", "5", "62", "6011", "112-", "", "PO-211-", "20-"]
    made = []
    while len(made) < count:
        start = chance.choice(starts)
        number = start + "".join(chance.choice("0123456789") for _ in range(16 - len(start)))
        if len(made) % 2 or is_card_number(number, rare=True):
            made.append(number)
    return made


def test_ten_thousand_order_numbers_stay_whole() -> None:
    """As the buyer's own, as the answer to the question, and where they are called so; half of them pass for cards'."""
    numbers = order_numbers(10_000)

    assert sum(is_card_number(number) for number in numbers) > 1_000
    for number in numbers:
        assert redact(number, own_orders=[number]).text == number
        assert redact(f"it is {number}.", answers_order_question=True).text == f"it is {number}."
        assert redact(f"my order number is {number}").text == f"my order number is {number}"


@pytest.mark.parametrize("number", LIKE_CARDS)
def test_an_order_is_known_however_it_is_written(number: str) -> None:
    """The token says it in one way, the buyer in another."""
    said = " ".join(number[at : at + 4] for at in range(0, 16, 4))

    assert redact(f"what about {said}", own_orders=[number]).text == f"what about {said}"
    assert redact(f"what about {wide(number)}", own_orders=[said]).text == f"what about {wide(number)}"


def test_the_answer_to_the_order_question_goes_where_the_words_say_that_it_is_a_card() -> None:
    """Somebody may answer with the wrong number; having paid by card says nothing of the number."""
    said = "here is my card number 4111111111111111"

    assert digits(redact(said, answers_order_question=True).text) == ""
    assert digits(redact("4111111111111111 cvv 123", answers_order_question=True).text) == ""
    kept = "4111111111111111, I paid it by credit card"
    assert redact(kept, answers_order_question=True, before="I paid by visa card").text == kept


def test_a_message_before_that_only_speaks_of_an_order_does_not_protect_a_card() -> None:
    """It has to announce a number."""
    assert digits(redact("4111111111111111", before="cancel my order").text) == ""
    assert redact("4111111111111111", before="my order number:").text == "4111111111111111"


def test_a_short_order_number_does_not_protect_a_card() -> None:
    """One of the groups of a card's number may be somebody's order."""
    assert digits(redact("4111 1111 1111 1111", own_orders=["1111", "4111", "1"]).text) == ""


def test_a_card_number_that_was_said_as_such_goes_everywhere() -> None:
    """Also where it is called an order's the second time, or written otherwise."""
    redacted = redact("visa 4111111111111111. I mean order 4111-1111-1111-1111.")

    assert digits(redacted.text) == ""


@pytest.mark.parametrize(
    ("said", "kept", "kind"),
    [
        ("my code is 123456", "my code is [code removed]", "one_time_code"),
        ("OTP 4821", "OTP [code removed]", "one_time_code"),
        ("verification code: 12-34-56", "verification code: [code removed]", "one_time_code"),
        ("the code is ４８２９１３ ok", "the code is [code removed] ok", "one_time_code"),
        (
            "G-123456 is your Google verification code",
            "[code removed] is your Google verification code",
            "one_time_code",
        ),
        ("123456 is my code", "[code removed] is my code", "one_time_code"),
        ("one-time password: X7K9Q2", "one-time password: [code removed]", "one_time_code"),
        ("my PIN is 4821.", "my PIN is [code removed].", "one_time_code"),
        ("my password is hunter2", "my password is [password removed]", "password"),
        ("password: correct-horse", "password: [password removed]", "password"),
        ("pw: x", "pw: [password removed]", "password"),
        ('password is "a b c" ok', "password is [password removed] ok", "password"),
        ("my password is S3cret!, help", "my password is [password removed] help", "password"),
        ("use password hunter2", "use password [password removed]", "password"),
        ("DE89 3704 0044 0532 0130 00 thanks", "[bank account removed] thanks", "bank_account"),
        ("iban gb82west12345698765432", "iban [bank account removed]", "bank_account"),
        ("bank account number 12345678", "bank account number [bank account removed]", "bank_account"),
        ("sort code 12-34-56", "sort code [bank account removed]", "bank_account"),
        ("passport number is C01X00T47", "passport number is [passport number removed]", "passport"),
        ("Passport: AB1234567", "Passport: [passport number removed]", "passport"),
    ],
)
def test_other_secrets_are_removed_where_the_words_say_what_they_are(said: str, kept: str, kind: str) -> None:
    """Codes, passwords, accounts and passports."""
    redacted = redact(said)

    assert redacted.text == kept
    assert redacted.removed == (kind,)


def test_an_account_number_with_wrong_check_digits_is_none() -> None:
    """A product's name may look like one."""
    assert redact("model DE88 3704 0044 0532 0130 00").text == "model DE88 3704 0044 0532 0130 00"


WORDS = """card order cvv exp 12/27 123 1234 my password is hunter2 code: otp iban passport number [card removed] visa
 . , [card number removed] the tracking pin"""
PIECES = st.one_of(
    st.sampled_from([*CARDS, *(WRITTEN[way](card) for card in CARDS[:3] for way in WRITTEN), *LIKE_CARDS]),
    st.sampled_from([*WORDS.split(), "\n", "[card number removed]"]),
    st.from_regex(r"[0-9]{1,20}", fullmatch=True),
    st.text(max_size=12),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=10).map(" ".join), st.booleans(), st.lists(PIECES, max_size=2).map(" ".join))
def test_what_was_redacted_is_not_redacted_again(text: str, asked: bool, before: str) -> None:
    """A message that is delivered twice is kept the same."""
    once = redact(text, answers_order_question=asked, before=before)
    again = redact(once.text, answers_order_question=asked, before=before)

    assert again.text == once.text
    assert again.removed == ()


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(CARDS),
    st.sampled_from(sorted(WRITTEN)),
    st.text("abc ,.!é\n", max_size=40),
    st.text("xyz ?", max_size=9),
)
def test_the_digits_of_a_card_stand_nowhere_in_what_is_kept(card: str, way: str, before: str, after: str) -> None:
    """Whatever words are around it."""
    redacted = redact(f"{before} {WRITTEN[way](card)} {after}")

    assert digits(redacted.text) == ""


@settings(max_examples=300, deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Nd", "No", "Nl", "Cs"]), max_size=200).filter(
        lambda text: "pass" not in text.casefold()
    )
)
def test_text_without_figures_stays_as_it_is(text: str) -> None:
    """Only a password can be told from words alone; text that asks for one is not made up here."""
    if not any(word in text.casefold() for word in ("pw", "pwd")):
        assert redact(text).text == text


@pytest.mark.parametrize(
    "unit",
    [
        "4111 1111 1111 1111 ",
        "4111 1111 1111 1112 ",
        "4",
        "4 ",
        "card 4 ",
        "1",
        " ",
        "password is ",
        "otp ",
        "pass=",
        "de89 ",
        "orders 8012345678901230, ",
        "exp 12/27 4111111111111111 ",
        "a1 ",
        "[card ",
        "٤",
    ],
)
def test_the_time_grows_with_the_text_and_not_with_its_square(unit: str) -> None:
    """Whatever it repeats, also where the message before was the same."""
    assert_time_grows_with_the_text(lambda text: redact(text, before=text), (unit * 20_000)[:20_000])
