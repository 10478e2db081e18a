"""Names to words: the responses with values put in as they are, whatever a value holds.

Rasa's own interpolator formats values a second time and shows the raw template to the buyer when a value looks like a
placeholder or is missing. Here each `{name}` is replaced once, and a missing value is an error.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.core.nlg.generator import ResponseVariationFilter
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

_PLACE: Final = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")
_PARTS: Final = ("text", "buttons", "custom", "image", "attachment", "quick_replies")
#: What may be put into a sentence as it is; anything else has no one way to be said.
_SAYABLE: Final = (str, int, float)


class NoWords(Exception):
    """There are no words by this name, or a value that they need is missing. Holds names only, so it may be logged."""

    @property
    def names(self) -> str:
        """What is missing."""
        return str(self)


class Words(TemplatedNaturalLanguageGenerator):
    """Renders the responses of the model's domain."""

    def __init__(self, endpoint_config: EndpointConfig | None = None, domain: Domain | None = None) -> None:
        super().__init__(domain.responses if domain else {})

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any]:
        """The words by this name, with values from `kwargs` and then from slots.

        Where there are several ways to say it they take turns in a conversation. Raises NoWords.
        """
        said = sum(
            1
            for event in tracker.events
            if isinstance(event, BotUttered) and event.metadata.get("utter_action") == utter_action
        )
        return self.generate_from_slots(utter_action, tracker.current_slot_values(), output_channel, said, **kwargs)

    def generate_from_slots(
        self, utter_action: str, filled_slots: Mapping[str, Any], output_channel: str, said: int = 0, /, **kwargs: Any
    ) -> dict[str, Any]:
        """As `generate`; `said` is how often these words were said before. Raises NoWords."""
        if utter_action not in self.responses:
            raise NoWords(f"no words by the name {utter_action}")
        ways = ResponseVariationFilter(self.responses).responses_for_utter_action(
            utter_action, output_channel, dict(filled_slots)
        )
        if not ways:
            raise NoWords(f"no words by the name {utter_action} for these slots")
        values = {**filled_slots, **{name: value for name, value in kwargs.items() if value is not None}}
        way = ways[said % len(ways)]
        return {part: fill(way[part], values, utter_action) if part in _PARTS else way[part] for part in way}


def fill(template: Any, values: Mapping[str, Any], words: str) -> Any:
    """A template with its `{name}`s replaced by values, once; in lists and dicts too. Raises NoWords.

    A string inside `custom` or a button that is nothing but `{name}` becomes the value itself.
    """
    if isinstance(template, str):
        return _PLACE.sub(lambda place: _said(place[1], values, words), template)
    if isinstance(template, Mapping):
        return {key: _part(part, values, words) for key, part in template.items()}
    if isinstance(template, list):
        return [_part(part, values, words) for part in template]
    return template


def _part(template: Any, values: Mapping[str, Any], words: str) -> Any:
    whole = _PLACE.fullmatch(template) if isinstance(template, str) else None
    return _known(whole[1], values, words) if whole else fill(template, values, words)


def _said(name: str, values: Mapping[str, Any], words: str) -> str:
    value = _known(name, values, words)
    if isinstance(value, bool) or not isinstance(value, _SAYABLE):
        raise NoWords(f"{words}: {{{name}}} is not a text or a number")
    return str(value)


def _known(name: str, values: Mapping[str, Any], words: str) -> Any:
    value = values.get(name)
    if value is None:
        raise NoWords(f"{words}: no value for {{{name}}}")
    return value
