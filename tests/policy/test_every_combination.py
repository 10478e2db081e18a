"""Every combination of facts has exactly the answer of the specification.

`POLICY_TESTS=quick` walks one combination in 499: mutation testing runs this some hundred times.
"""

from __future__ import annotations

import os

import pytest

from buyer_protection.policy import CLAUSES, ONLY_IN_WORDS, OUTCOMES, SILENCES, Facts, assess
from tests.policy.combinations import ON, WALKED, combinations
from tests.policy.specification import specified

EVERY = 499 if os.environ.get("POLICY_TESTS") == "quick" else 1

#: How many there are: a dimension that shrinks by mistake is noticed here.
EXPECTED = {
    None: 1_008,
    "not_received": 141_120,
    "not_as_described": 127_008,
    "counterfeit": 24_192,
    "broken": 169_344,
    "missing_parts": 54_432,
    "unwanted": 1_008,
}


@pytest.mark.parametrize("claim_type", WALKED, ids=str)
def test_every_combination_has_the_answer_of_the_specification(claim_type: str | None) -> None:
    """The package and the specification, written down twice and apart, never differ."""
    walked = 0
    for told in combinations(claim_type, EVERY):
        answer = assess(Facts.from_dict(told), ON).to_dict()
        answer["warnings"].sort()

        assert answer == specified(told, ON), told
        walked += 1
    print(f"{claim_type}: {walked:,} combinations of facts")

    assert walked == -(-EXPECTED[claim_type] // EVERY)


@pytest.mark.skipif(EVERY > 1, reason="needs the whole walk")
def test_the_walk_meets_every_outcome_and_every_clause_that_can_be_carried() -> None:
    """No outcome, clause or note stays unmet, so none of them goes unchecked."""
    outcomes: set[str] = set()
    carried: set[str] = set()
    for claim_type in WALKED:
        for told in combinations(claim_type, every=101):
            answer = assess(Facts.from_dict(told), ON)
            outcomes.add(answer.outcome)
            carried.update(answer.clauses, answer.remedies, answer.warnings, answer.notes)

    assert outcomes == set(OUTCOMES)
    assert carried == {*CLAUSES, *SILENCES} - {*ONLY_IN_WORDS}
