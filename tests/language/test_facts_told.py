"""Facts beside a question are told, and a question in general is only asked."""

from __future__ import annotations

import pytest

from language.facts_told import tells_facts


@pytest.mark.parametrize(
    ("intent", "told", "tells"),
    [
        ("ask_policy", "I asked for my refund on 1 March", "check_dispute_status"),
        ("nlu_fallback", "customs took it", "inform"),
        ("check_dispute_status", "the seller refused to refund me", ""),
    ],
)
def test_facts_beside_a_question_are_told(intent: str, told: str, tells: str) -> None:
    """Stated for sure, or such that they are an answer by themselves."""
    assert tells_facts(intent, {"told": told, "tells": tells, "asked": [{"intent": "ask_policy"}]})


@pytest.mark.parametrize(
    ("intent", "told", "tells", "asked"),
    [
        ("ask_policy", "if I asked for a refund on 1 March", "", "ask_policy"),
        ("ask_policy", "say I paid with visa", "inform", "ask_policy"),
        ("ask_policy", "good morning", "greet", "ask_policy"),
        ("ask_policy", "", "", "ask_policy"),
        ("check_dispute_status", "he refused to refund me", "", "check_dispute_status"),
        ("withdraw_dispute", "he agreed to refund me", "", "ask_policy"),
        ("out_of_scope", "the seller refused to refund me", "", "ask_policy"),
    ],
)
def test_a_question_in_general_tells_none(intent: str, told: str, tells: str, asked: str) -> None:
    """Nor what is only supposed, what is about a dispute, and what does something."""
    assert not tells_facts(intent, {"told": told, "tells": tells, "asked": [{"intent": asked}]})
