"""What makes Rasa fast: each slow part that a profile showed is replaced by one that does the same.

One module for each part, with the reason. All are put in place together, by `make_fast`, and taken out together, by
`make_stock`; the setting `fast` decides. The replacements know the code of Rasa 3.6 and are refused by any other.
Nothing is imported here, so that the launcher can keep TensorFlow out before Rasa is loaded.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import version
from typing import Any, Final

#: The versions whose code was read.
KNOWN: Final = "3.6."
_PARTS: Final = (
    "checked_results",
    "event_types",
    "direct_graph",
    "unlogged_copies",
    "applied_events",
    "copied_trackers",
    "recent_states",
    "rule_index",
    "small_calls",
    "trained_domain",
)

#: What was replaced, so that it can be put back: owner, name and the original.
_replaced: list[tuple[Any, str, Any]] = []
#: The original of what a class has from one that it is made of.
_INHERITED: Final = object()


def make_fast() -> bool:
    """Puts the replacements in place, in this process; whether this Rasa is one that they know."""
    if not version("rasa").startswith(KNOWN):
        return False
    if not _replaced:
        for part in _PARTS:
            import_module(f"turns.fast.{part}").put_in_place()
    return True


def make_stock() -> None:
    """Takes all replacements out again."""
    while _replaced:
        owner, name, original = _replaced.pop()
        if original is _INHERITED:
            delattr(owner, name)
        else:
            setattr(owner, name, original)


def is_fast() -> bool:
    """Whether the replacements are in place."""
    return bool(_replaced)


def replace(owner: Any, name: str, replacement: Any) -> None:
    """Puts one replacement in place of what a class or module has under a name. Raises AttributeError."""
    getattr(owner, name)
    _replaced.append((owner, name, vars(owner).get(name, _INHERITED)))
    setattr(owner, name, replacement)
