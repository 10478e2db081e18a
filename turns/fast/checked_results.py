"""An action's answer is checked against a schema that is compiled once, and each event against its own kind's.

Rasa builds the same schema for each call, checks it against the schema of schemas first, and tries every event against
every kind there is: 28 to 50 ms of every turn in a form.
"""

from __future__ import annotations

from typing import Any

from jsonschema.exceptions import best_match  # type: ignore[import-untyped]
from jsonschema.validators import validator_for  # type: ignore[import-untyped]
from rasa.core.actions.action import RemoteAction

from turns.fast import replace


def put_in_place() -> None:
    """Replaces the check; what it refuses, and how, stays."""
    schema = RemoteAction.action_response_format_spec()
    make = validator_for(schema)
    whole = make(schema)
    kinds = {kind: make(each) for kind, each in _by_kind(schema["properties"]["events"]).items()}

    def checked(self: RemoteAction, result: dict[str, Any]) -> bool:
        if not _is_plain(result, kinds):
            error = best_match(whole.iter_errors(result))
            if error is not None:
                raise error
        return True

    replace(RemoteAction, "_validate_action_result", checked)


def _is_plain(result: Any, kinds: dict[str, Any]) -> bool:
    """Whether every event is of a kind that is known and shaped like it; whatever else is left to the whole check."""
    if not isinstance(result, dict):
        return False
    events, responses = result.get("events", []), result.get("responses", [])
    if not isinstance(events, list) or not isinstance(responses, list):
        return False
    if not all(isinstance(response, dict) for response in responses):
        return False
    return all(
        isinstance(event, dict)
        and isinstance(event.get("event"), str)
        and event["event"] in kinds
        and kinds[event["event"]].is_valid(event)
        for event in events
    )


def _by_kind(events: dict[str, Any]) -> dict[Any, Any]:
    """The schema of each kind of event, where an event cannot be of two kinds; else none is known alone."""
    items: dict[str, Any] = events["items"]
    found: dict[str | None, list[Any]] = {}
    for each in items.get("oneOf", ()):
        kind = each.get("properties", {}).get("event", {}).get("const")
        found.setdefault(kind, []).append(each)
    shared = {key: value for key, value in items.items() if key != "oneOf"}
    if None in found or any(len(alone) > 1 for alone in found.values()):
        return {}
    return {kind: {"allOf": [shared, alone[0]]} for kind, alone in found.items()}
