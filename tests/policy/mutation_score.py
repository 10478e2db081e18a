"""Mutation testing of the policy: how many small faults in its code do its tests notice.

    python tests/policy/mutation_score.py

Runs mutmut over `buyer_protection/policy`, with the settings in `pyproject.toml`, from nothing, in `mutants/`.
Prints each fault that no test noticed, then the score.
Exit status 1 where the score is under 95 %.

mutmut passes over every class with a decorator, so over all of our dataclasses; here it is told to enter those.
Tables of rules are not code that it can change; `test_rules_removed.py` removes their rules one by one.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[2]
AT_LEAST = 95.0

#: A fault that makes the tests fail, or never end, was noticed.
NOTICED = ("killed", "timeout", "segfault")

Verdicts = dict[str, list[str]]


def run(children: int) -> Verdicts:
    """Change the policy in every way that mutmut knows and return the names of the changes by what became of each."""
    # mutmut reads the configuration of the working directory as it is imported.
    os.chdir(ROOT)
    shutil.rmtree("mutants", ignore_errors=True)
    os.environ["POLICY_TESTS"] = "quick"
    # Without it, pytest would prepare every test module anew for each fault.
    sys.dont_write_bytecode = False
    sys.path.insert(0, str(ROOT))
    from mutmut import __main__ as mutmut
    from mutmut.mutation.data import SourceFileMutationData

    enter_dataclasses()
    mutmut._run((), children)
    verdicts: Verdicts = defaultdict(list)
    for path in mutmut.walk_mutatable_files():
        data = SourceFileMutationData(path=path)
        data.load()
        for name, exit_code in data.exit_code_by_key.items():
            verdicts[mutmut.status_by_exit_code[exit_code]].append(name)
    return verdicts


def enter_dataclasses() -> None:
    """Let mutmut change the methods of a dataclass: its decorator only reads the fields, which stay as they are."""
    import libcst
    from mutmut.mutation.file_mutation import MutationVisitor

    passes_over = MutationVisitor._skip_node_and_children

    def passes_over_all_but_dataclasses(self: MutationVisitor, node: libcst.CSTNode) -> bool:
        if isinstance(node, libcst.ClassDef) and [_name(decorator) for decorator in node.decorators] == ["dataclass"]:
            node = node.with_changes(decorators=[])
        return passes_over(self, node)

    def _name(decorator: libcst.Decorator) -> str:
        called = decorator.decorator.func if isinstance(decorator.decorator, libcst.Call) else decorator.decorator
        return called.value if isinstance(called, libcst.Name) else ""

    MutationVisitor._skip_node_and_children = passes_over_all_but_dataclasses  # type: ignore[method-assign]


def report(verdicts: Verdicts) -> float:
    """Print what no test noticed and how much was noticed; returns the score in percent."""
    from mutmut import __main__ as mutmut

    for verdict in sorted(set(verdicts) - set(NOTICED)):
        for name in verdicts[verdict]:
            print(f"\n{verdict}: {name}")
            print(mutmut.get_diff_for_mutant(name))
    made = sum(map(len, verdicts.values()))
    noticed = sum(len(verdicts[verdict]) for verdict in NOTICED)
    score = 100 * noticed / made if made else 0.0
    print(f"\nmutation score of the policy: {score:.1f} % ({noticed} of {made} faults noticed, {AT_LEAST:.0f} % asked)")
    return score


if __name__ == "__main__":
    sys.exit(0 if report(run(children=int(os.environ.get("MUTATION_JOBS", "2")))) >= AT_LEAST else 1)
