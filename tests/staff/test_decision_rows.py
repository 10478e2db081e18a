"""Rows are few and true: every combination of values meets exactly one row, and that row has its answer."""

from __future__ import annotations

from collections.abc import Hashable
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from buyer_protection.staff.decision_rows import ANYTHING, Forest, Tree, leaves, rows

VALUES = (("a", "b", "c"), ("yes", "no"), ("0", "1", "2"))
COMBINATIONS = tuple(product(*VALUES))

#: An answer for each combination; None where none is asked for.
tables = st.lists(st.sampled_from(("wait", "open", "shut", None)), min_size=18, max_size=18)


def grow(forest: Forest, answers: dict[tuple[str, ...], Hashable], path: tuple[str, ...] = ()) -> Tree:
    """The tree of a table of answers."""
    if len(path) == len(VALUES):
        return forest.leaf(answers[path])
    return forest.split(len(path), {value: grow(forest, answers, (*path, value)) for value in VALUES[len(path)]})


def matching(tree: Tree, combination: tuple[str, ...]) -> list[Hashable]:
    """The answers of all rows that a combination meets."""
    return [answer for row, answer in rows(tree) if all(combination[level] in values for level, values in row.items())]


@settings(derandomize=True, database=None, deadline=None)
@given(tables)
def test_every_combination_meets_exactly_one_row_and_its_answer(said: list[str | None]) -> None:
    """Where no answer is asked for, there is a row of another one or none."""
    answers: dict[tuple[str, ...], Hashable] = dict(zip(COMBINATIONS, said, strict=True))
    tree = grow(Forest(), answers)
    for combination, answer in answers.items():
        met = matching(tree, combination)

        assert met == [answer] if answer is not ANYTHING else len(met) < 2


@settings(derandomize=True, database=None, deadline=None)
@given(tables, st.sampled_from(("wait", "open", "shut")))
def test_answers_said_otherwise_are_true_as_well(said: list[str | None], one: str) -> None:
    """Asked only whether an answer is one of them: the rows are those where it is."""
    answers: dict[tuple[str, ...], Hashable] = {
        combination: answer or "none" for combination, answer in zip(COMBINATIONS, said, strict=True)
    }
    forest = Forest()
    tree = forest.answers(grow(forest, answers), lambda answer: answer == one)
    for combination, answer in answers.items():
        assert matching(tree, combination) == ([True] if answer == one else [])


def test_a_fact_that_changes_nothing_is_in_no_row() -> None:
    """All that remains is the fact that decides."""
    forest = Forest()
    tree = grow(forest, {combination: combination[1] for combination in COMBINATIONS})

    assert list(rows(tree)) == [({1: ("yes",)}, "yes"), ({1: ("no",)}, "no")]


def test_values_with_the_same_answers_stand_in_one_row() -> None:
    """Two of three values together."""
    forest = Forest()
    tree = grow(forest, {combination: combination[0] == "b" or "other" for combination in COMBINATIONS})

    assert list(rows(tree)) == [({0: ("a", "c")}, "other"), ({0: ("b",)}, True)]


def test_one_answer_for_all_is_one_row_without_facts() -> None:
    """Nothing matters."""
    forest = Forest()

    assert list(rows(grow(forest, dict.fromkeys(COMBINATIONS, "wait")))) == [({}, "wait")]


def test_each_answer_of_a_tree_is_told_once() -> None:
    """However many combinations have it."""
    forest = Forest()
    tree = grow(forest, {combination: combination[2] for combination in COMBINATIONS})

    assert sorted(leaves(tree)) == ["0", "1", "2"]
