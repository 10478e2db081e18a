"""Learns the adapter of the encoder from data/nlu: `make tune`, some minutes on two cores.

The encoder was made to compare whole texts of any kind. Here a layer that names the intent is put on top of it, and
both learn together, the encoder by its narrow matrices only. The layer is thrown away: `language.linear_classifier` has
the patterns and letters as well, and learns anew. Messages that are held out (`language.held_out`) are not seen.
Where a change was learnt before, from fewer messages, the mean of both is kept: it reads unseen messages better than
either (Wortsman et al. 2022, "Model soups"), and new messages of one kind do not push out what others taught.
TensorFlow does the work; it is there for training, and nothing that serves comes here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.loading import load_data

from language.encoder import adapter, weights
from language.encoder.narrow import Narrow
from language.encoder.network import WIDTH
from language.encoder.sentence_encoder import Pieces
from language.held_out import is_held_out
from language.linear_classifier import counts_for

_DATA: Final = Path(__file__).resolve().parents[2] / "data" / "nlu"
_PASSES: Final = 4
_BATCH: Final = 16
#: Messages of like length go together, out of so many batches at a time.
_SORTED: Final = 40
_RATE: Final = 1e-3
_WARM_UP: Final = 0.1
_DROPPED: Final = 0.1
_SMOOTHED: Final = 0.05
#: What multiplies a vector of length 1 before the layer that names the intent.
_STEEP: Final = 20.0
_LONGEST: Final = 128
_USUAL_WORDS: Final = 12
_SEED: Final = 1


@dataclass(frozen=True)
class _Examples:
    """Messages as pieces of words, the number of each one's intent, how much each counts, and how many intents."""

    pieces: list[list[int]]
    intents: NDArray[np.int32]
    counts: NDArray[np.float32]
    number: int


def tune(path: Path = adapter.SHIPPED, data: Path = _DATA, passes: int = _PASSES) -> list[float]:
    """Learn the adapter from a folder of training data and write it, in the mean with one that is there already.

    Returns the mean loss of each pass. Raises `EncoderAbsentError` without the weights.
    """
    import tensorflow as tf  # type: ignore[import-untyped]

    tf.keras.utils.set_random_seed(_SEED)
    examples = _examples(data)
    narrow = Narrow(tf, weights.tensors(weights.folder()))
    layer = tf.Variable(tf.random.normal((WIDTH, examples.number), stddev=0.02))
    bias = tf.Variable(tf.zeros(examples.number))
    learnt = [*narrow.variables, layer, bias]
    steps = passes * -(-len(examples.pieces) // _BATCH)
    optimizer = tf.keras.optimizers.Adam(_rate(tf, steps), global_clipnorm=1.0)
    optimizer.build(learnt)

    @tf.function(
        autograph=False,
        input_signature=[
            tf.TensorSpec((None, None), tf.int32),
            tf.TensorSpec((None, None), tf.float32),
            tf.TensorSpec((None,), tf.int32),
            tf.TensorSpec((None,), tf.float32),
        ],
    )
    def step(ids: Any, seen: Any, intents: Any, counts: Any) -> Any:
        with tf.GradientTape() as tape:
            vectors = tf.nn.dropout(narrow.vectors(ids, seen, _DROPPED), _DROPPED)
            truth = tf.one_hot(intents, examples.number) * (1 - _SMOOTHED) + _SMOOTHED / examples.number
            losses = tf.nn.softmax_cross_entropy_with_logits(truth, _STEEP * (vectors @ layer) + bias)
            loss = tf.reduce_mean(counts * losses)
        optimizer.apply_gradients(zip(tape.gradient(loss, learnt), learnt, strict=True))
        return loss

    chance = np.random.default_rng(_SEED)
    means = []
    for number in range(1, passes + 1):
        means.append(float(np.mean([float(step(*batch)) for batch in _batches(examples, chance)])))
        print(f"pass {number} of {passes}: loss {means[-1]:.3f}", flush=True)
    adapter.save(narrow.kept(), path)
    return means


def _examples(data: Path) -> _Examples:
    messages = [message for message in load_data(str(data)).intent_examples if not is_held_out(message)]
    taken_apart = Pieces(weights.folder(), _LONGEST)
    names = sorted({message.get(INTENT) for message in messages})
    intents = np.array([names.index(message.get(INTENT)) for message in messages], dtype=np.int32)
    rare = np.sqrt(len(intents) / len(names) / np.bincount(intents))
    counts = rare[intents] * counts_for([message.get(TEXT) for message in messages], _USUAL_WORDS)
    pieces = [taken_apart.of(message.get(TEXT)) for message in messages]
    return _Examples(pieces, intents, counts.astype(np.float32), len(names))


def _batches(examples: _Examples, chance: np.random.Generator) -> Iterator[tuple[NDArray[Any], ...]]:
    """All examples once in a new order, those of like length together, so that little is filled up."""
    order = chance.permutation(len(examples.pieces))
    batches: list[list[int]] = []
    for start in range(0, len(order), _BATCH * _SORTED):
        some = sorted(order[start : start + _BATCH * _SORTED], key=lambda place: len(examples.pieces[place]))
        batches += [some[begin : begin + _BATCH] for begin in range(0, len(some), _BATCH)]
    for place in chance.permutation(len(batches)):
        batch = batches[place]
        ids, seen = filled_up([examples.pieces[each] for each in batch])
        yield ids, seen, examples.intents[batch], examples.counts[batch]


def filled_up(pieces: Sequence[Sequence[int]]) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Pieces of several messages as one table, and which of its places are pieces."""
    shape = len(pieces), max(map(len, pieces))
    ids, seen = np.zeros(shape, dtype=np.int32), np.zeros(shape, dtype=np.float32)
    for row, each in enumerate(pieces):
        ids[row, : len(each)], seen[row, : len(each)] = each, 1
    return ids, seen


def _rate(tf: Any, steps: int) -> Any:
    """Up from nothing in the first tenth of the steps, and down to nothing again."""
    warm = round(_WARM_UP * steps)

    class Rate(tf.keras.optimizers.schedules.LearningRateSchedule):  # type: ignore[misc]
        def __call__(self, step: Any) -> Any:
            at = tf.cast(step, tf.float32) + 1
            return _RATE * tf.minimum(at / warm, tf.maximum(0.0, (steps - at) / (steps - warm)))

    return Rate()


if __name__ == "__main__":
    tune()
