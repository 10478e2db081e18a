"""The pattern table as features of a message."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix

from language import patterns
from language.parts import with_parts
from language.patterns import PatternTable


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class PatternFeatures(SparseFeaturizer, GraphComponent):  # type: ignore[misc]
    """Gives each message one number for each row of patterns.yml: `weight` where the row holds, else 0.

    The table is read when the component is made. A changed table, or a changed reading of it, means another training.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`weight`: how loudly a row speaks beside the words, whose vectors have length 1."""
        return {**SparseFeaturizer.get_default_config(), "weight": 0.3}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> PatternFeatures:
        """Made anew for training and for serving; it learns nothing."""
        return cls(config, execution_context.node_name)

    def __init__(self, config: dict[str, Any], name: str) -> None:
        """Read the table."""
        super().__init__(name, config)
        self._table = PatternTable.load()

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing here can be set wrongly."""

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """The content of the table and of the module that reads it."""
        files = (patterns.SHIPPED, Path(patterns.__file__))
        return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the features to messages."""
        for message in with_parts(messages):
            shown = self._table.shown(message.get(TEXT) or "")
            weighed = np.full(len(shown), self._config["weight"], dtype=np.float32)
            row = csr_matrix((weighed, shown, (0, len(shown))), shape=(1, len(self._table.rows)))
            message.add_features(Features(row, FEATURE_TYPE_SENTENCE, TEXT, self._identifier))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the features to the training messages."""
        self.process(training_data.training_examples)
        return training_data
