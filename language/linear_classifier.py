"""A linear classifier of intents whose confidence means what it says, saved without pickle."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix

from language import calibration, feature_blocks, held_out
from language.calibration import loudness, probabilities
from language.feature_blocks import scores, tables
from language.held_out import is_held_out
from language.parts import with_parts

_WEIGHTS, _NAMES = "weights.npz", "intents.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(IntentClassifier, GraphComponent):  # type: ignore[misc]
    """Two multinomial logistic regressions, one over what is counted in a message and one over what it means.

    Words, letters and patterns are counted, sparse; the vector of its meaning is dense. The encoder's adapter has
    learnt from the training data, so there the vectors explain too much, and one regression over all would learn too
    little from the rest. How far each of the two is believed is found on messages that are held out
    (`language.held_out`): the adapter and, for this, the regressions have not learnt from them. That makes the
    confidence believable, too.
    A long message counts for more in training than a short one: it mentions much beside what is meant, and that is
    learnt only from such messages, of which there are few.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """Features come from featurizers."""
        return [Featurizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`strength`: how closely the training data is followed (C); `ranking_length`: how many intents are told.

        `usual_words`: the length of a message that counts once.
        """
        return {"strength": 10.0, "ranking_length": 10, "usual_words": 12}

    @staticmethod
    def required_packages() -> list[str]:
        """What must be installed."""
        return ["sklearn"]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """How tables are made, what is held out and how loudness is found: in modules that Rasa does not look at."""
        files = (feature_blocks.__file__, held_out.__file__, calibration.__file__)
        return hashlib.sha256(b"".join(Path(file).read_bytes() for file in files)).hexdigest()

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
    ) -> None:
        """`weights` (features by intents, the sparse first) and `bias` are what was learnt; None before training."""
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._intents = intents or []
        self._weights = weights
        self._bias = bias

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the training messages and save."""
        examples = [message for message in training_data.intent_examples if message.get(TEXT)]
        learning = _Learning(
            tables(examples),
            np.array([message.get(INTENT) for message in examples]),
            counts_for([message.get(TEXT) for message in examples], self._config["usual_words"]),
            self._config["strength"],
        )
        factors = learning.factors(np.array([is_held_out(message) for message in examples]))
        self._intents, fitted = learning.fitted(np.ones(len(examples), dtype=bool))
        self._weights = np.vstack([factor * weights for factor, (weights, _) in zip(factors, fitted, strict=True)])
        self._bias = np.sum([factor * bias for factor, (_, bias) in zip(factors, fitted, strict=True)], axis=0)
        with self._model_storage.write_to(self._resource) as folder:
            np.savez_compressed(folder / _WEIGHTS, weights=self._weights, bias=self._bias)
            (folder / _NAMES).write_text(json.dumps(self._intents), encoding="utf-8")
        return self._resource

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
                weights, bias = saved["weights"], saved["bias"]
        return cls(config, model_storage, resource, intents, weights, bias)

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the likeliest intent and the ranking of each message."""
        if self._weights is None or self._bias is None:
            raise RuntimeError("LinearIntentClassifier has not been trained")
        for message in with_parts(messages):
            chances = probabilities(scores(message, self._weights, self._bias))
            ranking = [
                {"name": self._intents[place], "confidence": float(chances[place])}
                for place in np.argsort(-chances, kind="stable")[: self._config["ranking_length"]]
            ]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages


def counts_for(texts: Sequence[str], usual_words: int) -> NDArray[np.float64]:
    """How much each text counts in training: the root of its length in words over the usual one, from 0.7 to 2."""
    words = np.array([len(text.split()) for text in texts], dtype=np.float64)
    counts: NDArray[np.float64] = np.sqrt(np.clip(words / usual_words, 0.5, 4.0))
    return counts


@dataclass(frozen=True)
class _Learning:
    """Features of messages in tables, the messages' intents, how much each counts, and how closely all are followed."""

    tables: Sequence[csr_matrix]
    labels: NDArray[Any]
    counts: NDArray[Any]
    strength: float

    def fitted(self, learnt: NDArray[np.bool_]) -> tuple[list[str], list[tuple[NDArray[Any], NDArray[Any]]]]:
        """The intents, and for each table weights and bias, as learnt from some of the messages."""
        # Only training needs scikit-learn; serving starts faster without it.
        from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

        fitted = []
        for table in self.tables:
            model = LogisticRegression(C=self.strength, max_iter=1000, tol=1e-2, class_weight="balanced")
            model.fit(table[learnt], self.labels[learnt], sample_weight=self.counts[learnt])
            weights, bias = model.coef_.T.astype(np.float32), model.intercept_.astype(np.float32)
            if len(model.classes_) == 2:  # of two intents scikit-learn scores the second only
                weights, bias = np.hstack([0 * weights, weights]), np.hstack([0 * bias, bias])
            fitted.append((weights, bias))
        return model.classes_.tolist(), fitted

    def factors(self, aside: NDArray[np.bool_]) -> list[float]:
        """How loudly each table speaks, found on what is held out; all alike where there is nothing to go by."""
        # An intent that is held out altogether cannot be learnt without it, so it says nothing about the others.
        asked = aside & np.isin(self.labels, self.labels[~aside])
        if not asked.any() or len(set(self.labels[~aside])) < 2:
            return [1.0] * len(self.tables)
        intents, fitted = self.fitted(~aside)
        readings = [table[asked] @ weights + bias for table, (weights, bias) in zip(self.tables, fitted, strict=True)]
        return loudness(readings, np.array([intents.index(label) for label in self.labels[asked]]))
