"""From an answer for every combination of facts to few rows: values that lead to the same answers are taken together.

A tree splits by one fact after the other; its leaves are answers.
Equal branches are joined, and a fact by which nothing differs disappears, so that a row says "any" of it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

#: What a leaf holds where no answer is asked for: it joins with any other, and stands in no row of its own.
ANYTHING = None

Row = dict[int, tuple[str, ...]]


@dataclass(frozen=True)
class Split:
    """A split by the fact of a level (counted from the root), with what follows from each of its values."""

    level: int
    branches: tuple[tuple[str, Tree], ...]


#: A split, or a leaf: any answer that can be a key.
Tree = Hashable


class Forest:
    """Builds trees so that equal ones are the same object, which makes comparing them cheap."""

    def __init__(self) -> None:
        self._splits: dict[tuple[int, tuple[tuple[str, int], ...]], Split] = {}
        self._leaves: dict[Hashable, Hashable] = {}

    def leaf(self, answer: Hashable) -> Tree:
        """The one leaf with this answer."""
        return self._leaves.setdefault(answer, answer)

    def split(self, level: int, branches: Mapping[str, Tree]) -> Tree:
        """The split by a fact, its branches joined where nothing speaks against it."""
        groups: list[tuple[list[str], Tree]] = []
        for value, tree in branches.items():
            if tree is ANYTHING:
                continue
            for place, (values, joined) in enumerate(groups):
                together = self._join(joined, tree)
                if together is not _APART:
                    groups[place] = ([*values, value], together)
                    break
            else:
                groups.append(([value], tree))
        if len(groups) < 2:
            return groups[0][1] if groups else ANYTHING
        joined_by_value = {value: tree for values, tree in groups for value in values}
        ordered = tuple((value, joined_by_value.get(value, ANYTHING)) for value in branches)
        return self._splits.setdefault(
            (level, tuple((value, id(tree)) for value, tree in ordered)), Split(level, ordered)
        )

    def _join(self, one: Tree, other: Tree) -> Tree:
        """The tree that answers as both do, or `_APART` where they differ."""
        if one is other or other is ANYTHING:
            return one
        if one is ANYTHING:
            return other
        splits = [tree for tree in (one, other) if isinstance(tree, Split)]
        if not splits:
            return _APART
        first = min(splits, key=lambda tree: tree.level)
        joined: dict[str, Tree] = {}
        for value, _ in first.branches:
            joined[value] = self._join(_branch(one, first.level, value), _branch(other, first.level, value))
            if joined[value] is _APART:
                return _APART
        return self.split(first.level, joined)

    def answers(self, tree: Tree, say: Callable[[Any], Hashable]) -> Tree:
        """The same tree with its answers said otherwise, and joined anew."""
        done: dict[int, Tree] = {}

        def said(part: Tree) -> Tree:
            if not isinstance(part, Split):
                return self.leaf(say(part))
            if id(part) not in done:
                done[id(part)] = self.split(part.level, {value: said(branch) for value, branch in part.branches})
            return done[id(part)]

        return said(tree)


_APART = object()


def _branch(tree: Tree, level: int, value: str) -> Tree:
    return dict(tree.branches)[value] if isinstance(tree, Split) and tree.level == level else tree


def leaves(tree: Tree) -> Iterator[Any]:
    """The answers of a tree, each once."""
    met: dict[int, Tree] = {}
    waiting = [tree]
    while waiting:
        part = waiting.pop(0)
        if id(part) not in met:
            met[id(part)] = part
            if isinstance(part, Split):
                waiting += [branch for _, branch in part.branches]
            else:
                yield part


def rows(tree: Tree) -> Iterator[tuple[Row, Any]]:
    """Each row of a tree: the values by level (a level left out: any), and the answer; empty answers are left out."""
    if isinstance(tree, Split):
        groups: dict[int, tuple[list[str], Tree]] = {}
        for value, branch in tree.branches:
            groups.setdefault(id(branch), ([], branch))[0].append(value)
        for values, branch in groups.values():
            yield from (({tree.level: tuple(values)} | row, answer) for row, answer in rows(branch))
    elif tree:
        yield {}, tree
