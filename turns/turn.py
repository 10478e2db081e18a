"""One turn: what a buyer sent, as text or as a trusted payload, and what is vouched for it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from buyer_protection import typed_text

#: Characters of a message that are kept; a statement in the buyer's own words fits. What lies beyond is cut.
LONGEST_TEXT: Final = 4000
#: Bytes of a payload, its values, and how deep values may lie in each other, also in metadata: we make them ourselves.
LARGEST_PAYLOAD: Final = 8 * 1024
MOST_VALUES: Final = 20
DEEPEST: Final = 8

_PAYLOAD: Final = re.compile(r"/(?P<intent>[a-z][a-z_]*)(?P<entities>\{.*\})?", re.DOTALL)


class NotAPayload(ValueError):
    """What was passed as a payload is not `/intent` or `/intent{...}`."""


@dataclass(frozen=True)
class Turn:
    """A message to be handled once.

    `id` names the message for ever: the same id again is the same turn. `conversation` is whose it is. Exactly one of
    `text` (typed: has no power whatever it says) and `payload` (`/intent{"name": value}`, only from what we made
    ourselves, such as a button) is given. `metadata` is what the caller vouches for: `buyer_id`, `channel`,
    `time_zone`, `locale`, `at` (an ISO instant with its offset). Raises ValueError when the parts do not fit together.
    """

    id: str
    conversation: str
    text: str | None = None
    payload: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.id or not self.conversation:
            raise ValueError("a turn needs an id and a conversation")
        if (self.text is None) == (self.payload is None):
            raise ValueError("a turn is either text or a payload")
        if not _is_shallow(self.metadata):
            raise ValueError("metadata: values lie too deep in each other")
        if self.payload is not None:
            read_payload(self.payload)


def read_payload(payload: str) -> tuple[str, dict[str, Any]]:
    """The intent of a payload and its values by entity name. Raises NotAPayload."""
    if len(payload.encode(errors="replace")) > LARGEST_PAYLOAD:
        raise NotAPayload(f"a payload has at most {LARGEST_PAYLOAD} bytes")
    match = _PAYLOAD.fullmatch(payload)
    if not match:
        raise NotAPayload("a payload is /intent or /intent{...}")
    try:
        values = json.loads(match["entities"] or "{}")
    except (ValueError, RecursionError):
        raise NotAPayload("the values of a payload are a JSON object") from None
    if len(values) > MOST_VALUES or not _is_shallow(values):
        raise NotAPayload(f"a payload has at most {MOST_VALUES} values, at most {DEEPEST} deep")
    return match["intent"], values


def _is_shallow(values: Any) -> bool:
    """Whether values lie at most so deep in each other; seen level by level, as deep ones would end the program."""
    level = [values]
    for _ in range(DEEPEST):
        level = [inner for value in level for inner in _inside(value)]
    return not any(isinstance(value, (Mapping, list, tuple)) for value in level)


def _inside(value: Any) -> Iterable[Any]:
    if isinstance(value, Mapping):
        return value.values()
    return value if isinstance(value, (list, tuple)) else ()


def parsed(payload: str) -> dict[str, Any]:
    """A payload as the NLU would report it, so that the NLU need not be asked. Raises NotAPayload."""
    intent, values = read_payload(payload)
    meaning = {"name": intent, "confidence": 1.0}
    entities = [{"entity": name, "value": value, "start": 0, "end": len(payload)} for name, value in values.items()]
    return {"text": payload, "intent": meaning, "intent_ranking": [meaning], "entities": entities}


def clean(text: str) -> str:
    """Typed text made harmless: composed (NFC), without control characters, halves of characters or a leading slash.

    Rasa reads a message that begins with a slash as an order to itself, also behind blanks, so typed text never does.
    The gateway cleans first; this is the second line. What is left may be empty.
    """
    return typed_text.clean(text, LONGEST_TEXT)
