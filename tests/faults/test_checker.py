"""The checker finds what is lost, doubled, false or another's, and says nothing of a history that is well."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

import pytest

from gateway.conversations import conversation_of
from tests.faults.checker import RULES, check
from tests.faults.history import History
from tests.faults.kept import Kept, Row

NOW = datetime(2024, 3, 12, tzinfo=timezone.utc)
ANNA, BEN = conversation_of("anna"), conversation_of("ben")
OPENED = {"kind": "dispute", "reference": "ABCD-EFGH-J"}

Spoil = Callable[[History, Kept], object]


def message(number: int, conversation: str, name: str) -> Row:
    """A row of the inbox, answered."""
    native = {"channel": "widget", "native_id": f"{conversation}:{name}"}
    return {"id": number, "conversation": conversation, **native, "answered_at": NOW, "answered_by": None}


def reply(number: int, conversation: str, answers: int, **values: Any) -> Row:
    """A row of the outbox."""
    usual = {"text": f"words {number}", "custom": {}, "position": 0, "is_final": True, "response": "utter_greet"}
    return {"id": number, "conversation": conversation, "inbox_id": answers, **usual, **values}


def drawn(row: Row) -> Row:
    """A row as a buyer hears it."""
    return {"id": row["id"], "text": row.get("text", ""), "custom": row.get("custom", {})}


def all_is_well() -> tuple[History, Kept]:
    """Anna opens a dispute, with a try in between of which nobody knows; Ben greets, and is refused once."""
    kept = Kept(
        inbox=[message(1, ANNA, "a1"), message(4, ANNA, "a2"), message(3, BEN, "b1")],
        outbox=[
            reply(2, ANNA, 1),
            reply(5, ANNA, 4, is_final=False, response="utter_turn_waiting"),
            reply(7, ANNA, 4, custom=OPENED),
            reply(8, ANNA, 4, position=1),
            reply(6, BEN, 3),
        ],
        disputes=[
            {
                "reference": "ABCD-EFGH-J",
                "buyer_id": "anna",
                "order_id": "1",
                "item": "",
                "claim_type": "broken",
                "status": "opened",
            }
        ],
        dispute_events=[{"reference": "ABCD-EFGH-J", "from_status": ""}],
        turns={ANNA: ["m1", "m4"], BEN: ["m3"]},
    )
    history = History()
    for buyer, name, heard in (
        ("anna", "a1", [kept.outbox[0]]),
        ("anna", "a2", kept.outbox[2:4]),
        ("ben", "b1", [kept.outbox[4]]),
    ):
        history.add("invoke", buyer, name)
        history.add("unknown", buyer, name)
        history.add("invoke", buyer, name)
        history.add("ok", buyer, name, [drawn(row) for row in heard])
    history.add("invoke", "ben", "refused")
    history.add("fail", "ben", "refused")
    history.add("told", "ben", "", [drawn(row) for row in (kept.inbox[2], kept.outbox[4])])
    return history, kept


def test_a_history_that_is_well_is_well() -> None:
    """Nothing is said of it."""
    assert check(*all_is_well()) == []


def lost(_: History, kept: Kept) -> None:
    """A message that was answered is gone."""
    del kept.inbox[1]


def never_answered(_: History, kept: Kept) -> None:
    """A message waits for ever."""
    kept.inbox[2]["answered_at"] = None


def refused_and_kept(_: History, kept: Kept) -> None:
    """A message that was refused is there."""
    kept.inbox.append(message(9, BEN, "refused"))


def kept_twice(_: History, kept: Kept) -> None:
    """One message is two rows."""
    kept.inbox.append(message(9, BEN, "b1"))


def answered_twice(_: History, kept: Kept) -> None:
    """Two sets of replies."""
    kept.outbox.append(reply(9, BEN, 3))


def run_twice(_: History, kept: Kept) -> None:
    """A turn is remembered twice."""
    kept.turns[ANNA].append("m4")


def turn_vanished(_: History, kept: Kept) -> None:
    """A turn was answered and is not remembered."""
    kept.turns[ANNA].remove("m1")


def run_by_nobody(_: History, kept: Kept) -> None:
    """A turn of another conversation's message."""
    kept.turns[BEN].append("m1")


