"""The features of a message as its featurizers gave them: rows of a table to learn from, or times what was learnt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.message import Message
from scipy.sparse import csr_matrix, hstack, issparse, vstack


def tables(messages: Sequence[Message]) -> list[csr_matrix]:
    """The features of some messages: what is counted and, where there is an encoder, what is meant."""
    each = [_blocks(message) for message in messages]
    counted = [[block for block in blocks if issparse(block)] for blocks in each]
    meant = [[csr_matrix(block) for block in blocks if not issparse(block)] for blocks in each]
    return [vstack([hstack(blocks) for blocks in kind]).tocsr() for kind in (counted, meant) if any(kind)]


def scores(message: Message, weights: NDArray[Any], bias: NDArray[Any]) -> NDArray[np.float64]:
    """What the features of a message times `weights` (features by intents, as in `tables`) give, and `bias` with it.

    Block by block: scipy would go through all the weights for the few that a message has, and a product by BLAS waits
    for the core on which the encoder is busy.
    """
    found, width = bias.astype(np.float64), 0
    for block in _blocks(message):
        learnt = weights[width : width + block.shape[1]]
        values, rows = (block.data, learnt[block.indices]) if issparse(block) else (block[0], learnt)
        found += np.einsum("i,ij->j", values, rows)
        width += block.shape[1]
    return found


def _blocks(message: Message) -> list[Any]:
    """The features of a whole message, the sparse ones first, as they are: Rasa would copy each before joining them."""
    found = [part for part in message.features if part.attribute == TEXT and part.type == FEATURE_TYPE_SENTENCE]
    return [part.features for part in sorted(found, key=lambda part: part.is_dense())]
