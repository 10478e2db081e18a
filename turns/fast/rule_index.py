"""Only rules that end where the conversation stands are compared with it.

Rasa compares every rule for each prediction; most differ in the last action or in what was understood.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.constants import PREVIOUS_ACTION, SHOULD_NOT_BE_SET, USER
from rasa.shared.core.domain import State
from rasa.shared.nlu.constants import ACTION_NAME, INTENT

from turns.fast import replace

#: The last action and the intent that a rule ends with; nothing where it does not say.
_Ends = tuple[Any, Any]
Index = dict[_Ends, frozenset[str]]


def put_in_place() -> None:
    """Replaces how rules that fit are found; what fits stays, as each is still compared in full."""

    def possible(self: RulePolicy, lookup: dict[str, str], states: list[State]) -> set[str]:
        keys = _ending_like(_index_of(self, lookup), states[-1]) if states else set(lookup)
        for turn, state in enumerate(reversed(states)):
            keys = {key for key in keys if self._is_rule_applicable(key, turn, state)}
        return keys

    replace(RulePolicy, "_get_possible_keys", possible)


def _ending_like(index: Index, state: State) -> set[str]:
    action = state.get(PREVIOUS_ACTION, {}).get(ACTION_NAME)
    intent = state.get(USER, {}).get(INTENT)
    # A rule that says nothing of the last action begins a conversation, or is compared by something else than a name.
    ends = {(action, intent), (action, None), (None, intent), (None, None)}
    return {key for end in ends for key in index.get(end, ())}


def _index_of(policy: RulePolicy, lookup: dict[str, str]) -> Index:
    known: dict[int, tuple[dict[str, str], Index]] = policy.__dict__.setdefault("_indexes", {})
    found = known.get(id(lookup))
    if found is None or found[0] is not lookup:
        found = known[id(lookup)] = (lookup, _index(lookup))
    return found[1]


def _index(lookup: dict[str, str]) -> Index:
    index: dict[_Ends, set[str]] = defaultdict(set)
    for key in lookup:
        last = json.loads(key)[-1]
        index[_said(last, PREVIOUS_ACTION, ACTION_NAME), _said(last, USER, INTENT)].add(key)
    return {end: frozenset(keys) for end, keys in index.items()}


def _said(state: dict[str, Any], part: str, name: str) -> Any:
    value = state.get(part, {}).get(name)
    return value if value and value != SHOULD_NOT_BE_SET else None
