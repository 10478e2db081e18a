"""Tunes on a little data, in a process of its own: TensorFlow stays out of the tests' own process.

python -m tests.language.small_tuning DATA ADAPTER
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from language.encoder import weights
from language.encoder.narrow import Narrow
from language.encoder.sentence_encoder import Pieces
from language.encoder.tuning import filled_up, tune


def main(data: Path, written: Path) -> None:
    """Print the pieces and vectors of two texts before anything is learnt, and the losses of the passes."""
    import tensorflow as tf

    pieces = [Pieces(weights.folder()).of(text) for text in ("the kettle leaks", "nobody brought my bed to the door")]
    vectors = Narrow(tf, weights.tensors(weights.folder())).vectors(*filled_up(pieces)).numpy().tolist()
    print(json.dumps({"pieces": pieces, "vectors": vectors, "losses": tune(written, data, passes=12)}))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
