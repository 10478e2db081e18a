"""What actions take from the gateway with each turn: who writes, linked or not, and the trace for the logs."""

from __future__ import annotations

import logging
from io import StringIO
from typing import Any

import pytest
import structlog
from rasa_sdk import Tracker

from actions.server import _trace
from actions.turn import Turn
from buyer_protection.logs import traced

WRITES: dict[str, Any] = {"buyer_id": "buyer-1", "at": "2024-03-12T12:00:00+00:00"}


def turn(**vouched: Any) -> Turn:
    """A turn of which the gateway vouches for this."""
    message = {"text": "hello", "message_id": "m7", "metadata": {**WRITES, **vouched}}
    return Turn.of(Tracker("b-1", {}, message, [], False, None, {}, "action_listen"))


@pytest.mark.parametrize(
    ("vouched", "expected"), [({}, True), ({"is_linked": True}, True), ({"is_linked": False}, False)]
)
def test_a_buyer_is_linked_unless_the_gateway_says_otherwise(vouched: dict[str, Any], expected: bool) -> None:
    """The page's buyers have a token, and nothing is said of links there."""
    assert turn(**vouched).is_linked is expected


def test_the_trace_of_the_gateway_is_the_turns() -> None:
    """And none where none came."""
    assert (turn(trace="4f2a").trace, turn().trace) == ("4f2a", "")


@pytest.mark.parametrize(
    ("tracker", "expected"),
    [
        ({"latest_message": {"metadata": {"trace": "4f2a"}}}, " trace=4f2a"),
        ({"latest_message": {"metadata": {"trace": "my card is 4111"}}}, ""),
        ({"latest_message": {"metadata": None}}, ""),
        ({"latest_message": []}, ""),
        (None, ""),
    ],
)
def test_whatever_is_logged_of_a_call_names_its_trace_and_nothing_else_of_it(
    tracker: Any, expected: str, log: StringIO
) -> None:
    """Our own lines and those of other packages; a trace is letters and digits, all else in its place is not logged."""
    with traced(_trace({"next_action": "action_greet", "tracker": tracker})):
        structlog.get_logger("actions").warning("action.slow")
        logging.getLogger("rasa_sdk.executor").warning("what a buyer wrote")
    structlog.get_logger("actions").warning("action.over")

    ours, theirs, after = log.getvalue().splitlines()
    assert ours.endswith(f"warning action.slow{expected}")
    assert theirs.partition(" warning ")[2].startswith("rasa_sdk.executor:")
    assert theirs.endswith(expected)
    assert after.endswith("action.over")
    assert "4111" not in log.getvalue()


def test_the_order_is_the_one_that_the_shop_named_and_no_other() -> None:
    """A slot or a message may say what it likes: only the gateway's word counts."""
    message = {"text": "order 8012345679", "message_id": "m7", "metadata": WRITES, "entities": []}
    slots = {"order_id": "8012345679"}

    assert turn(order_id="8012345678").order_id == "8012345678"
    assert Turn.of(Tracker("b-1", slots, message, [], False, None, {}, "action_listen")).order_id == ""
