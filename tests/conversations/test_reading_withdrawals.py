"""What is to be withdrawn or cancelled: whoever means an order never means a dispute by it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from actions.reading_withdrawals import DISPUTE, ORDER, UNSAID, confirms_withdrawal, is_to_be_withdrawn, keeps_dispute

ROOT = Path(__file__).parent.parent.parent


def taught(situation: str) -> list[str]:
    """What buyers write in a situation, from the training data."""
    entries = yaml.safe_load((ROOT / "data" / "nlu" / "dispute.yml").read_text(encoding="utf-8"))["nlu"]
    found = [entry for entry in entries if (entry.get("metadata") or {}).get("situation") == situation]
    assert found, situation
    return [line for entry in found for line in re.findall(r"^- (.+)$", entry["examples"], re.MULTILINE)]


def test_nobody_who_cancels_an_order_is_taken_to_withdraw_a_dispute() -> None:
    """Over all that is taught of it; most are known as an order, the others are asked about."""
    meant = [is_to_be_withdrawn(text) for text in taught("cancel_order")]

    assert DISPUTE not in meant
    assert meant.count(ORDER) > len(meant) * 0.6


def test_nobody_who_withdraws_a_dispute_is_taken_to_cancel_an_order() -> None:
    """Over all that is taught of it; what names neither is asked about."""
    read = {text: is_to_be_withdrawn(text) for text in taught("take_back")}

    assert [text for text, meant in read.items() if meant == ORDER] == []
    assert list(read.values()).count(DISPUTE) > len(read) * 0.6


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("withdraw my dispute about order 8012345678", DISPUTE),
        ("I opened a dispute for the wrong order, please scrap it", DISPUTE),
        ("cancel my order, I have a dispute open as well", UNSAID),
        ("cancel it", UNSAID),
        ("withdraw", UNSAID),
        ("CANCEL MY ORDER!!!", ORDER),
        ("please close case C7KF-3M9P-K", DISPUTE),
        ("", UNSAID),
    ],
)
def test_what_is_meant_is_what_alone_is_named(text: str, meant: str) -> None:
    """Both or neither is left open."""
    assert is_to_be_withdrawn(text) == meant


@pytest.mark.parametrize(
    "text", ["withdraw it", "Yes, withdraw it", "ok please withdraw my dispute.", "YES! Withdraw it please"]
)
def test_the_same_wish_once_more_confirms(text: str) -> None:
    """As the button's words do."""
    assert confirms_withdrawal(text)
    assert not keeps_dispute(text)


@pytest.mark.parametrize(
    "text",
    [
        "withdraw it?",
        "don't withdraw it",
        "withdraw it if I get my money",
        "cancel it",
        "yes but withdraw it later",
        "open it",
        "",
    ],
)
def test_any_other_word_confirms_nothing(text: str) -> None:
    """A question, a condition, a denial, another verb."""
    assert not confirms_withdrawal(text)


@pytest.mark.parametrize("text", ["No, keep it", "keep my dispute", "leave it open", "no, leave it as it is"])
def test_keeping_it_is_a_no(text: str) -> None:
    """In the button's words, or near them."""
    assert keeps_dispute(text)
    assert not confirms_withdrawal(text)
