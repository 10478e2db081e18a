"""What holds for every text and every day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from language.dates import read
from language.dates.calendar_days import day_number, months_later, year_month_day
from language.dates.calendar_words import MONTHS, UNITS, WEEKDAYS
from language.dates.holiday_calendar import HOLIDAYS
from tests.timing import assert_time_grows_with_the_text

PIECES = st.sampled_from(
    [
        *MONTHS,
        *WEEKDAYS,
        *UNITS,
        *(name for names in HOLIDAYS for name in names.split("|")),
        *"last this next past the a an of in on from to between and or before after ago back first third 3rd 5 12 31 2024 24 99 30 0 9999 / - . , ( ) : ' early mid end half couple about over today yesterday q1 summer since week-end w/c 2024-02-30 5/6 13/13/2024 not by until due ordered asked refund twenty two thousand nineteen pm 8:30".split(),  # noqa: E501, SIM905
    ]
)
PHRASES = st.lists(PIECES, max_size=9).map(" ".join) | st.lists(PIECES, max_size=9).map("".join)
NEAR_THE_LIMITS = st.dates(max_value=date(3, 1, 1)) | st.dates(min_value=date(9997, 1, 1))
DAYS = st.dates() | NEAR_THE_LIMITS
ORDINARY_DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))
ORDERS = st.sampled_from([None, "DMY", "MDY"])


@settings(max_examples=600, deadline=None)
@given(st.text() | PHRASES, DAYS, ORDERS)
def test_every_text_is_read_without_an_error(text: str, on: date, order: str | None) -> None:
    """Whatever is typed: readings lie in order where they say, with days that exist, each once."""
    end = 0
    for reading in read(text, on, order):
        start, stop = reading.span
        assert end <= start < stop
        assert text[start:stop] == reading.text
        assert [date.fromisoformat(day).isoformat() for day in reading.candidates] == list(reading.candidates)
        assert len(set(reading.candidates)) == len(reading.candidates)
        end = stop


@given(ORDINARY_DAYS, st.sampled_from(list(WEEKDAYS)), st.sampled_from(["", "last ", "this past ", "next ", "this "]))
def test_a_weekday_is_always_that_weekday(on: date, weekday: str, which: str) -> None:
    """And never more than two weeks away."""
    (reading,) = read(which + weekday, on)

    days = [date.fromisoformat(day) for day in reading.candidates]
    assert {day.weekday() for day in days} == {WEEKDAYS[weekday]}
    assert all(abs(day - on) <= timedelta(days=14) for day in days)


@given(ORDINARY_DAYS, st.dates(date(2023, 1, 1), date(2023, 12, 31)))
def test_without_a_year_the_latest_such_day_that_is_not_ahead_is_meant(on: date, day: date) -> None:
    """It is less than a year and a day ago."""
    (reading,) = read(f"{day.day} {day:%B}", on)

    (found,) = (date.fromisoformat(candidate) for candidate in reading.candidates)
    assert (found.month, found.day) == (day.month, day.day)
    assert timedelta(0) <= on - found <= timedelta(days=366)


@given(ORDINARY_DAYS, ORDINARY_DAYS)
def test_a_date_with_its_year_means_the_same_on_every_day(on: date, day: date) -> None:
    """In each way to write it that can be read in one way only."""
    for text in (f"{day:%Y-%m-%d}", f"{day:%d %B %Y}", f"{day:%B} {day.day}, {day.year}", f"{day:%A}, {day:%d %b %Y}"):
        (reading,) = read(text, on)

        assert reading.candidates == (day.isoformat(),), text


@given(ORDINARY_DAYS, ORDINARY_DAYS)
def test_the_order_given_is_the_order_read(on: date, day: date) -> None:
    """And without one the right day is always among the candidates."""
    assert read(f"{day:%d/%m/%Y}", on, "DMY")[0].candidates == (day.isoformat(),)
    assert read(f"{day:%m/%d/%Y}", on, "MDY")[0].candidates == (day.isoformat(),)
    assert day.isoformat() in read(f"{day:%d/%m/%Y}", on)[0].candidates
    assert len(read(f"{day:%d/%m/%Y}", on)[0].candidates) == (1 if day.day > 12 or day.day == day.month else 2)


@given(ORDINARY_DAYS, st.integers(0, 400))
def test_so_many_days_ago_are_counted_exactly(on: date, count: int) -> None:
    """One day off would decide the wait of ten days."""
    assert read(f"{count} days ago", on)[0].candidates == ((on - timedelta(days=count)).isoformat(),)


@given(ORDINARY_DAYS, st.sampled_from(["last week", "this month", "May", "last year", "the weekend", "Q2", "winter"]))
def test_a_period_has_no_day_ahead(on: date, text: str) -> None:
    """Its days come latest first."""
    days = read(text, on)[0].candidates

    assert days
    assert list(days) == sorted(days, reverse=True)
    assert days[0] <= on.isoformat()


@given(st.integers(-900_000, 4_500_000))
def test_day_numbers_go_beyond_the_years_that_dates_know(day: int) -> None:
    """So that no arithmetic on days can overflow."""
    assert day_number(*year_month_day(day)) == day
    assert year_month_day(months_later(day, 12))[0] == year_month_day(day)[0] + 1


@pytest.mark.parametrize(
    "piece",
    [
        "x",
        "1 ",
        "1/",
        "a ",
        "the ",
        "last ",
        "may ",
        "friday, ",
        "3 to ",
        "two days before ",
        "from may to ",
        "1.2-3/4 ",
        "week ago ",
        "before 3 days ",
        "last year in ",
        "28/07-03/08 ",
        "second to last ",
    ],
)
def test_the_time_grows_with_the_text_and_not_with_its_square(piece: str) -> None:
    """2,000 characters of whatever the grammar finds most interesting."""
    assert_time_grows_with_the_text(lambda text: read(text, date(2024, 5, 16)), (piece * 2000)[:2000])
