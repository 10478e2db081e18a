"""What our own messages taught the encoder: a small change of its weights, kept beside this module.

Low-rank adaptation (Hu et al. 2021): to each matrix of the layers the product of two narrow ones is added. `make tune`
learns them from data/nlu, which takes minutes and need not be done again for each training: what comes of it stands in
the repository, so that every machine reads alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

SHIPPED: Final = Path(__file__).with_name("adapter.npz")
#: What is behind a matrix's name for its two narrow ones: from its inputs down, and from there up to its outputs.
DOWN, UP = ".down", ".up"


def adapted(tensors: Mapping[str, NDArray[Any]], path: Path = SHIPPED) -> dict[str, NDArray[Any]]:
    """The weights with the change; raises `OSError` where the file is missing, `KeyError` for another network's."""
    changed = dict(tensors)
    with np.load(path, allow_pickle=False) as kept:
        for name in (key.removesuffix(DOWN) for key in kept.files if key.endswith(DOWN)):
            down, up = kept[name + DOWN].astype(np.float32), kept[name + UP].astype(np.float32)
            changed[f"{name}.weight"] = tensors[f"{name}.weight"] + up @ down
    return changed
