"""Nothing is copied for a line of a log that is not written.

Rasa deep-copies messages, events and states for its debug log before it is known whether anybody reads it: 1 to 3 ms
of a turn, more with each event. These modules copy for nothing else.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import rasa.core.actions.forms
import rasa.core.policies.rule_policy
import rasa.core.processor
from rasa.core.policies.rule_policy import RulePolicy
from rasa.core.processor import MessageProcessor

from turns.fast import replace


def put_in_place() -> None:
    """Replaces the copies, and the texts that are made for the log alone. Logs hold no content, at any level."""
    for module in (rasa.core.processor, rasa.core.actions.forms, rasa.core.policies.rule_policy):
        replace(module, "copy", SimpleNamespace(deepcopy=_nothing))
        replace(module, "structlogger", _Silent())
    replace(MessageProcessor, "_log_slots", staticmethod(_nothing))
    replace(RulePolicy, "format_tracker_states", staticmethod(_nothing))


def _nothing(*_: Any, **__: Any) -> None:
    return None


class _Silent:
    """In the place of a log that these modules write at debug level only."""

    debug = staticmethod(_nothing)
