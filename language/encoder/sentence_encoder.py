"""A text in, a vector of its meaning out."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from language.encoder.conversion import NETWORK, TOKENIZER
from language.encoder.network import LONGEST

#: Letters beyond which nothing can reach the pieces that are read; cutting here keeps the cutting up quick.
_LETTERS_READ = 2000


class Pieces:
    """Takes texts apart into the pieces of words that the network knows by their numbers."""

    def __init__(self, folder: Path, longest: int = LONGEST) -> None:
        """`longest`: pieces that are read of one text; raises `OSError` where the folder has no vocabulary."""
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_str((folder / TOKENIZER).read_text(encoding="utf-8"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(longest)

    def of(self, text: str) -> list[int]:
        """The numbers of a text's pieces, the ones at its edges included."""
        readable = text[:_LETTERS_READ].encode("utf-8", "replace").decode("utf-8")
        ids: list[int] = self._tokenizer.encode(readable).ids
        return ids


class SentenceEncoder:
    """Reads a converted encoder's folder once; a text may be handed in from several threads."""

    def __init__(self, folder: Path, longest: int = LONGEST) -> None:
        """`longest`: pieces of words that are read of one text; raises `OSError` where the folder is not whole."""
        import onnxruntime

        self._pieces = Pieces(folder, longest)
        options = onnxruntime.SessionOptions()
        # One thread beside the one that asks: a message is too small to be worth sharing out among several.
        options.intra_op_num_threads = 2
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            (folder / NETWORK).read_bytes(), options, providers=["CPUExecutionProvider"]
        )

    def begin(self, text: str) -> Future[NDArray[Any]]:
        """The vector of a text, to be made on another core while this one reads on: 384 numbers of length 1.

        Also a text without a known letter has one.
        """
        ids = np.array(self._pieces.of(text), dtype=np.int64)
        pending: Future[NDArray[Any]] = Future()
        # What is read must be kept until it is read: the library does not.
        self._session.run_async(None, {"ids": ids}, _made, (pending, ids))
        return pending

    def vector(self, text: str) -> NDArray[Any]:
        """What `begin` promises."""
        return self.begin(text).result()


def _made(found: list[NDArray[Any]], given: tuple[Future[NDArray[Any]], NDArray[Any]], error: str) -> None:
    pending, _ = given
    if error:
        pending.set_exception(RuntimeError(error))
    else:
        pending.set_result(found[0])
