"""Keeps TensorFlow out of a process that only runs a model: it costs seconds and megabytes, and does nothing there.

Rasa imports it for base classes that only training uses, and again for each component named in the training graph that
a model archive carries along; spaCy imports it wherever it finds it. Never in a process that trains.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any, Final

#: Modules of Rasa that only training uses, and the classes that other modules import from them.
_ONLY_FOR_TRAINING: Final = {
    "rasa.utils.tensorflow.callback": ("RasaTrainingLogger", "RasaModelCheckpoint"),
    "rasa.utils.tensorflow.data_generator": ("RasaBatchDataGenerator", "RasaDataGenerator"),
}


def keep_tensorflow_out() -> None:
    """Puts empty classes in the place of what only training uses, and hides TensorFlow from whoever asks for it.

    Must be called before anything of `rasa.core`, and before spaCy, is imported.
    """
    if "tensorflow" not in sys.modules:
        sys.modules["tensorflow"] = None  # type: ignore[assignment]
    for name, classes in _ONLY_FOR_TRAINING.items():
        if name not in sys.modules:
            stand_in = ModuleType(name, "Not loaded: only training uses it.")
            for each in classes:
                setattr(stand_in, each, type(each, (), {}))
            sys.modules[name] = stand_in


def ignore_training_graphs() -> None:
    """Loads models without their training graph, which names every component that took part."""
    from rasa.engine.storage.storage import ModelMetadata

    read = ModelMetadata.from_dict.__func__
    if getattr(read, "ignores_training", False):
        return

    def without_training(cls: type[ModelMetadata], serialized: dict[str, Any]) -> ModelMetadata:
        return read(cls, {**serialized, "train_schema": {"nodes": {}}})

    without_training.ignores_training = True  # type: ignore[attr-defined]
    ModelMetadata.from_dict = classmethod(without_training)