def falsely_opened(_: History, kept: Kept) -> None:
    """The dispute that was told of is not there."""
    kept.disputes.clear()
    kept.dispute_events.clear()


def falsely_opened_and_only_heard(history: History, kept: Kept) -> None:
    """Somebody heard of a dispute in an answer that came another way."""
    history.add("pending", "ben", "b1", [{**drawn(kept.outbox[4]), "custom": OPENED}])


def opened_twice(_: History, kept: Kept) -> None:
    """Two open disputes for one thing."""
    kept.disputes.append({**kept.disputes[0], "reference": "KLMN-PQRS-T"})
    kept.dispute_events.append({"reference": "KLMN-PQRS-T", "from_status": ""})


def recorded_as_opened_twice(_: History, kept: Kept) -> None:
    """One dispute that was opened two times."""
    kept.dispute_events.append(dict(kept.dispute_events[0]))


def anothers_reply(history: History, kept: Kept) -> None:
    """Ben hears what Anna was told."""
    history.add("told", "ben", "", [drawn(kept.outbox[0])])


def reply_in_anothers_conversation(_: History, kept: Kept) -> None:
    """Anna's answer is kept in Ben's conversation."""
    kept.outbox[0]["conversation"] = BEN


def heard_in_part(history: History, kept: Kept) -> None:
    """One of two messages of an answer was heard."""
    history.add("ok", "anna", "a2", [drawn(kept.outbox[2])])


def said_to_wait_twice(_: History, kept: Kept) -> None:
    """The line before the answer comes again."""
    kept.outbox.append(reply(6, ANNA, 4, is_final=False, position=1))


def out_of_order(_: History, kept: Kept) -> None:
    """The second message was run before the first."""
    kept.turns[ANNA].reverse()


def answered_out_of_order(_: History, kept: Kept) -> None:
    """The first message is answered after the second."""
    kept.outbox[0]["id"] = 9


def told_with_a_gap(history: History, kept: Kept) -> None:
    """Who reads on misses one message."""
    history.add("told", "anna", "", [drawn(row) for row in (kept.inbox[0], kept.outbox[0], kept.outbox[3])])


def told_twice(history: History, kept: Kept) -> None:
    """The same message twice."""
    history.add("told", "ben", "", [drawn(kept.inbox[2])] * 2)


SPOILS: dict[Spoil, str] = {
    lost: "every_accepted_message_is_kept_once",
    never_answered: "every_message_has_its_one_answer",
    refused_and_kept: "every_accepted_message_is_kept_once",
    kept_twice: "every_accepted_message_is_kept_once",
    answered_twice: "every_message_has_its_one_answer",
    run_twice: "every_turn_is_remembered_once",
    turn_vanished: "every_turn_is_remembered_once",
    run_by_nobody: "every_turn_is_remembered_once",
    falsely_opened: "nothing_is_called_opened_without_its_row",
    falsely_opened_and_only_heard: "nothing_is_called_opened_without_its_row",
    opened_twice: "one_open_dispute_for_one_thing",
    recorded_as_opened_twice: "one_open_dispute_for_one_thing",
    anothers_reply: "nobody_hears_what_was_said_to_another",
    reply_in_anothers_conversation: "nobody_hears_what_was_said_to_another",
    heard_in_part: "what_was_heard_is_what_is_kept",
    said_to_wait_twice: "at_most_one_line_before_the_answer",
    out_of_order: "turns_and_replies_are_in_order",
    answered_out_of_order: "turns_and_replies_are_in_order",
    told_with_a_gap: "what_is_told_is_told_once_and_in_order",
    told_twice: "what_is_told_is_told_once_and_in_order",
}


@pytest.mark.parametrize("spoil", SPOILS, ids=lambda spoil: spoil.__name__)
def test_what_is_wrong_is_found(spoil: Spoil) -> None:
    """By the rule that is there for it."""
    history, kept = all_is_well()
    spoil(history, kept)

    assert SPOILS[spoil] in {line.partition(":")[0] for line in check(history, kept)}


def test_every_rule_finds_something() -> None:
    """No rule is there for show."""
    assert {rule.__name__ for rule in RULES} == set(SPOILS.values())
