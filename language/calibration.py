"""Confidence that can be believed: scores are softened until they promise no more than they keep."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

#: Temperatures that are tried: below 1 the scores are sharpened, above 1 softened.
_TRIED = np.geomspace(0.25, 4.0, 49)


def probabilities(scores: NDArray[Any], temperature: float) -> NDArray[Any]:
    """Chances that sum to 1 along the last axis, from scores divided by a temperature."""
    scaled = scores / temperature
    powers = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
    chances: NDArray[Any] = powers / powers.sum(axis=-1, keepdims=True)
    return chances


def best_temperature(scores: Sequence[NDArray[Any]], truths: Sequence[NDArray[Any]]) -> float:
    """The temperature under which the true intents were likeliest, over all folds; 1 where there is nothing to go by.

    `scores` are messages by intents, one array for each fold, `truths` the columns of the true intents.
    """
    if not scores:
        return 1.0

    def surprise(temperature: float) -> float:
        return float(
            sum(
                -np.log(probabilities(fold, temperature)[np.arange(len(truth)), truth] + 1e-12).sum()
                for fold, truth in zip(scores, truths, strict=True)
            )
        )

    return float(min(_TRIED, key=surprise))
