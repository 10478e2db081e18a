"""Dates inside what buyers write: which words are dates, what they are the dates of, and which numbers are none."""

from __future__ import annotations

from datetime import date

import pytest

from language.dates import read

TODAY = date(2024, 5, 16)

#: A message, and each date in it with its role.
ROLES = {
    "I ordered it on 3 May and it came on the 5th": [("2024-05-03", "ordered"), ("2024-05-05", "delivered")],
    "On 3 May I ordered two, on the 9th the first one arrived": [
        ("2024-05-03", "ordered"),
        ("2024-05-09", "delivered"),
    ],
    "bought two weeks ago, asked for a refund yesterday": [
        ("2024-05-02", "ordered"),
        ("2024-05-15", "refund_requested"),
    ],
    "I asked the seller for my money back last Friday": [("2024-05-10", "refund_requested")],
    "On 5 May I asked for a refund": [("2024-05-05", "refund_requested")],
    "I asked on 3 May for a refund": [("2024-05-03", "refund_requested")],
    "The refund was requested on 2 May": [("2024-05-02", "refund_requested")],
    "I didn't ask for a refund until 5 May": [("2024-05-05", "refund_requested")],
    "it has been 10 days since I asked for my money back": [("2024-05-06", "refund_requested")],
    "It's been two weeks since I placed the order": [("2024-05-02", "ordered")],
    "Order date: 3 April 2024": [("2024-04-03", "ordered")],
    "my order from 3 April arrived on Monday": [("2024-04-03", "ordered"), ("2024-05-13", "delivered")],
    "Paid 34,50 € on 13/04": [("2024-04-13", "ordered")],
    "got the parcel yesterday": [("2024-05-15", "delivered")],
    "signed for on 30.04.2024": [("2024-04-30", "delivered")],
    "It was due by 12 April": [("2024-04-12", "due")],
    "should have arrived by the 10th": [("2024-05-10", "due")],
    "Ordered 3rd April. Came 9th April. Refund requested 10th April.": [
        ("2024-04-03", "ordered"),
        ("2024-04-09", "delivered"),
        ("2024-04-10", "refund_requested"),
    ],
    # a day that is told by the one before it
    "It came on 3 May, and the next day I asked for a refund": [
        ("2024-05-03", "delivered"),
        ("2024-05-04", "refund_requested"),
    ],
    "got it on Monday. That same evening I asked for my money back": [
        ("2024-05-13", "delivered"),
        ("2024-05-13", "refund_requested"),
    ],
    "Ordered on 2 April, delivered a week after, leaks": [("2024-04-02", "ordered"), ("2024-04-09", "delivered")],
    "It arrived on the 3rd; 5 days later I requested a refund": [
        ("2024-05-03", "delivered"),
        ("2024-05-08", "refund_requested"),
    ],
    # after what is said, so it is not counted from the day before
    "Ordered on 2 April. Three days after I complained he answered": [("2024-04-02", "ordered")],
    # a feast that was promised, and words behind a day that go on
    "it was promised for Easter": [("2024-03-31", "due")],
    "I wrote on the 9th requesting my money": [("2024-05-09", "refund_requested")],
    # no role: something else happened, nothing happened, or the supplier did it
    "refund arrived on 5 May": [("2024-05-05", None)],
    "I received a message on Monday": [("2024-05-13", None)],
    "I wrote to the seller on 28 April": [("2024-04-28", None)],
    "the parcel left the country on 13/4": [("2024-04-13", None)],
    "it never arrived, the tracking stopped on 13 April": [("2024-04-13", None)],
    "the seller asked me for money on 1 May": [("2024-05-01", None)],
}

