"""Everything that must hold after each turn of a walk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from tests.conversations.walk import about_disputes, about_facts, about_words
from tests.conversations.walk.moment import Moment, Walk

Invariant = Callable[[Moment, Walk], Iterator[str]]

INVARIANTS: Final[tuple[Invariant, ...]] = (
    about_words.the_buyer_heard_something,
    about_words.no_turn_fails,
    about_words.no_turn_takes_more_actions_than_allowed,
    about_words.no_placeholder_is_left,
    about_words.one_question_a_turn_at_most,
    about_words.an_open_question_is_asked,
    about_words.there_is_a_way_on,
    about_words.no_question_comes_four_times_in_a_row,
    about_words.an_offered_button_is_not_refused,
    about_words.nothing_of_another_buyer_is_shown,
    about_facts.what_was_told_is_kept_until_it_is_put_right,
    about_facts.nothing_stands_in_a_claim_that_nobody_told,
    about_facts.what_is_read_back_is_what_is_kept,
    about_facts.slots_and_database_say_the_same,
    about_facts.an_answer_is_kept_or_asked_again,
    about_disputes.no_dispute_is_opened_before_day_ten,
    about_disputes.no_dispute_is_opened_without_consent,
    about_disputes.no_dispute_is_opened_twice,
    about_disputes.a_dispute_says_what_the_summary_showed,
    about_disputes.a_dispute_stays_as_it_was_opened,
    about_disputes.what_is_told_of_the_policy_is_what_it_says,
)


def broken(moment: Moment, walk: Walk, invariants: Iterable[Invariant] = INVARIANTS) -> list[str]:
    """What does not hold after a turn, each with the name of the invariant before it."""
    found = []
    for invariant in invariants:
        sentence = invariant.__name__.replace("_", " ")
        found += [f"{sentence}: {problem}" for problem in invariant(moment, walk)]
    return found
