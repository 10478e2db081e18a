"""Dates as they are written elsewhere than in neat sentences, kind by kind.

The days were worked out with a printed calendar. Wednesday, 16 October 2019 counts as today.
"""

from __future__ import annotations

from datetime import date

import pytest

from language.dates import Order, read

TODAY = date(2019, 10, 16)

#: An expression and all its candidates, the best first.
WEEKDAYS = {
    "thurs": ["2019-10-10"],
    "past friday": ["2019-10-11"],
    "the most recent thursday": ["2019-10-10"],
    "last friday": ["2019-10-11"],
    "last mon": ["2019-10-14", "2019-10-07"],
    "last last friday": ["2019-10-04"],
    "monday just gone": ["2019-10-14"],
    "lastfriday": ["2019-10-11"],
    "this week's tuesday": ["2019-10-15"],
    "week ago on tuesday": ["2019-10-08"],
    "monday the week before last": ["2019-09-30"],
    "the last 2 fridays": ["2019-10-11", "2019-10-04"],
    "friday fortnight": ["2019-11-01"],
    "Remembrance Sunday": ["2018-11-11"],
    "Trinity Sunday": ["2019-06-16"],
}

WEEKDAYS_WITH_A_DAY = {
    "friday the 13th": ["2019-09-13", "2019-10-13"],
    "sunday 6th": ["2019-10-06"],
    "6th sunday": ["2019-10-06"],
    "6th, sunday": ["2019-10-06"],
    "friday 11": ["2019-10-11"],
    "monday 13": ["2019-05-13", "2019-10-13", "2019-10-14"],
    "wed, 5 june": ["2019-06-05"],
    "6/10 sun": ["2019-10-06", "2019-06-10"],
    "next to last friday of september": ["2019-09-20"],
    "second to last friday of september": ["2019-09-20"],
    "last working day of august": ["2019-08-30"],
    "first business day of september": ["2019-09-02"],
    "the second last day of september": ["2019-09-29"],
}

SO_LONG_AGO = {
    "week ago": ["2019-10-09"],
    "3 d ago": ["2019-10-13"],
    "before 3 days": ["2019-10-13"],
    "two dozen days ago": ["2019-09-22"],
    "three quarters of a year ago": ["2019-01-16"],
    "5 mos ago": ["2019-05-16"],
    "1 yr 2 mo ago": ["2018-08-16"],
    "5 weekdays ago": ["2019-10-09"],
    "5m ago": ["2019-05-16", "2019-10-16"],
    "minutes ago": ["2019-10-16"],
    "today last year": ["2018-10-16"],
    "last year today": ["2018-10-16"],
    "the evening before last": ["2019-10-14"],
    "ereyesterday": ["2019-10-14"],
    "the eve of 5 june": ["2019-06-04"],
    "the morning after 5 june": ["2019-06-06"],
}

IN_DIGITS = {
    "2019 10 13": ["2019-10-13"],
    "13 10 19": ["2019-10-13"],
    "3 . 4 . 2017": ["2017-04-03", "2017-03-04"],
    "19-10-13": ["2019-10-13", "2013-10-19"],
    "13-10-19": ["2019-10-13"],
    "16 may 15.15": ["2019-05-16"],
    "the 1. of january": ["2019-01-01"],
    "2019-W40-3": ["2019-10-02"],
    "on 15": ["2019-10-15"],
}

IN_A_YEAR_TOLD_FIRST = {
    "last year, may 3rd": ["2018-05-03"],
    "last year on may 3rd": ["2018-05-03"],
    "last year's 3rd of may": ["2018-05-03"],
    "last year's christmas": ["2018-12-25"],
}

WITH_A_TIME = {
    "Fri Oct 05 19:45:12 EDT 2018": ["2018-10-05"],
    "5 october, half past six": ["2019-10-05"],
    "quarter to nine on 5 october": ["2019-10-05"],
    "3 in the afternoon yesterday": ["2019-10-15"],
    "2018-10-05T19:45:12.123Z": ["2018-10-05"],
    "7.45pm 5th oct": ["2019-10-05"],
    "the 4th around 3": ["2019-10-04"],
    "end of day": ["2019-10-16"],
    "late last night": ["2019-10-15"],
}

