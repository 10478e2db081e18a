"""A rule is looked for in the latest steps of a conversation, and only when a rule is wanted.

Rasa makes a state of every step since the conversation began, twice for each prediction, although no rule is longer
than a few; and it looks for rules before it asks whether a form goes on, which no rule can change. Both grow with the
conversation.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from rasa.core.policies.policy import PolicyPrediction
from rasa.core.policies.rule_policy import LOOP_RULES, RULES, RULES_FOR_LOOP_UNHAPPY_PATH, RulePolicy  # noqa: F401
from rasa.shared.core.constants import ACTION_LISTEN_NAME, PREVIOUS_ACTION, USER
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.events import ActionExecuted
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ACTION_NAME, INTENT

from turns.fast import replace

Found = tuple[str | None, str | None, bool]
_LOOKUPS: Final = (RULES, RULES_FOR_LOOP_UNHAPPY_PATH)


def put_in_place() -> None:
    """Replaces how a rule policy predicts; what it predicts stays."""
    slow_predict, slow_find = RulePolicy._predict, RulePolicy._find_action_from_rules

    def predict(self: RulePolicy, tracker: DialogueStateTracker, domain: Domain) -> tuple[PolicyPrediction, str | None]:
        if self._find_action_from_default_actions(tracker)[0] is None:
            action, source = self._find_action_from_loop_happy_path(tracker)
            if action is not None:
                probabilities = self._prediction_result(action, tracker, domain)
                return self._rule_prediction(probabilities, source, is_no_user_prediction=True), source
        found: tuple[PolicyPrediction, str | None] = slow_predict(self, tracker, domain)
        return found

    def find(
        self: RulePolicy, tracker: DialogueStateTracker, domain: Domain, use_text_for_last_user_input: bool
    ) -> Found:
        if use_text_for_last_user_input and not _facts(self).may_match_text:
            return None, None, False
        found: Found = slow_find(self, tracker, domain, use_text_for_last_user_input)
        return found

    def states(
        self: RulePolicy,
        tracker: DialogueStateTracker,
        domain: Domain,
        use_text_for_last_user_input: bool = False,
        rule_only_data: dict[str, Any] | None = None,
    ) -> list[State]:
        # One more than the longest rule, so that the first of them is not taken for the conversation's beginning.
        recent = recent_states(tracker, domain, _facts(self).longest + 1)
        self.featurizer._choose_last_user_input([recent], use_text_for_last_user_input)
        return recent

    replace(RulePolicy, "_predict", predict)
    replace(RulePolicy, "_find_action_from_rules", find)
    replace(RulePolicy, "_prediction_states", states)


def recent_states(tracker: DialogueStateTracker, domain: Domain, count: int) -> list[State]:
    """The last states of a conversation, as many as are asked for or there are, the latest last."""
    applied = tracker.applied_events()
    steps = [index for index, event in enumerate(applied) if isinstance(event, ActionExecuted)]
    wanted = steps[-(count - 1) :] if count > 1 else []
    replayed = tracker.init_copy()
    states: list[State] = []
    done = 0
    for step in (*wanted, len(applied)):
        for event in applied[done:step]:
            replayed.update(event)
        states.append(domain.get_active_state(replayed))
        done = step
    return states


class _Facts:
    """What can be known of a policy's rules before any conversation: how long they are, and whether text matters."""

    def __init__(self, lookups: Iterable[dict[str, str]]) -> None:
        self.longest = 1
        self.may_match_text = False
        for lookup in lookups:
            for key in lookup:
                states = json.loads(key)
                self.longest = max(self.longest, len(states))
                self.may_match_text |= _may_match_text(states[-1])


def _may_match_text(last: dict[str, Any]) -> bool:
    """Whether a rule may apply right after a message of which only the text is known."""
    after = last.get(PREVIOUS_ACTION, {}).get(ACTION_NAME)
    return after in (None, ACTION_LISTEN_NAME) and not last.get(USER, {}).get(INTENT)


def _facts(policy: RulePolicy) -> _Facts:
    facts: _Facts | None = policy.__dict__.get("_facts")
    if facts is None:
        facts = policy.__dict__["_facts"] = _Facts(policy.lookup.get(name, {}) for name in _LOOKUPS)
    return facts
