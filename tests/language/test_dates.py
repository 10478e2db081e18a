"""What single expressions of dates mean, seen from Thursday, 16 May 2024."""

from __future__ import annotations

from datetime import date

import pytest

from language.dates import read

TODAY = date(2024, 5, 16)

#: An expression and the one day it means.
SURE = {
    # today and its neighbours
    "today": "2024-05-16",
    "2day": "2024-05-16",
    "this morning": "2024-05-16",
    "just now": "2024-05-16",
    "twenty minutes ago": "2024-05-16",
    "yesterday": "2024-05-15",
    "yesteday": "2024-05-15",
    "last night": "2024-05-15",
    "the day before yesterday": "2024-05-14",
    "day b4 yesterday": "2024-05-14",
    "the night before last": "2024-05-14",
    "two days before yesterday": "2024-05-13",
    "24 hours ago": "2024-05-15",
    # so long ago
    "a fortnight ago": "2024-05-02",
    "ten days back": "2024-05-06",
    "10d ago": "2024-05-06",
    "3 wks ago": "2024-04-25",
    "one month ago": "2024-04-16",
    "a month and 3 days ago": "2024-04-13",
    "one hundred and twenty days ago": "2024-01-17",
    "5 yrs ago": "2019-05-16",
    "3 working days ago": "2024-05-13",
    "a year ago yesterday": "2023-05-15",
    "this time last year": "2023-05-16",
    "two nights ago": "2024-05-14",
    # weekdays
    "Friday": "2024-05-10",
    "on wendesday": "2024-05-15",
    "last Friday": "2024-05-10",
    "last Thursday": "2024-05-09",
    "this past Monday": "2024-05-13",
    "this Monday": "2024-05-13",
    "Monday night": "2024-05-13",
    "Monday of this week": "2024-05-13",
    "last week's Sunday": "2024-05-12",
    "Friday last week": "2024-05-10",
    "last week, on Friday": "2024-05-10",
    "two Mondays ago": "2024-05-06",
    "a week ago Monday": "2024-05-06",
    "Tuesday two weeks ago": "2024-04-30",
    "the Friday before last": "2024-05-03",
    # weekday and day
    "Friday the 3rd": "2024-05-03",
    "Friday 10th": "2024-05-10",
    "Sunday 12": "2024-05-12",
    "Fri 10 May": "2024-05-10",
    "May 10 (Friday)": "2024-05-10",
    "Monday, the sixth": "2024-05-06",
    "Friday 10.5": "2024-05-10",
    # days of the month
    "the 3rd": "2024-05-03",
    "21st": "2024-04-21",
    "the 24": "2024-04-24",
    "on the twenty-first": "2024-04-21",
    "the 31st": "2024-03-31",
    "the 5th of the month": "2024-05-05",
    "the 21st of last month": "2024-04-21",
    "last month on the 4th": "2024-04-04",
    "the 4th of the month before last": "2024-03-04",
    # months by name
    "May 5": "2024-05-05",
    "5 may": "2024-05-05",
    "8may": "2024-05-08",
    "Sept. 4": "2023-09-04",
    "febuary 3rd": "2024-02-03",
    "november the 30th": "2023-11-30",
    "twenty-first of June": "2023-06-21",
    "the third day of October 2014": "2014-10-03",
    "June 2nd, 2019": "2019-06-02",
    "2nd of June '19": "2019-06-02",
    "02-jun-19": "2019-06-02",
    "2019/Jun/02": "2019-06-02",
    "2019 2 June": "2019-06-02",
    "march thirty-first twenty twenty three": "2023-03-31",
    "8 May last year": "2023-05-08",
    "3 May two years ago": "2022-05-03",
    "next March 3rd": "2025-03-03",
    "29 Feb": "2024-02-29",
    # with a time of day
    "5 May at 8pm": "2024-05-05",
    "8 pm on 5 May": "2024-05-05",
    "May 5 at 4 pm 2016": "2016-05-05",
    "May 3, 2024, 10:32 AM": "2024-05-03",
    "2024-05-03T10:32:00Z": "2024-05-03",
    # digits
    "2024-03-01": "2024-03-01",
    "2024.3.1": "2024-03-01",
    "20240301": "2024-03-01",
    "13/05": "2024-05-13",
    "2/25": "2024-02-25",
    "2/25 '23": "2023-02-25",
    "25.12.": "2023-12-25",
    "13-04-2024": "2024-04-13",
    "15 / 04 / 2024": "2024-04-15",
    "3/3/24": "2024-03-03",
    "31.12.99": "1999-12-31",
    "１５／０４／２０２４": "2024-04-15",  # noqa: RUF001
    "١٥/٠٤/٢٠٢٤": "2024-04-15",  # noqa: RUF001
    # counted from another day
    "2 days after Christmas": "2023-12-27",
    "the day before last Christmas": "2023-12-24",
    "ten days before 1 May": "2024-04-21",
    "3 days from April 5": "2024-04-08",
    "the Friday before Easter": "2024-03-29",
    "the first Friday of March": "2024-03-01",
    "the last day of April": "2024-04-30",
    "third Tuesday after Christmas 2014": "2015-01-13",
    "the last Monday of last month": "2024-04-29",
    # holidays
    "xmas day": "2023-12-25",
    "Christmas Eve 2019": "2019-12-24",
    "Christmas two years ago": "2022-12-25",
    "Black Friday": "2023-11-24",
    "Easter Monday": "2024-04-01",
    "Good Friday last year": "2023-04-07",
    "New Year's Eve": "2023-12-31",
    "valentine’s day": "2024-02-14",  # noqa: RUF001
    "4th of July": "2023-07-04",
    "Halloween": "2023-10-31",
    "Labor Day": "2023-09-04",
    "Diwali": "2023-11-12",
    # to come, because the words say so
    "tomorrow": "2024-05-17",
    "the day after tomorrow": "2024-05-18",
    "in 3 days": "2024-05-19",
    "two weeks from today": "2024-05-30",
    "Tuesday week": "2024-05-28",
    "a week from Friday": "2024-05-24",
    "next Christmas": "2024-12-25",
    "20th of next month": "2024-06-20",
}

