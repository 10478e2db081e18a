"""Puts the facts of a message on it as entities, for whoever reads what Rasa passes on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message

from language import clock
from language.entities import Entity, entities_in
from language.finder import Finder

#: The name under which these entities say where they are from. What a button carries has no such name.
EXTRACTOR: Final = "FactExtractor"
#: How a message begins that Rasa takes for an order to itself; nothing is read in one.
_ORDER: Final = "/"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class FactExtractor(Finder, EntityExtractorMixin):  # type: ignore[misc]
    """Adds an entity for each fact of `language.entities`: `entity`, `role` where it has one, `value`, `start`, `end`,
    `denied` and `extractor`.

    They fill no slot and answer no question: actions read the text themselves, and a rule names no entity.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`order`: how buyers write numeric dates, DMY or MDY, where that is known of all of them."""
        return {"order": None}

    def __init__(self, config: dict[str, Any]) -> None:
        """Read the tables, so that the first message need not wait for them."""
        super().__init__(config)
        entities_in("ordered 2 on 3 May for $5, order number 12345678", date(2024, 5, 4))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """The content of the tables, of the modules that read them, and of the dates'."""
        return made_of(Path(__file__).parent)

    def look_at(self, message: Message) -> None:
        """Add the entities of a message."""
        text = message.get(TEXT) or ""
        if text and not text.lstrip().startswith(_ORDER):
            found = entities_in(text, day_of(message.get(METADATA)), self._config["order"])
            entities = [*(message.get(ENTITIES) or []), *map(as_told, found)]
            message.set(ENTITIES, entities, add_to_output=True)


def made_of(folder: Path) -> str:
    """A digest of the tables and modules in the room `language` that facts are read by."""
    reading = ("fact_extractor", "needs", "phrase_table", "phrases", "statements", "wording")
    modules = (*reading, "spelling", "counts", "tracking_numbers")
    files = [*folder.glob("entities/*.*"), *folder.glob("dates/*.py"), *folder.glob("*.yml")]
    files += [folder / f"{name}.py" for name in modules]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(files) if path.is_file())).hexdigest()


def as_told(entity: Entity) -> dict[str, Any]:
    """An entity in Rasa's form."""
    role = {"role": entity.role} if entity.role else {}
    return {
        "entity": entity.entity,
        **role,
        "value": entity.value,
        "start": entity.start,
        "end": entity.end,
        "denied": entity.is_denied,
        "extractor": EXTRACTOR,
    }


def day_of(metadata: Any) -> date:
    """The writer's day: by the instant and zone that the turn's metadata vouch for, else by this machine's clock."""
    vouched = metadata if isinstance(metadata, Mapping) else {}
    try:
        at = datetime.fromisoformat(str(vouched["at"]).replace("Z", "+00:00")) if vouched.get("at") else clock.now()
        return at.astimezone(ZoneInfo(vouched.get("time_zone") or "UTC")).date()
    except (ValueError, OSError, KeyError, OverflowError):
        # What is vouched for is checked by actions, which refuse the turn; reading does not fail for it.
        return clock.now().date()
