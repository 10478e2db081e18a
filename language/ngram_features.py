"""Words and runs of letters as features of a message."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix

from language import ngrams
from language.ngrams import Counted, even, runs_of_letters
from language.parts import with_parts
from language.tokens import NORM

_FILE = "ngrams.json"
#: Words whose runs are remembered, and the letters of the longest of them: some megabytes in all.
_MOST_WORDS = 10_000
_LONGEST_WORD = 30


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class NgramFeatures(SparseFeaturizer, GraphComponent):  # type: ignore[misc]
    """Learns which words and runs of letters there are, and gives each message their weighted counts.

    Saved as JSON. A message without a known run gets zeros, so that the classifier always has something to stand on.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """Words come from a tokenizer."""
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`word_weight`, `letter_weight`: the length of each block; `shortest`, `longest`: letters in a run."""
        return {
            **SparseFeaturizer.get_default_config(),
            "word_weight": 0.7,
            "letter_weight": 1.0,
            "shortest": 2,
            "longest": 4,
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> NgramFeatures:
        """A component that has not learnt yet."""
        return cls(config, execution_context.node_name, model_storage, resource)

    def __init__(
        self,
        config: dict[str, Any],
        name: str,
        model_storage: ModelStorage,
        resource: Resource,
        words: Counted | None = None,
        letters: Counted | None = None,
    ) -> None:
        """`words` and `letters` are what was learnt; None before training."""
        super().__init__(name, config)
        self._model_storage = model_storage
        self._resource = resource
        self._words = words
        self._letters = letters
        self._of_word: dict[str, tuple[int, ...]] = {}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing here can be set wrongly."""

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """How runs are counted is in another module, which Rasa does not look at."""
        return hashlib.sha256(Path(ngrams.__file__).read_bytes()).hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the training messages and save."""
        messages = [message for message in training_data.training_examples if message.get(TEXT)]
        self._words = Counted.learn([_words(message) for message in messages], at_least=1)
        runs = [[run for word in _spelt(message) for run in self._runs(word)] for message in messages]
        self._letters = Counted.learn(runs, at_least=2)
        learnt = {"words": self._words.to_dict(), "letters": self._letters.to_dict()}
        with self._model_storage.write_to(self._resource) as folder:
            (folder / _FILE).write_text(json.dumps(learnt), encoding="utf-8")
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> NgramFeatures:
        """The component as it was saved."""
        with model_storage.read_from(resource) as folder:
            learnt = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        words, letters = Counted.from_dict(learnt["words"]), Counted.from_dict(learnt["letters"])
        return cls(config, execution_context.node_name, model_storage, resource, words, letters)

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the features to messages."""
        if self._words is None or self._letters is None:
            raise RuntimeError("NgramFeatures has not been trained")
        width = len(self._words.rarity) + len(self._letters.rarity)
        for message in with_parts(messages):
            words, of_words = self._words.weighed(self._words.known(_words(message)))
            known: list[int] = []
            for word in _spelt(message):
                known += self._known_runs(word)
            letters, of_letters = self._letters.weighed(known)
            # Side by side, put together at once: joining sparse matrices takes longer than all the rest.
            columns = np.concatenate([words, letters + len(self._words.rarity)])
            weighed = (of_words * self._config["word_weight"], of_letters * self._config["letter_weight"])
            both = csr_matrix((np.concatenate(weighed, dtype=np.float32), columns, (0, len(columns))), shape=(1, width))
            message.add_features(Features(both, FEATURE_TYPE_SENTENCE, TEXT, self._identifier))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the features to the training messages."""
        self.process(training_data.training_examples)
        return training_data

    def _runs(self, word: str) -> Any:
        return runs_of_letters(word, self._config["shortest"], self._config["longest"])

    def _known_runs(self, word: str) -> tuple[int, ...]:
        """The columns of a word's runs of letters; most words of a message are words of all messages."""
        assert self._letters is not None
        found = self._of_word.get(word)
        if found is None:
            found = self._letters.known(self._runs(word))
            if len(self._of_word) < _MOST_WORDS and len(word) <= _LONGEST_WORD:
                self._of_word[word] = found
        return found


def _tokens(message: Message) -> Any:
    return message.get(TOKENS_NAMES[TEXT]) or ()


def _spelt(message: Message) -> Any:
    return (even(token.text.lower()) for token in _tokens(message))


def _words(message: Message) -> list[str]:
    return [even(token.get(NORM) or token.text.lower()) for token in _tokens(message)]
