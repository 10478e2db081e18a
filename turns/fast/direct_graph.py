"""The graph of components is run one after the other, in an order that is found once.

Rasa prunes the graph and hands it to dask for each message and each prediction: 1 to 2 ms each, and nothing is gained,
because dask runs one component at a time too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import GraphNode
from rasa.engine.runner.dask import DaskGraphRunner

from turns.fast import replace

#: A node, and the names of what it is called with.
Step = tuple[str, GraphNode, tuple[str, ...]]


def put_in_place() -> None:
    """Replaces the way a loaded graph is run."""
    replace(DaskGraphRunner, "run", _run)


def _run(
    self: DaskGraphRunner, inputs: Mapping[str, Any] | None = None, targets: list[str] | None = None
) -> dict[str, Any]:
    wanted = tuple(targets or self._graph_schema.target_names)
    plans: dict[tuple[str, ...], list[Step]] = self.__dict__.setdefault("_plans", {})
    plan = plans.get(wanted)
    if plan is None:
        plan = plans[wanted] = _plan(self, wanted)
    done: dict[str, Any] = dict(inputs or {})
    try:
        for name, node, needs in plan:
            done[name] = node(*((need, done[need]) if need in done else need for need in needs))[1]
    except RuntimeError as error:
        raise GraphRunError("Error running runner.") from error
    return {target: done[target] for target in wanted}


def _plan(runner: DaskGraphRunner, targets: tuple[str, ...]) -> list[Step]:
    """The nodes that the targets need, each after those that it needs itself."""
    nodes = runner._graph_schema.minimal_graph_schema(list(targets)).nodes
    plan: list[Step] = []
    planned: set[str] = set()

    def put(name: str) -> None:
        if name in planned or name not in nodes:  # what is no node is an input
            return
        planned.add(name)
        needs = tuple(nodes[name].needs.values())
        for need in needs:
            put(need)
        plan.append((name, runner._instantiated_nodes[name], needs))

    for target in targets:
        put(target)
    return plan
