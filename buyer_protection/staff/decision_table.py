"""The decision table of the policy, generated from the code: which facts lead to which answer.

    python -m buyer_protection.staff.decision_table            writes docs/decision-table.md
    python -m buyer_protection.staff.decision_table --check    exit status 1 where that file is not current

Either way it takes about half a minute.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Hashable, Iterator
from pathlib import Path

from buyer_protection.policy import CLAUSES, SILENCES, shipped_editions
from buyer_protection.policy.assessment import ELIGIBLE, NOT_ELIGIBLE
from buyer_protection.policy.vocabulary import CLAIM_TYPES
from buyer_protection.staff.decision_rows import Row, leaves, rows
from buyer_protection.staff.decision_walk import Answer, Walk

PAGE = Path(__file__).parents[2] / "docs" / "decision-table.md"

_HEAD = """# Decision table

Generated from the code by `python -m buyer_protection.staff.decision_table`; do not edit.
Edition `{edition}`; {walked:,} combinations of facts walked, each assessed once.

How to read it:

- A fact that is no column of a table, or of which a row says "any", does not matter there.
- "cannot tell" means that the buyer was asked and does not know.
- Where several exclusions hold, the answer names all of them.
- A refund request before the oldest day in a table counts like that day, one after the youngest like that one.
- Facts that do not bear on a claim type are ignored, so they are not walked for it.
"""


def page() -> str:
    """The whole page in Markdown."""
    edition = shipped_editions()[-1]
    walks = {claim_type: Walk(claim_type, edition) for claim_type in (*CLAIM_TYPES, None)}
    walked = sum(walk.walked for walk in walks.values())
    sections = (section for claim_type, walk in walks.items() for section in _sections(claim_type, walk))
    return "\n".join([_HEAD.format(walked=walked, edition=edition.id), *sections])


def _sections(claim_type: str | None, walk: Walk) -> Iterator[str]:
    yield f"## {f'`{claim_type}`' if claim_type else 'Claim type not yet known'}\n\n{walk.walked:,} combinations.\n"
    parts: dict[str, tuple[list[str], list[tuple[Row, tuple[str, ...]]]]] = {
        "Excluded": (["clause"], _carried(walk, "clauses", _is_excluded, outside=False)),
        "Otherwise": (
            ["outcome", "rests on", "asked first"],
            list(rows(walk.forest.answers(walk.tree, _said_otherwise))),
        ),
        "An eligible claim rests besides on": (["clause"], _carried(walk, "clauses", _is_eligible, only="FULL-")),
        "Remedies, where nothing excludes": (["clause"], _carried(walk, "remedies", _is_open)),
        "Warnings, where nothing excludes": (["clause"], _carried(walk, "warnings", _is_open)),
        "Notes": (["clause"], _carried(walk, "notes", _is_any)),
    }
    for title, (heads, found) in parts.items():
        if found:
            yield f"### {title}\n\n{walk.table(heads, found)}"
    remedies = ", ".join(_clauses(walk, "remedies", _is_excluded)) or "none"
    warnings = ", ".join(_clauses(walk, "warnings", _is_excluded)) or "none"
    yield f"Beside an exclusion: remedies {remedies}, warnings {warnings}.\n"


def _is_any(answer: Answer) -> bool:
    return True


def _is_excluded(answer: Answer) -> bool:
    return answer.outcome == NOT_ELIGIBLE


def _is_open(answer: Answer) -> bool:
    return answer.outcome != NOT_ELIGIBLE


def _is_eligible(answer: Answer) -> bool:
    return answer.outcome == ELIGIBLE


def _said_otherwise(answer: Answer) -> tuple[str, ...] | None:
    """Outcome, clauses and the first question, where nothing excludes.

    A full refund that an eligible claim rests on stands in a table of its own: it would split every row.
    """
    if _is_excluded(answer):
        return None
    clauses = [clause for clause in answer.clauses if not (_is_eligible(answer) and clause.startswith("FULL-"))]
    return f"`{answer.outcome}`", ", ".join(clauses), "".join(answer.missing[:1])


def _clauses(walk: Walk, part: str, among: Callable[[Answer], bool]) -> list[str]:
    """The clauses that a part of the answer carries among some of the answers, in the order of the text."""
    met = {clause for answer in leaves(walk.tree) if among(answer) for clause in getattr(answer, part)}
    return sorted(met, key=[*CLAUSES, *SILENCES].index)


def _carried(
    walk: Walk, part: str, among: Callable[[Answer], bool], *, only: str = "", outside: bool | None = None
) -> list[tuple[Row, tuple[str, ...]]]:
    """The rows of each clause that a part of the answer carries among some of the answers.

    `outside` is what is said of the other answers: False, or None where they do not matter.
    """

    def carries(clause: str) -> Callable[[Answer], Hashable]:
        return lambda answer: clause in getattr(answer, part) if among(answer) else outside

    return [
        (row, (clause,))
        for clause in _clauses(walk, part, among)
        if clause.startswith(only)
        for row, _ in rows(walk.forest.answers(walk.tree, carries(clause)))
    ]


def is_current(text: str, path: Path = PAGE) -> bool:
    """Whether the page that is kept is this one."""
    return path.exists() and path.read_text(encoding="utf-8") == text


def main(arguments: list[str]) -> int:
    """Write the page, or check it; returns the exit status."""
    text = page()
    if "--check" not in arguments:
        PAGE.write_text(text, encoding="utf-8")
    elif not is_current(text):
        print(f"{PAGE.name} is not current: run python -m buyer_protection.staff.decision_table", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
