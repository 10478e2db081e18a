"""Confidence that can be believed: scores are made fainter until they promise no more than they keep."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

#: So many times as loud, or so much fainter, a reading may become.
_LOUDEST = 4.0


def probabilities(scores: NDArray[Any]) -> NDArray[Any]:
    """Chances that sum to 1 along the last axis, from scores."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    chances: NDArray[Any] = powers / powers.sum(axis=-1, keepdims=True)
    return chances


def loudness(readings: Sequence[NDArray[Any]], truths: NDArray[Any]) -> list[float]:
    """What to multiply each reading's scores with, so that in the sum of all the true intents are likeliest.

    Each reading gives a table of scores, messages by intents; `truths` are the columns of the true intents.
    """
    from scipy.optimize import minimize  # type: ignore[import-untyped]  # only training needs it

    rows = np.arange(len(truths))
    # The steps in which the minimum is looked for are too small for 32 bits.
    exact = [scores.astype(np.float64) for scores in readings]

    def surprise(factors: NDArray[Any]) -> float:
        chances = probabilities(sum(factor * scores for factor, scores in zip(factors, exact, strict=True)))
        return float(-np.log(chances[rows, truths] + 1e-12).mean())

    found = minimize(surprise, np.ones(len(readings)), bounds=[(0.0, _LOUDEST)] * len(readings))
    return [float(factor) for factor in found.x]
