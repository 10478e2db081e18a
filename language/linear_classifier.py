"""A linear classifier of intents whose confidence means what it says, saved without pickle."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, INTENT, METADATA, METADATA_INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, hstack, issparse, vstack

from language.calibration import best_temperature, probabilities
from language.parts import with_parts

_WEIGHTS, _NAMES = "weights.npz", "intents.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(IntentClassifier, GraphComponent):  # type: ignore[misc]
    """Multinomial logistic regression over the features of a whole message.

    Its scores are divided by a temperature that is found on wordings which it did not learn from: each fold leaves out
    whole kinds of wording (the `situation` of data/nlu), because its own kinds of wording make it too sure of itself.
    A long message counts for more in training than a short one: it mentions much beside what is meant, and that is
    learnt only from such messages, of which there are few.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """Features come from featurizers."""
        return [Featurizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`strength`: how closely the training data is followed (C); `folds`: of the calibration; `ranking_length`.

        `usual_words`: the length of a message that counts once.
        """
        return {"strength": 10.0, "folds": 3, "ranking_length": 10, "usual_words": 12}

    @staticmethod
    def required_packages() -> list[str]:
        """What must be installed."""
        return ["sklearn"]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LinearIntentClassifier:
        """A classifier that has not learnt yet."""
        return cls(config, model_storage, resource)

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        intents: list[str] | None = None,
        weights: NDArray[Any] | None = None,
        bias: NDArray[Any] | None = None,
        temperature: float = 1.0,
    ) -> None:
        """`weights` (features by intents), `bias` and `temperature` are what was learnt; None before training."""
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._intents = intents or []
        self._weights = weights
        self._bias = bias
        self._temperature = temperature

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the training messages and save."""
        examples = [message for message in training_data.intent_examples if message.get(TEXT)]
        features = vstack([_features(message) for message in examples]).tocsr()
        labels = np.array([message.get(INTENT) for message in examples])
        counts = counts_for([message.get(TEXT) for message in examples], self._config["usual_words"])
        folds = np.array([_fold(message, self._config["folds"]) for message in examples])
        self._temperature = self._calibrate(features, labels, counts, folds)
        self._intents, self._weights, self._bias = self._fit(features, labels, counts)
        with self._model_storage.write_to(self._resource) as folder:
            np.savez_compressed(
                folder / _WEIGHTS, weights=self._weights, bias=self._bias, temperature=np.array(self._temperature)
            )
            (folder / _NAMES).write_text(json.dumps(self._intents), encoding="utf-8")
        return self._resource

    def _fit(
        self, features: csr_matrix, labels: NDArray[Any], counts: NDArray[Any]
    ) -> tuple[list[str], NDArray[Any], NDArray[Any]]:
        # Only training needs scikit-learn; serving starts faster without it.
        from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

        model = LogisticRegression(C=self._config["strength"], max_iter=1000, tol=1e-2, class_weight="balanced")
        model.fit(features, labels, sample_weight=counts)
        weights, bias = model.coef_.T.astype(np.float32), model.intercept_.astype(np.float32)
        if len(model.classes_) == 2:  # of two intents scikit-learn scores the second only
            weights, bias = np.hstack([0 * weights, weights]), np.hstack([0 * bias, bias])
        return model.classes_.tolist(), weights, bias

    def _calibrate(
        self, features: csr_matrix, labels: NDArray[Any], counts: NDArray[Any], folds: NDArray[Any]
    ) -> float:
        scores, truths = [], []
        for fold in range(self._config["folds"]):
            learnt = folds != fold
            # An intent that is only in this fold cannot be learnt without it, so it says nothing about the others.
            asked = ~learnt & np.isin(labels, labels[learnt])
            if not asked.any() or len(set(labels[learnt])) < 2:
                continue
            intents, weights, bias = self._fit(features[learnt], labels[learnt], counts[learnt])
            scores.append(features[asked] @ weights + bias)
            truths.append(np.array([intents.index(label) for label in labels[asked]]))
        return best_temperature(scores, truths)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LinearIntentClassifier:
        """The classifier as it was saved."""
        with model_storage.read_from(resource) as folder:
            intents = json.loads((folder / _NAMES).read_text(encoding="utf-8"))
            with np.load(folder / _WEIGHTS, allow_pickle=False) as saved:
                weights, bias, temperature = saved["weights"], saved["bias"], float(saved["temperature"])
        return cls(config, model_storage, resource, intents, weights, bias, temperature)

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the likeliest intent and the ranking of each message."""
        if self._weights is None or self._bias is None:
            raise RuntimeError("LinearIntentClassifier has not been trained")
        for message in with_parts(messages):
            chances = probabilities(self._scores(message, self._weights, self._bias), self._temperature)
            ranking = [
                {"name": self._intents[place], "confidence": float(chances[place])}
                for place in np.argsort(-chances, kind="stable")[: self._config["ranking_length"]]
            ]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    @staticmethod
    def _scores(message: Message, weights: NDArray[Any], bias: NDArray[Any]) -> NDArray[Any]:
        """What `_features` times the weights gives, block by block: the blocks of one message need not be joined."""
        scores, width = bias.astype(np.float64), 0
        for block in _blocks(message):
            if issparse(block):
                found = block.tocoo()
                scores += found.data.astype(weights.dtype) @ weights.take(found.col + width, axis=0)
            else:
                scores += block[0] @ weights[width : width + block.shape[1]]
            width += block.shape[1]
        return scores


def counts_for(texts: Sequence[str], usual_words: int) -> NDArray[np.float64]:
    """How much each text counts in training: the root of its length in words over the usual one, from 0.7 to 2."""
    words = np.array([len(text.split()) for text in texts], dtype=np.float64)
    counts: NDArray[np.float64] = np.sqrt(np.clip(words / usual_words, 0.5, 4.0))
    return counts


def _features(message: Message) -> csr_matrix:
    return hstack(_blocks(message)).tocsr()


def _blocks(message: Message) -> list[Any]:
    """The features of a whole message, the sparse ones first, as they are: Rasa would copy each before joining them."""
    found = [part for part in message.features if part.attribute == TEXT and part.type == FEATURE_TYPE_SENTENCE]
    return [part.features for part in sorted(found, key=lambda part: part.is_dense())]


def _fold(message: Message, folds: int) -> int:
    """The fold of a message: by its kind of wording, or by its text where the data file names one kind only."""
    situation = ((message.get(METADATA) or {}).get(METADATA_INTENT) or {}).get("situation", "plain")
    key = message.get(TEXT) if situation == "plain" else situation
    return zlib.crc32(key.encode("utf-8")) % folds
