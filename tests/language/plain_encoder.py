"""The encoder's forward pass in plain numpy, from its papers' formulas: what the ONNX graph is compared with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import erf

from language.encoder.network import LAYERS

Tensors = Mapping[str, NDArray[Any]]


def vector(tensors: Tensors, ids: list[int]) -> NDArray[Any]:
    """The sentence vector of pieces of words, in 64-bit floats."""
    hidden = tensors["embeddings.word_embeddings.weight"][ids].astype(np.float64)
    hidden = hidden + tensors["embeddings.position_embeddings.weight"][: len(ids)]
    hidden = _normal(tensors, "embeddings.LayerNorm", hidden + tensors["embeddings.token_type_embeddings.weight"][0])
    for layer in range(LAYERS):
        name = f"encoder.layer.{layer}"
        query, key, value = (
            _dense(tensors, f"{name}.attention.self.{part}", hidden) for part in ("query", "key", "value")
        )
        heads = []
        for head in range(12):
            part = slice(32 * head, 32 * head + 32)
            alike = query[:, part] @ key[:, part].T / np.sqrt(32)
            chances = np.exp(alike - alike.max(axis=1, keepdims=True))
            heads.append(chances / chances.sum(axis=1, keepdims=True) @ value[:, part])
        attended = _dense(tensors, f"{name}.attention.output.dense", np.hstack(heads))
        hidden = _normal(tensors, f"{name}.attention.output.LayerNorm", attended + hidden)
        wide = _dense(tensors, f"{name}.intermediate.dense", hidden)
        wide = wide * 0.5 * (1 + erf(wide / np.sqrt(2)))
        hidden = _normal(tensors, f"{name}.output.LayerNorm", _dense(tensors, f"{name}.output.dense", wide) + hidden)
    mean = hidden.mean(axis=0)
    found: NDArray[Any] = mean / np.linalg.norm(mean)
    return found


def _dense(tensors: Tensors, name: str, source: NDArray[Any]) -> NDArray[Any]:
    made: NDArray[Any] = source @ tensors[f"{name}.weight"].T + tensors[f"{name}.bias"]
    return made


def _normal(tensors: Tensors, name: str, source: NDArray[Any]) -> NDArray[Any]:
    centred = source - source.mean(axis=1, keepdims=True)
    scaled = centred / np.sqrt((centred**2).mean(axis=1, keepdims=True) + 1e-12)
    made: NDArray[Any] = scaled * tensors[f"{name}.weight"] + tensors[f"{name}.bias"]
    return made
