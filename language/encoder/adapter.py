"""What our own messages taught the encoder: a small change of its weights, kept beside this module.

Low-rank adaptation (Hu et al. 2021): to each matrix of the layers the product of two narrow ones is added. `make tune`
learns them from data/nlu, which takes minutes and need not be done again for each training: what comes of it stands in
the repository, so that every machine reads alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

SHIPPED: Final = Path(__file__).with_name("adapter.npz")
#: What is behind a matrix's name for its two narrow ones: from its inputs down, and from there up to its outputs.
DOWN, UP = ".down", ".up"
#: How narrow the mean of two changes is kept: as wide as both beside each other, at first.
_WIDTH: Final = 32


def adapted(tensors: Mapping[str, NDArray[Any]], path: Path = SHIPPED) -> dict[str, NDArray[Any]]:
    """The weights with the change; raises `OSError` where the file is missing, `KeyError` for another network's."""
    with np.load(path, allow_pickle=False) as kept:
        changes = {f"{name}.weight": change for name, change in _changes(kept)}
    return {**tensors, **{name: tensors[name] + change for name, change in changes.items()}}


def save(learnt: Mapping[str, NDArray[Any]], path: Path = SHIPPED) -> None:
    """Write the narrow matrices; where there are some already, those of the mean of both changes.

    The mean is what is nearest to it among changes that are 32 wide.
    """
    kept = dict(learnt)
    if path.exists():
        with np.load(path, allow_pickle=False) as before:
            changes = dict(_changes(before))
        for name, change in _changes(learnt):
            left, sizes, right = np.linalg.svd((changes[name] + change) / 2, full_matrices=False)
            halves = np.sqrt(sizes[:_WIDTH])
            kept[name + DOWN], kept[name + UP] = halves[:, np.newaxis] * right[:_WIDTH], left[:, :_WIDTH] * halves
    np.savez_compressed(path, **{name: matrix.astype(np.float16) for name, matrix in kept.items()})


def _changes(kept: Mapping[str, NDArray[Any]]) -> Iterator[tuple[str, NDArray[Any]]]:
    """The name of each matrix that is changed, and what is added to it."""
    for name in (key.removesuffix(DOWN) for key in kept if key.endswith(DOWN)):
        yield name, kept[name + UP].astype(np.float32) @ kept[name + DOWN].astype(np.float32)
