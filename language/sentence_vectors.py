"""What a message means, as one vector of features."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from language.encoder import conversion
from language.encoder.conversion import NETWORK, TOKENIZER
from language.encoder.sentence_encoder import SentenceEncoder
from language.encoder.weights import EncoderAbsentError
from language.finder import Finder
from language.parts import parts_of

_logger = logging.getLogger(__name__)
#: What stands in the model in the place of an encoder that was absent at training.
_NONE = "no-encoder.txt"


class _Awaited(Features):  # type: ignore[misc]
    """The features of a text that is still being read on another core; whoever looks at them waits for them."""

    def __init__(self, begin: Callable[[str], Future[NDArray[Any]]], text: str, origin: str) -> None:
        """`begin` begins to read a text, `origin` is the component that the vector is from."""
        self._begin = begin
        self._pending = begin(text)
        super().__init__(None, FEATURE_TYPE_SENTENCE, TEXT, origin)

    def of(self, text: str) -> _Awaited:
        """The features of another text, by the same encoder."""
        return _Awaited(self._begin, text, self.origin)

    @property
    def features(self) -> NDArray[Any]:
        """One row, as of other dense features."""
        return self._pending.result()[np.newaxis]

    @features.setter
    def features(self, found: None) -> None:
        """Nothing is set from outside; the class that this one extends tries to."""

    def is_dense(self) -> bool:
        """Known without waiting."""
        return True

    def __deepcopy__(self, memo: dict[int, Any]) -> Features:
        """Of a copy there is nothing to wait for."""
        return Features(self.features, self.type, self.attribute, self.origin)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SentenceVectors(DenseFeaturizer, GraphComponent):  # type: ignore[misc]
    """Gives each message its sentence vector, from an encoder that the trained model carries with it.

    Where the package with the weights is not installed at training, no message gets one, in that model's whole life: it
    then reads words, letters and patterns only, which docs/understanding.md puts a number to. A warning says so.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`longest`: the pieces of words that are read of one message."""
        return {**DenseFeaturizer.get_default_config(), "longest": 256}

    @staticmethod
    def required_packages() -> list[str]:
        """What must be installed; the package with the weights need not be."""
        return ["onnxruntime", "tokenizers"]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceVectors:
        """A component that has no encoder yet."""
        return cls(config, execution_context.node_name, model_storage, resource)

    def __init__(
        self,
        config: dict[str, Any],
        name: str,
        model_storage: ModelStorage,
        resource: Resource,
        encoder: SentenceEncoder | None = None,
    ) -> None:
        """`encoder` is None before training, and for good where there were no weights."""
        super().__init__(name, config)
        self._model_storage = model_storage
        self._resource = resource
        self._encoder = encoder

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing here can be set wrongly."""

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """The weights, how they are converted, and whether they are here at all."""
        try:
            return conversion.key(conversion.source())
        except EncoderAbsentError:
            return "none"

    def train(self, training_data: TrainingData) -> Resource:
        """Convert the weights (or take them from the cache) and put them into the model."""
        with self._model_storage.write_to(self._resource) as folder:
            try:
                made = conversion.converted()
            except EncoderAbsentError as error:
                _logger.warning("%s: training without sentence vectors, so less will be understood", error)
                # Rasa's cache keeps no empty folder, and a model trained from it could not be loaded.
                (folder / _NONE).write_text(f"{error}\n", encoding="utf-8")
                return self._resource
            for name in (NETWORK, TOKENIZER):
                shutil.copyfile(made / name, folder / name)
        self._encoder = SentenceEncoder(made, self._config["longest"])
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SentenceVectors:
        """The component with the encoder that the model carries, if it carries one."""
        with model_storage.read_from(resource) as folder:
            encoder = SentenceEncoder(folder, config["longest"]) if (folder / NETWORK).exists() else None
        return cls(config, execution_context.node_name, model_storage, resource, encoder)

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the vectors to messages: they are waited for where they are looked at."""
        if self._encoder is not None:
            for message in messages:
                message.add_features(_Awaited(self._encoder.begin, message.get(TEXT) or "", self._identifier))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the vectors to the training messages."""
        if self._encoder is not None:
            for message in training_data.training_examples:
                vector = self._encoder.vector(message.get(TEXT) or "")
                message.add_features(Features(vector[np.newaxis], FEATURE_TYPE_SENTENCE, TEXT, self._identifier))
        return training_data


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class VectorsOfParts(Finder):
    """Gives each part of a message its vector, once the message was taken apart; its own was begun before that."""

    def look_at(self, message: Message) -> None:
        """Add a vector to each part of a message that has one itself."""
        for vector in [each for each in message.features if isinstance(each, _Awaited)]:
            for part in parts_of(message):
                part.add_features(vector.of(part.get(TEXT) or ""))

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing is taken apart in training."""
        return training_data
