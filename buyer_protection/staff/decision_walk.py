"""A walk over all combinations of the facts that bear on a claim type: each assessed once, equal answers joined."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from buyer_protection.policy import Edition, Facts, assess
from buyer_protection.staff.decision_facts import ON, Fact, Told, facts_of
from buyer_protection.staff.decision_rows import Forest, Row, Tree


class Answer(NamedTuple):
    """What the table says of one combination."""

    outcome: str
    clauses: tuple[str, ...]
    missing: tuple[str, ...]
    remedies: tuple[str, ...]
    warnings: tuple[str, ...]
    notes: tuple[str, ...]


class Walk:
    """All combinations of the facts that bear on a claim type, each assessed once; `walked` counts them."""

    def __init__(self, claim_type: str | None, edition: Edition) -> None:
        self.facts = facts_of(claim_type, edition)
        self.forest = Forest()
        self.walked = 0
        self.tree = self._under(0, {"claim_type": claim_type, "cannot_tell": (), "verified": ()})

    def _under(self, level: int, told: Told) -> Tree:
        if level == len(self.facts):
            return self._answer(Facts(**told))
        fact = self.facts[level]
        if not fact.matters(told):
            return self._under(level + 1, told)
        branches = {}
        for label, tells in fact.values.items():
            names = {name: (*told[name], *tells[name]) for name in ("cannot_tell", "verified") if name in tells}
            branches[label] = self._under(level + 1, told | tells | names)
        return self.forest.split(level, branches)

    def _answer(self, facts: Facts) -> Tree:
        self.walked += 1
        found = assess(facts, ON)
        return self.forest.leaf(
            Answer(found.outcome, found.clauses, found.missing, found.remedies, found.warnings, found.notes)
        )

    def table(self, heads: Sequence[str], found: Sequence[tuple[Row, Sequence[str]]]) -> str:
        """Rows as a Markdown table, with a column for each fact that matters in some row."""
        levels = [level for level in range(len(self.facts)) if any(level in row for row, _ in found)]
        names = [self.facts[level].name for level in levels]
        lines = [[*names, *heads], ["---"] * (len(names) + len(heads))]
        lines += [[*(_cell(self.facts[level], row.get(level)) for level in levels), *said] for row, said in found]
        return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def _cell(fact: Fact, values: tuple[str, ...] | None) -> str:
    """The values of a fact in a row, or those left out where they are fewer."""
    others = [value for value in fact.values if value not in (values or fact.values)]
    if not others:
        return "any"
    return ", ".join(values or ()) if len(others) >= len(values or ()) else "any but " + ", ".join(others)
