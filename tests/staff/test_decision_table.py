"""The decision table in `docs/` is what the code says today."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from buyer_protection.policy import CLAUSES, ONLY_IN_WORDS, OUTCOMES, SILENCES, Facts, assess, shipped_editions
from buyer_protection.staff.decision_facts import Fact, facts_of
from buyer_protection.staff.decision_table import PAGE, is_current, page
from buyer_protection.staff.decision_walk import Walk


@pytest.fixture(scope="module")
def text() -> str:
    """The page as the code makes it now."""
    return page()


def test_the_page_that_is_kept_is_current(text: str) -> None:
    """Otherwise: `python -m buyer_protection.staff.decision_table`."""
    assert is_current(text)


def test_a_page_that_differs_or_is_not_there_is_not_current(tmp_path: Path) -> None:
    """One letter is enough."""
    kept = tmp_path / "table.md"

    assert not is_current("table", kept)
    kept.write_text("tabel", encoding="utf-8")
    assert not is_current("table", kept)
    assert is_current("tabel", kept)


def test_the_page_says_how_many_combinations_were_walked() -> None:
    """As many as the claim types have together, and as many as the tests of the policy walk."""
    kept = PAGE.read_text(encoding="utf-8")
    (total,) = re.findall(r"([\d,]+) combinations of facts walked", kept)
    parts = re.findall(r"^([\d,]+) combinations\.$", kept, flags=re.MULTILINE)

    assert total == "518,112"
    assert sum(int(part.replace(",", "")) for part in parts) == 518_112


def test_every_outcome_and_every_clause_that_can_be_carried_is_in_a_row() -> None:
    """The page leaves nothing out, and names nothing that no assessment carries."""
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    named = {clause for line in rows for clause in re.findall(r"\b[A-Z]+-[A-Z]?\d\b", line)}
    outcomes = {outcome for line in rows for outcome in re.findall(r"`(\w+)`", line)}

    assert named == {*CLAUSES, *SILENCES} - {*ONLY_IN_WORDS}
    assert outcomes == set(OUTCOMES) - {"not_eligible"}


def test_the_days_walked_are_those_around_the_edition_s_last_waiting_day() -> None:
    """The day before it, the day itself and the day after."""
    (request,) = [fact for fact in facts_of("broken", shipped_editions()[0]) if fact.name == "refund request"]

    assert list(request.values) == ["unknown", "no", "yes, day unknown", "9 days ago", "10 days ago", "11 days ago"]


def test_a_fact_that_matters_only_beside_another_is_walked_only_there() -> None:
    """The cause of a confiscation, where something was confiscated."""
    cause = Fact("confiscation_cause", {"unknown": {}}, ("carrier_status", ("confiscated",)))

    assert cause.matters({"carrier_status": "confiscated"})
    assert not cause.matters({"carrier_status": "lost"})
    assert not cause.matters({})


def test_each_combination_is_assessed_as_it_is_told() -> None:
    """One path through the tree of a small walk, followed by hand."""
    walk = Walk("unwanted", shipped_editions()[0])
    told = Facts(claim_type="unwanted", paid_through_escrow=False)

    assert walk.walked == 1_008
    assert walk.table(["said"], [({0: ("no",)}, ["PAY-1"])]) == (
        "| paid_through_escrow | said |\n| --- | --- |\n| no | PAY-1 |\n"
    )
    assert assess(told, date(2024, 3, 5)).clauses == ("PAY-1", "EXC-3", "NAD-X3")
