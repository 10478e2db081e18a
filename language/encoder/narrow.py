"""The encoder's network as TensorFlow can teach it: the weights stay, narrow matrices beside them learn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from language.encoder import adapter
from language.encoder.network import HEADS, LAYERS, WIDTH

#: What the adapter changes.
MATRICES: Final = tuple(
    f"encoder.layer.{layer}.{part}"
    for layer in range(LAYERS)
    for part in (
        "attention.self.query",
        "attention.self.key",
        "attention.self.value",
        "attention.output.dense",
        "intermediate.dense",
        "output.dense",
    )
)
#: The width of the narrow matrices, and how loudly their product speaks while it is learnt.
_RANK: Final = 16
_LOUD: Final = 2.0


class Narrow:
    """The encoder of `language.encoder.network` with narrow matrices that can learn."""

    def __init__(self, tf: Any, tensors: dict[str, NDArray[Any]]) -> None:
        """`tf` is TensorFlow, `tensors` the weights that stay; before anything is learnt nothing is changed."""
        self._tf = tf
        self._tensors = {name: tf.constant(value) for name, value in tensors.items() if value.dtype == np.float32}
        self._down, self._up = {}, {}
        for name in MATRICES:
            outputs, inputs = tensors[f"{name}.weight"].shape
            self._down[name] = tf.Variable(tf.random.normal((_RANK, inputs), stddev=inputs**-0.5))
            self._up[name] = tf.Variable(tf.zeros((outputs, _RANK)))

    @property
    def variables(self) -> list[Any]:
        """All that learns."""
        return [*self._down.values(), *self._up.values()]

    def kept(self) -> dict[str, NDArray[np.float16]]:
        """What `adapter` reads."""
        down = {name + adapter.DOWN: value.numpy() for name, value in self._down.items()}
        up = {name + adapter.UP: _LOUD * value.numpy() for name, value in self._up.items()}
        return {name: value.astype(np.float16) for name, value in {**down, **up}.items()}

    def vectors(self, ids: Any, seen: Any, dropped: float = 0.0) -> Any:
        """The vectors of length 1 of some messages; `dropped`: which part of what is between is left out by chance."""
        tf, tensors = self._tf, self._tensors

        def thinned(found: Any) -> Any:
            return tf.nn.dropout(found, dropped) if dropped else found

        hidden = tf.gather(tensors["embeddings.word_embeddings.weight"], ids)
        hidden += tensors["embeddings.position_embeddings.weight"][: tf.shape(ids)[1]]
        hidden += tensors["embeddings.token_type_embeddings.weight"][0]
        hidden = thinned(self._normal(hidden, "embeddings.LayerNorm"))
        for layer in range(LAYERS):
            name = f"encoder.layer.{layer}"
            taken = self._attention(hidden, seen, f"{name}.attention.self", thinned)
            taken = thinned(self._dense(taken, f"{name}.attention.output.dense"))
            hidden = self._normal(taken + hidden, f"{name}.attention.output.LayerNorm")
            wide = tf.nn.gelu(self._dense(hidden, f"{name}.intermediate.dense"))
            narrow = thinned(self._dense(wide, f"{name}.output.dense"))
            hidden = self._normal(narrow + hidden, f"{name}.output.LayerNorm")
        total = tf.reduce_sum(hidden * seen[:, :, None], 1)
        return tf.math.l2_normalize(total / tf.reduce_sum(seen, 1)[:, None], -1)

    def _attention(self, hidden: Any, seen: Any, name: str, thinned: Callable[[Any], Any]) -> Any:
        tf = self._tf
        shape = tf.shape(hidden)

        def heads(part: str) -> Any:
            dense = self._dense(hidden, f"{name}.{part}")
            return tf.transpose(tf.reshape(dense, (shape[0], shape[1], HEADS, WIDTH // HEADS)), (0, 2, 1, 3))

        query, key, value = map(heads, ("query", "key", "value"))
        alike = tf.matmul(query, key, transpose_b=True) / (WIDTH / HEADS) ** 0.5
        chances = thinned(tf.nn.softmax(alike + (1 - seen)[:, None, None, :] * -1e9))
        return tf.reshape(tf.transpose(tf.matmul(chances, value), (0, 2, 1, 3)), shape)

    def _dense(self, source: Any, name: str) -> Any:
        whole = self._tensors[f"{name}.weight"] + _LOUD * self._up[name] @ self._down[name]
        return self._tf.matmul(source, whole, transpose_b=True) + self._tensors[f"{name}.bias"]

    def _normal(self, source: Any, name: str) -> Any:
        tf = self._tf
        mean, variance = tf.nn.moments(source, -1, keepdims=True)
        even = (source - mean) * tf.math.rsqrt(variance + 1e-12)
        return even * self._tensors[f"{name}.weight"] + self._tensors[f"{name}.bias"]