HOLIDAYS = {
    "presidents' day": ["2019-02-18"],
    "veteran's day": ["2018-11-11"],
    "veteran day 2017": ["2017-11-11"],
    "martin luther king, jr. day": ["2019-01-21"],
    "orthodox easter": ["2019-04-28"],
    "clean monday": ["2019-03-11"],
    "islamic new year": ["2019-09-01", "2019-08-31"],
    "eid al-fitr 2018": ["2018-06-15", "2018-06-14"],
    "rosh hashanah": ["2019-09-30", "2019-09-29"],
    "lantern festival": ["2019-02-19"],
    "qingming": ["2019-04-05"],
    "election day 2016": ["2016-11-08"],
    "grandparents day": ["2019-09-08"],
    "arbor day": ["2019-04-26", "2019-03-12"],
    "leap day": ["2016-02-29"],
    "cristmas eve": ["2018-12-24"],
    "haloween": ["2018-10-31"],
    "first day of hanukkah 2018": ["2018-12-03", "2018-12-02"],
    "Saint Nicholas, 6 December": ["2018-12-06"],
}

ONE_OR_MORE_DAYS = (
    WEEKDAYS | WEEKDAYS_WITH_A_DAY | SO_LONG_AGO | IN_DIGITS | IN_A_YEAR_TOLD_FIRST | WITH_A_TIME | HOLIDAYS
)

#: A period, the latest of its days up to today, the earliest, and how many there are.
PERIODS = {
    # weeks and months by their distance
    "weekend": ("2019-10-13", "2019-10-12", 2),
    "lastweek": ("2019-10-13", "2019-10-07", 7),
    "the preceding month": ("2019-09-30", "2019-09-01", 30),
    "the week just gone": ("2019-10-16", "2019-10-07", 10),
    "all week": ("2019-10-16", "2019-10-14", 3),
    "month to date": ("2019-10-16", "2019-10-01", 16),
    "the last 2 weekends": ("2019-10-13", "2019-10-05", 4),
    "last half year": ("2019-10-16", "2019-04-15", 185),
    "last year in may": ("2018-05-31", "2018-05-01", 31),
    "a year ago last month": ("2018-09-30", "2018-09-01", 30),
    # parts and numbered ones
    "the rest of september": ("2019-09-30", "2019-09-30", 1),
    "the first two months of the year": ("2019-02-28", "2019-01-01", 59),
    "last month of 2018": ("2018-12-31", "2018-12-01", 31),
    "mid-2017": ("2017-09-01", "2017-05-02", 123),
    "throughout may": ("2019-05-31", "2019-05-01", 31),
    "week 40": ("2019-10-06", "2019-09-30", 7),
    "2018-W40": ("2018-10-07", "2018-10-01", 7),
    "quarter 1 2018": ("2018-03-31", "2018-01-01", 90),
    "winter 2018/19": ("2019-03-20", "2018-12-01", 110),
    # from one day to another
    "28/07-03/08": ("2019-08-03", "2019-07-28", 7),
    "7/28-8/3": ("2019-08-03", "2019-07-28", 7),
    "28.07.-03.08.2018": ("2018-08-03", "2018-07-28", 7),
    "29/12-02/01/2019": ("2019-01-02", "2018-12-29", 5),
    "20-22/5/2017": ("2017-05-22", "2017-05-20", 3),
    "20.-22.5.2017": ("2017-05-22", "2017-05-20", 3),
    "20170520-20170602": ("2017-06-02", "2017-05-20", 14),
    "mon - wed last week": ("2019-10-09", "2019-10-07", 2),
    "from march to now": ("2019-10-16", "2019-03-01", 230),
    "may/june": ("2019-06-30", "2019-05-01", 61),
    "late may or early june": ("2019-06-10", "2019-05-22", 20),
    # feasts of several days
    "ramadan": ("2019-06-04", "2019-05-05", 31),
    "hanukkah 2018": ("2018-12-10", "2018-12-02", 9),
}