#: An expression that can mean several days: the best first.
ASKED = {
    "Thursday": ["2024-05-16", "2024-05-09"],
    "last Tuesday": ["2024-05-14", "2024-05-07"],
    "this Friday": ["2024-05-10", "2024-05-17"],
    "next Friday": ["2024-05-17", "2024-05-24"],
    "the 16th": ["2024-05-16", "2024-04-16"],
    "Monday 10 May": ["2024-05-13", "2024-05-10"],
    "yesterday, 12 May": ["2024-05-15", "2024-05-12"],
    "Monday or Tuesday": ["2024-05-13", "2024-05-14"],
    "the 3rd or 4th of May": ["2024-05-03", "2024-05-04"],
    "two or three days ago": ["2024-05-14", "2024-05-13"],
    "5 hours ago": ["2024-05-16", "2024-05-15"],
    "a couple of days ago": ["2024-05-14", "2024-05-13"],
    "last May 3rd": ["2024-05-03", "2023-05-03"],
    "3/5/2024": ["2024-05-03", "2024-03-05"],
    "04/03": ["2024-03-04", "2024-04-03"],
    "5.3": ["2024-03-05", "2024-05-03"],
    "3 5 2024": ["2024-05-03", "2024-03-05"],
    "Thanksgiving": ["2023-11-23", "2023-10-09"],
    "a week on Friday": ["2024-05-24", "2024-05-03"],
}

#: A period, the latest of its days up to today, the earliest, and how many there are.
PERIODS = {
    "last week": ("2024-05-12", "2024-05-06", 7),
    "this week": ("2024-05-16", "2024-05-13", 4),
    "earlier this week": ("2024-05-15", "2024-05-13", 3),
    "the week before last": ("2024-05-05", "2024-04-29", 7),
    "last week-end": ("2024-05-12", "2024-05-11", 2),
    "over the weekend": ("2024-05-12", "2024-05-11", 2),
    "two weekends ago": ("2024-05-05", "2024-05-04", 2),
    "last month": ("2024-04-30", "2024-04-01", 30),
    "May": ("2024-05-16", "2024-05-01", 16),
    "june": ("2023-06-30", "2023-06-01", 30),
    "7/2018": ("2018-07-31", "2018-07-01", 31),
    "2023": ("2023-12-31", "2023-01-01", 365),
    "last year": ("2023-12-31", "2023-01-01", 365),
    "the past three days": ("2024-05-16", "2024-05-13", 4),
    "end of September": ("2023-09-30", "2023-09-21", 10),
    "end of May": ("2023-05-31", "2024-05-22", 20),
    "mid-June": ("2023-06-20", "2023-06-10", 11),
    "early last week": ("2024-05-08", "2024-05-06", 3),
    "the beginning of the year": ("2024-05-01", "2024-01-01", 122),
    "Q1": ("2024-03-31", "2024-01-01", 91),
    "the last quarter of 2023": ("2023-12-31", "2023-10-01", 92),
    "13-15 April": ("2024-04-15", "2024-04-13", 3),
    "April 28 to May 3": ("2024-05-03", "2024-04-28", 6),
    "28 Dec to 3 Jan": ("2024-01-03", "2023-12-28", 7),
    "from the 3rd to the 5th": ("2024-05-05", "2024-05-03", 3),
    "from Monday to Wednesday last week": ("2024-05-08", "2024-05-06", 3),
    "last week between Tuesday and Thursday": ("2024-05-09", "2024-05-07", 3),
    "2024-04-01 - 2024-04-05": ("2024-04-05", "2024-04-01", 5),
    "jan-mar 2024": ("2024-03-31", "2024-01-01", 91),
    "w/c 11 March": ("2024-03-17", "2024-03-11", 7),
    "week ending 5 May": ("2024-05-05", "2024-04-29", 7),
    "the weekend of the 4th": ("2024-05-05", "2024-05-04", 2),
    "the week before Christmas": ("2023-12-24", "2023-12-18", 7),
    "Memorial Day weekend": ("2023-05-29", "2023-05-27", 3),
    "before 3 May": ("2024-05-02", "2024-04-19", 14),
    "after Easter": ("2024-04-14", "2024-04-01", 14),
    "last summer": ("2023-09-22", "2023-06-01", 114),
}

