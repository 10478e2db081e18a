"""A text in, a vector of its meaning out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from language.encoder.conversion import NETWORK, TOKENIZER
from language.encoder.network import LONGEST, WIDTH

#: Letters beyond which nothing can reach the pieces that are read; cutting here keeps the cutting up quick.
_LETTERS_READ = 2000


class SentenceEncoder:
    """Reads a converted encoder's folder once; `vector` may be called from several threads."""

    def __init__(self, folder: Path, longest: int = LONGEST) -> None:
        """`longest`: pieces of words that are read of one text; raises `OSError` where the folder is not whole."""
        import onnxruntime
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_str((folder / TOKENIZER).read_text(encoding="utf-8"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(longest)
        options = onnxruntime.SessionOptions()
        # One thread: a message is too small to be worth sharing out, and the other core answers other buyers.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            (folder / NETWORK).read_bytes(), options, providers=["CPUExecutionProvider"]
        )

    def pieces(self, text: str) -> list[int]:
        """The numbers of a text's pieces of words, the ones at its edges included."""
        readable = text[:_LETTERS_READ].encode("utf-8", "replace").decode("utf-8")
        ids: list[int] = self._tokenizer.encode(readable).ids
        return ids

    def vector(self, text: str) -> NDArray[Any]:
        """384 numbers of length 1, also for a text without a known letter."""
        ids = np.array(self.pieces(text), dtype=np.int64)
        found: NDArray[Any] = self._session.run(None, {"ids": ids})[0]
        assert found.shape == (WIDTH,)
        return found
