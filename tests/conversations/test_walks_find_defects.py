"""For everything that must hold in walks: a defect planted in an action, a response or the database is found."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from actions import (
    ask_consent,
    ask_refund_requested_on,
    call_person,
    claim_form,
    consent,
    greet,
    keeping,
    reading_messages,
    taking_in,
    tell_status,
    telling,
    words,
)
from actions.reading import Reading
from buyer_protection.disputes import opening
from tests.conversations.walk import about_disputes, about_facts, about_words, moves, moves_around, planted
from tests.conversations.walk.invariants import INVARIANTS, Invariant, broken
from tests.conversations.walk.planted import Plant, act, say
from tests.conversations.walk.walker import Move, Walker

#: Walks in which a planted defect is found, at the latest.
_WALKS: Final = 60
_LONG: Final = 24

_Likes = Mapping[Move, float]
#: Buyers who go straight to the dispute; who say or ask something else all the time; who come to go on.
_STRAIGHT: Final[_Likes] = {moves.press_on: 200, moves.answer: 200, moves.tell_story: 200}
_ASIDE: Final[_Likes] = {moves_around.ask_aside: 200}
_RUBBISH: Final[_Likes] = {moves_around.write_rubbish: 200}
_HELLO: Final[_Likes] = {moves_around.say_hello: 100, moves.begin: 100}
_GO_ON: Final[_Likes] = {moves_around.go_on: 100}

_SHOWN: Final = ("order_id",)
PLANTED: Final[list[tuple[Invariant, Plant, _Likes]]] = [
    (about_words.the_buyer_heard_something, say("utter_ask_paid_through_escrow", lambda _: " "), _STRAIGHT),
    (about_words.no_turn_fails, act(call_person, "ask_for_person", planted.fail), _ASIDE),
    (about_words.no_turn_takes_more_actions_than_allowed, planted.dawdle, {}),
    (about_words.no_placeholder_is_left, act(words, "day", lambda _, value: "{day}"), _STRAIGHT),
    (
        about_words.one_question_a_turn_at_most,
        say("utter_ask_refund_requested", lambda text: f"Well? {text}"),
        _STRAIGHT,
    ),
    (
        about_words.an_open_question_is_asked,
        act(ask_refund_requested_on.AskRefundRequestedOn, "act", planted.only_thanks),
        _STRAIGHT,
    ),
    (about_words.there_is_a_way_on, say("utter_nothing_to_resume", lambda _: "There is nothing."), _GO_ON),
    (
        about_words.no_question_comes_four_times_in_a_row,
        act(claim_form, "next_in_a_row", planted.ask_for_ever),
        _RUBBISH,
    ),
    (
        about_words.an_offered_button_is_not_refused,
        act(reading_messages, "read_payload", lambda *_: Reading()),
        _STRAIGHT,
    ),
    (about_words.nothing_of_another_buyer_is_shown, act(greet, "unfinished_claims", planted.of_everybody), _HELLO),
    (about_facts.what_was_told_is_kept_until_it_is_put_right, act(keeping, "told", planted.change), _STRAIGHT),
    (about_facts.nothing_stands_in_a_claim_that_nobody_told, act(keeping, "told", planted.add), _STRAIGHT),
    (about_facts.what_is_read_back_is_what_is_kept, act(words, "told", planted.say_otherwise), _STRAIGHT),
    (about_facts.slots_and_database_say_the_same, act(keeping, "told", planted.add), _STRAIGHT),
    (about_facts.an_answer_is_kept_or_asked_again, act(taking_in, "settled", planted.take_for_unknown), _STRAIGHT),
    (about_disputes.no_dispute_is_opened_before_day_ten, planted.shorter_waiting, _STRAIGHT),
    (about_disputes.no_dispute_is_opened_without_consent, act(consent, "is_plain_yes", lambda *_: True), _STRAIGHT),
    (about_disputes.no_dispute_is_opened_twice, act(opening, "add_event", planted.add_twice), _STRAIGHT),
    (
        about_disputes.a_dispute_says_what_the_summary_showed,
        act(ask_consent, "noted", planted.hide_a_line),
        _STRAIGHT,
    ),
    (
        about_disputes.a_dispute_stays_as_it_was_opened,
        act(tell_status.TellStatus, "act", planted.change_disputes),
        {**_STRAIGHT, moves_around.ask_aside: 200},
    ),
    (
        about_disputes.what_is_told_of_the_policy_is_what_it_says,
        act(telling, "as_custom", planted.another_outcome),
        _STRAIGHT,
    ),
]


@pytest.mark.parametrize(
    ("invariant", "plant", "likes"), PLANTED, ids=[invariant.__name__ for invariant, _, _ in PLANTED]
)
def test_a_planted_defect_is_found(
    invariant: Invariant,
    plant: Plant,
    likes: _Likes,
    run: Callable[[Any], Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The walker sees that just this does not hold any more."""
    monkeypatch.setenv("BUYER_PROTECTION_DATABASE_URL", "")
    monkeypatch.setenv("BUYER_PROTECTION_ENV", "development")
    plant(monkeypatch)

    assert run(_found(invariant.__name__.replace("_", " "), likes, tmp_path))


async def _found(sentence: str, likes: _Likes, folder: Path) -> list[str]:
    for seed in range(_WALKS):
        walker = Walker(seed, Path(tempfile.mkdtemp(dir=folder)), likes, _LONG)
        found = await walker.go(
            lambda moment, walk: [problem for problem in broken(moment, walk) if problem.startswith(sentence)]
        )
        if found:
            return found
    return []


def test_a_defect_is_planted_in_everything_that_must_hold() -> None:
    """No invariant that could not fail."""
    assert {invariant for invariant, _, _ in PLANTED} == set(INVARIANTS)