#: Days that do not exist.
IMPOSSIBLE = [
    "30 February",
    "Feb 30th",
    "31 April 2024",
    "29 Feb 2023",
    "31/31/2024",
    "2024-13-01",
    "2024-02-30",
    "32/05/2024",
    "31st of June",
    "35 May",
    "the 31st of last month",
    "from 30 February to 3 March",
]


def candidates(text: str, order: str | None = None, on: date = TODAY) -> list[str]:
    """The candidates of the one date in a text."""
    readings = read(text, on, order)

    assert len(readings) == 1, readings

    return list(readings[0].candidates)


@pytest.mark.parametrize(("text", "day"), SURE.items())
def test_an_expression_that_is_clear_means_one_day(text: str, day: str) -> None:
    """What can only be one day has one candidate."""
    assert candidates(text) == [day]


@pytest.mark.parametrize(("text", "days"), ASKED.items())
def test_an_expression_that_can_be_two_days_has_both(text: str, days: list[str]) -> None:
    """What is not known for sure is a question, the likeliest day first."""
    assert candidates(text) == days


@pytest.mark.parametrize(("text", "run"), PERIODS.items())
def test_a_period_stands_for_its_days_up_to_today(text: str, run: tuple[str, str, int]) -> None:
    """The latest day comes first, because a day known roughly is taken as the latest it can have been."""
    days = candidates(text)

    assert (days[0], days[-1], len(days)) == run


@pytest.mark.parametrize("text", IMPOSSIBLE)
def test_a_day_that_does_not_exist_is_found_without_candidates(text: str) -> None:
    """It is neither repaired nor passed over."""
    assert candidates(text) == []


@pytest.mark.parametrize(
    ("text", "best"),
    {
        "about three weeks ago": "2024-04-25",
        "a few weeks ago": "2024-04-25",
        "a week or two ago": "2024-05-09",
        "2-3 weeks ago": "2024-05-02",
        "10 or so days ago": "2024-05-06",
        "over a month ago": "2024-04-16",
        "nearly two months ago": "2024-03-16",
        "a month and a half ago": "2024-04-01",
        "around the 3rd of April": "2024-04-03",
        "a couple of weeks ago": "2024-05-02",
    }.items(),
)
def test_a_day_told_roughly_has_its_neighbours_too(text: str, best: str) -> None:
    """The day that is named comes first, the others that it may be come after it."""
    days = candidates(text)

    assert days[0] == best
    assert len(days) > 1


@pytest.mark.parametrize(
    ("text", "day_first", "month_first"),
    [
        ("04/03/2024", "2024-03-04", "2024-04-03"),
        ("4-3-24", "2024-03-04", "2024-04-03"),
        ("on 4/3", "2024-03-04", "2024-04-03"),
        ("22/4/2024", "2024-04-22", "2024-04-22"),
    ],
)
def test_the_order_of_day_and_month_is_respected(text: str, day_first: str, month_first: str) -> None:
    """It decides where both orders give a day, and only there."""
    assert candidates(text, "DMY") == [day_first]
    assert candidates(text, "MDY") == [month_first]


def test_a_weekday_settles_the_order_of_day_and_month() -> None:
    """5 June 2023 was a Monday, 6 May 2023 was none."""
    assert candidates("Monday 5/6/2023") == ["2023-06-05"]


def test_a_date_without_a_year_is_the_last_one() -> None:
    """Today's own day and month is today."""
    assert candidates("16 May") == ["2024-05-16"]
    assert candidates("17 May") == ["2023-05-17"]


def test_a_month_ago_is_the_last_day_of_a_shorter_month() -> None:
    """On 31 March a month ago is the leap day."""
    assert candidates("one month ago", on=date(2024, 3, 31)) == ["2024-02-29"]


def test_the_deadline_that_is_still_open_may_lie_ahead() -> None:
    """After "by" and "until" the next such day is a candidate as well, and the nearer of the two comes first."""
    assert candidates("by the 20th") == ["2024-05-20", "2024-04-20"]
    assert candidates("until Monday") == ["2024-05-13", "2024-05-20"]
