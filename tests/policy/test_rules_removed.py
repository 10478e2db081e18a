"""Every rule is needed: with it removed, some answer is no longer that of the specification.

The rules stand in tables, which mutation testing does not reach, so they are removed here one by one.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pytest

from buyer_protection.policy import CLAUSES, ONLY_IN_WORDS, SILENCES, Facts, assess
from buyer_protection.policy.case import Rules
from buyer_protection.policy.exclusions import EXCLUSIONS
from buyer_protection.policy.grounds import GROUNDS
from buyer_protection.policy.notes import NOTES
from buyer_protection.policy.remedies import REMEDIES
from buyer_protection.policy.warnings import ALWAYS_SAID, WARNINGS
from tests.policy.combinations import ON, WALKED, combinations
from tests.policy.specification import specified

TABLES: dict[str, Rules] = {
    "exclusions": EXCLUSIONS,
    "grounds": GROUNDS,
    "remedies": REMEDIES,
    "warnings": WARNINGS,
    "warnings beside an exclusion": ALWAYS_SAID,
    "notes": NOTES,
}
RULES = [(table, clause) for table, rules in TABLES.items() for clause in rules]


@lru_cache(maxsize=1)
def sample() -> list[tuple[Facts, dict[str, Any]]]:
    """One combination in 101, with the answer that the specification gives."""
    told = [values for claim_type in WALKED for values in combinations(claim_type, every=101)]
    return [(Facts.from_dict(values), specified(values, ON)) for values in told]


def differs() -> bool:
    """Whether some answer is not the specified one."""
    for facts, expected in sample():
        answer = assess(facts, ON).to_dict()
        answer["warnings"].sort()
        if answer != expected:
            return True
    return False


def test_with_every_rule_in_place_no_answer_differs() -> None:
    """The comparison itself is sound."""
    assert not differs()


@pytest.mark.parametrize(("table", "clause"), RULES)
def test_an_answer_differs_when_a_rule_is_removed(table: str, clause: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No rule is idle."""
    # A rule that never holds, not a key taken out: putting a key back would change the order of the table.
    monkeypatch.setitem(TABLES[table], clause, lambda _: ())

    assert differs()


def test_the_tables_hold_every_clause_that_an_assessment_can_carry() -> None:
    """One rule for each; the clauses only said in words have none."""
    carried = {clause for _, clause in RULES}

    assert carried == {*CLAUSES, *SILENCES} - {*ONLY_IN_WORDS}


@pytest.mark.parametrize(("table", "clause"), RULES)
def test_the_docstring_of_a_rule_begins_with_the_id_of_its_clause(table: str, clause: str) -> None:
    """One small function for each clause, named for it."""
    rule = TABLES[table][clause]

    assert (rule.__doc__ or "").startswith(f"{clause}: ")
    assert rule.__name__ == clause.lower().replace("-", "_")
