"""What components share that look at each message and learn nothing."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from typing_extensions import Self


class Finder(GraphComponent):  # type: ignore[misc]
    """Made anew for serving, from its settings alone."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Self:
        """It needs nothing but its settings."""
        return cls(config)

    def __init__(self, config: dict[str, Any]) -> None:
        """Remember the settings."""
        self._config = config

    @abstractmethod
    def look_at(self, message: Message) -> None:
        """Put what is found on the message, or leave it as it is."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Look at each message."""
        for message in messages:
            self.look_at(message)
        return messages
