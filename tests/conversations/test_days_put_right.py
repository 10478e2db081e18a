"""A day in the place of a told one: what the buyer leaves out, the told day says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.days_put_right import NoSuchDay, beside, names_the_day
from actions.reading_dates import day_on_offer

TOLD = date(2024, 3, 1)
TODAY = date(2024, 3, 12)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("the 3rd", date(2024, 3, 3)),
        ("on the 31st", date(2024, 3, 31)),
        ("5", date(2024, 3, 5)),
        ("February", date(2024, 2, 1)),
        ("in feb", date(2024, 2, 1)),
        ("2023", date(2023, 3, 1)),
        ("Thursday", date(2024, 2, 29)),
        ("on Monday", date(2024, 3, 4)),
        ("a friday", date(2024, 3, 1)),
    ],
)
def test_less_than_a_day_is_read_beside_the_told_one(text: str, day: date) -> None:
    """The month stays, or the day in it, or the week around it."""
    assert beside(text, TOLD) == day


@pytest.mark.parametrize(
    "text", ["3 March", "12/3", "the day before", "yesterday", "the third", "maybe 3", "3 pieces", ""]
)
def test_other_words_are_left_to_the_reader_of_dates(text: str) -> None:
    """They say all of the day themselves, or nothing."""
    assert beside(text, TOLD) is None


@pytest.mark.parametrize(
    ("text", "told"), [("the 30th", date(2024, 2, 3)), ("the 0th", TOLD), ("february", date(2024, 3, 30))]
)
def test_a_day_that_the_month_does_not_have_is_none(text: str, told: date) -> None:
    """Nothing is put in its place."""
    with pytest.raises(NoSuchDay):
        beside(text, told)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("the 1st", True),
        ("1 March", True),
        ("Friday", True),
        ("March", True),
        ("2024-03-01", True),
        ("the 2nd", False),
        ("30 February", False),
        ("Monday", False),
        ("1 April", False),
        ("blue", False),
    ],
)
def test_what_was_told_is_known_by_a_part_of_it(text: str, named: bool) -> None:
    """So that "not the 1st" finds the 1st of March."""
    assert names_the_day(text, TOLD, TODAY) is named


@settings(deadline=None)
@given(told=st.dates(date(2000, 1, 1), date(2040, 1, 1)), ahead=st.integers(-3, 3))
def test_a_weekday_is_at_most_half_a_week_away(told: date, ahead: int) -> None:
    """In either direction, and always on that weekday."""
    meant = told + timedelta(days=ahead)

    assert beside(f"{meant:%A}", told) == meant


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("the 4th", date(2024, 3, 4)),
        ("4", date(2024, 3, 4)),
        ("the second one", date(2024, 3, 4)),
        ("2", date(2024, 3, 4)),
        ("April", date(2023, 4, 3)),
        ("3", date(2023, 4, 3)),
        ("the 5th", None),
        ("yes", None),
    ],
)
def test_a_day_on_offer_is_chosen_by_a_part_of_it_or_by_its_place(text: str, day: date | None) -> None:
    """A number is the day of the month where one of them has it, else the place in the row."""
    assert day_on_offer(text, TODAY, {"date_candidates": ["2023-04-03", "2024-03-04"]}) == day
