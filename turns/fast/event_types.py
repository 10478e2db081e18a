"""The class of an event is looked up by its name once.

Rasa walks all subclasses for each stored event: 0.1 ms each, so that a long conversation costs more to read than to
continue.
"""

from __future__ import annotations

from rasa.shared.core.events import Event

from turns.fast import replace


def put_in_place() -> None:
    """Replaces the look-up; a name that is not known is looked up as before, and fails as before."""
    slow = Event.resolve_by_type
    known: dict[str, type[Event]] = {}

    def remembered(type_name: str, default: type[Event] | None = None) -> type[Event] | None:
        found = known.get(type_name)
        if found is None:
            found = slow(type_name, default)
            if found is not None and found is not default:
                known[type_name] = found
        return found

    replace(Event, "resolve_by_type", staticmethod(remembered))