#: Years on end: too many days to be told one by one.
YEARS = {"2016-2018": "2018", "from 2016 to 2018": "2018", "the 1990s": "1999", "the nineties": "1999"}

#: Words and numbers that look like what is above, and are none.
NO_DATES = [
    "it took the whole week",
    "I waited in all week",
    "bought a blender like the ones of the eighties",
    "I sent 3 d cells",
    "Ethiopian New Year",
    "card 4111 1111 1111 1111",
    "it will be ready before 3 days are over",
    "models 2016 and 2018",
    "pages 20-22",
    "in week 2 it broke",
    "ratio 3.5-4.5",
    "lot 14/14/14",
]


def candidates(text: str, order: Order | None = None) -> list[str]:
    """The candidates of all dates in a text."""
    return [day for reading in read(text, TODAY, order) for day in reading.candidates]


@pytest.mark.parametrize(("text", "days"), ONE_OR_MORE_DAYS.items())
def test_an_expression_means_these_days(text: str, days: list[str]) -> None:
    """One day where there is no doubt, several where a buyer can mean either, the likeliest first."""
    (reading,) = read(text, TODAY)

    assert list(reading.candidates) == days


@pytest.mark.parametrize(("text", "run"), PERIODS.items())
def test_a_period_is_all_its_days_up_to_today(text: str, run: tuple[str, str, int]) -> None:
    """Of two dates as well: what one of them leaves out it has from the other."""
    days = candidates(text)

    assert (max(days), min(days), len(days)) == run


@pytest.mark.parametrize(("text", "last"), YEARS.items())
def test_years_on_end_begin_with_the_latest(text: str, last: str) -> None:
    """The last day of the last year comes first."""
    assert candidates(text)[0] == f"{last}-12-31"


@pytest.mark.parametrize("text", ["days ago", "some weeks ago", "months ago", "a few weeks back"])
def test_without_a_number_the_answer_is_always_a_question(text: str) -> None:
    """Nobody knows how many "weeks ago" are."""
    assert len(candidates(text)) > 2


@pytest.mark.parametrize(
    "text",
    ["2 1/2 weeks ago", "2½ weeks ago", "2.5 weeks ago", "two and a half weeks ago"],
)
def test_a_half_is_read_however_it_is_written(text: str) -> None:
    """Seventeen days, or about as many."""
    days = candidates(text)

    assert days[0] == "2019-09-29"
    assert len(days) > 1


@pytest.mark.parametrize(
    "text", ["not more than 3 days ago", "no more than 3 days ago", "less than 3 days ago", "within 3 days ago"]
)
def test_at_most_so_long_ago_is_no_denial(text: str) -> None:
    """ "Not" belongs to the amount there, and every day since is meant."""
    assert {"2019-10-13", "2019-10-14"} <= set(candidates(text))


def test_the_order_of_day_and_month_holds_for_both_ends_of_a_run() -> None:
    """2/5-6/5 is four days in May or four months."""
    assert (candidates("2/5-6/5", "DMY")[-1], candidates("2/5-6/5", "DMY")[0]) == ("2019-05-02", "2019-05-06")
    assert (candidates("2/5-6/5", "MDY")[-1], candidates("2/5-6/5", "MDY")[0]) == ("2019-02-05", "2019-06-05")
    assert {"2019-05-02", "2019-05-06", "2019-02-05", "2019-06-05"} <= set(candidates("2/5-6/5"))


@pytest.mark.parametrize("text", ["14/14/14", "on 31/02/19", "feb 31", "31/4", "28 feb to 31 feb"])
def test_a_day_that_cannot_be_is_named_as_such(text: str) -> None:
    """Found, and without candidates."""
    (reading,) = read(text, TODAY)

    assert reading.candidates == ()


@pytest.mark.parametrize("text", NO_DATES)
def test_what_only_looks_like_a_date_is_left_alone(text: str) -> None:
    """How long something took, a fashion, a size, a card number."""
    assert read(text, TODAY) == []