#: Messages without any date in them.
NO_DATES = [
    "",
    "I ordered 20 shirts and 5 came",
    "the next day",
    "two days later it broke",
    "I paid for next day delivery",
    "a present for Christmas, lost",
    "I paid $12.50 for it, that is 12.50 USD",
    "order number 8123456789012345",
    "order 20240399 and tracking RB123456785CN",
    "item #12/5",
    "5 stars, no: 1 of 5, a 4/5 rating at best",
    "support is there 24/7",
    "I got 1/2 of the order, 3/4 of it broken",
    "2 of 3 items",
    "app version 1.2.3 on 192.168.1.10",
    "https://shop.example/2024/03/01/item",
    "call 020 7946 0958 or 555-123-4567",
    "sort code 12-34-56",
    "size 10/12, USB 3.0, model S21, iPhone 12",
    "the 3rd item is broken",
    "this is my 5th order and the second time",
    "on the 3rd floor, on the first try",
    "first of all I want my money",
    "10 days refund policy, 60-day guarantee, 1 month warranty",
    "it took 3 weeks",
    "it stopped working in 3 days",
    "ten days after I ordered",
    "the day before I left",
    "the next day, and two days later",
    "every Friday they say the same, on Mondays too",
    "a long time ago",
    "at 5, at 8:30, at 8 pm",
    "may I ask you something, they may come, it may take a while",
    "I march to the shop",
    "the sun was shining and I sat down",
    "June from support said no",
    "for one second I thought it would fall apart",
    "a Christmas tree and a Mother's Day gift, a Black Friday deal",
    "half of it is missing",
    "100%",
]


@pytest.mark.parametrize(("text", "expected"), ROLES.items())
def test_each_date_of_a_message_has_its_own_role(text: str, expected: list[tuple[str, str | None]]) -> None:
    """The words near a date say what it is the date of; where they do not, it has no role."""
    assert [(reading.candidates[0], reading.role) for reading in read(text, TODAY)] == expected


@pytest.mark.parametrize("text", NO_DATES)
def test_numbers_and_words_that_are_no_dates_are_left_alone(text: str) -> None:
    """Prices, amounts, order numbers, shares, versions, durations and ordinary words are no dates."""
    assert read(text, TODAY) == []


def test_the_next_deadline_is_a_candidate_while_it_is_not_told_as_past() -> None:
    """ "Is due" looks ahead, "was due" does not."""
    assert read("it is due on 12 June", TODAY)[0].candidates == ("2024-06-12", "2023-06-12")
    assert read("it was due on 12 June", TODAY)[0].candidates == ("2023-06-12",)
    assert read("nothing came, it says delivery until 30 May, I asked on 5 May", TODAY)[0].candidates[0] == "2024-05-30"
    assert read("delivery is expected by the end of May", TODAY)[0].candidates[0] == "2024-05-31"


def test_a_day_number_after_a_date_can_belong_to_its_month() -> None:
    """The 12th after 3 April is 12 April or the latest 12th: a question."""
    first, second = read("ordered on 3 April, the parcel came on the 12th", TODAY)

    assert first.candidates == ("2024-04-03",)
    assert second.candidates == ("2024-04-12", "2024-05-12")


def test_a_date_that_is_denied_is_left_out() -> None:
    """ "Not on Friday" is no Friday, "not until Friday" is one."""
    assert [reading.text for reading in read("it was not on Friday, it was Saturday", TODAY)] == ["Saturday"]
    assert [reading.text for reading in read("not until Friday", TODAY)] == ["Friday"]


def test_an_impossible_date_is_shown_as_it_was_written() -> None:
    """Its words and its place are there for the answer that names it."""
    (reading,) = read("I asked him on 30 February 2024.", TODAY)

    assert (reading.text, reading.span, reading.candidates) == ("30 February 2024", (15, 31), ())


def test_a_date_written_twice_is_read_once() -> None:
    """Two words for one day agree on it."""
    assert [reading.candidates for reading in read("ten days ago (6 May)", TODAY)] == [("2024-05-06",)]
    assert [reading.candidates for reading in read("last Friday, 10 May", TODAY)] == [("2024-05-10",)]
