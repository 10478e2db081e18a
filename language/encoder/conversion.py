"""From the publisher's weights to a network of eight bits; once for each machine, then from the cache."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Final

from language.encoder import adapter, network, weights

#: The files of a converted encoder.
NETWORK: Final = "encoder.onnx"
TOKENIZER: Final = "tokenizer.json"

CACHE: Final = Path(__file__).resolve().parents[2] / ".cache" / "encoder"


def converted(cache: Path = CACHE) -> Path:
    """The folder that holds the converted encoder; made where the cache has none of these weights and this code.

    Raises `EncoderAbsentError` where the weights' package is not installed, `EncoderChangedError` where it is another.
    """
    found = source()
    made = cache / key(found)
    if not made.exists():
        cache.mkdir(parents=True, exist_ok=True)
        # Beside its place first: a conversion that is interrupted leaves nothing that looks whole.
        with tempfile.TemporaryDirectory(dir=cache) as folder:
            half = Path(folder) / "made"
            half.mkdir()
            _convert(found, half)
            try:
                os.replace(half, made)
            except OSError:
                if not made.exists():  # another process was quicker
                    raise
    return made


def source() -> Path:
    """Where the weights are; raises as `converted` does."""
    return weights.folder()


def key(found: Path) -> str:
    """A name for what conversion gives: of the weights, of what is changed in them, of the code and the libraries."""
    parts = [*sorted(weights.SHA256.values()), version("onnx"), version("onnxruntime")]
    code = (Path(network.__file__), Path(adapter.__file__), adapter.SHIPPED, Path(__file__))
    return hashlib.sha256("".join(parts).encode() + b"".join(path.read_bytes() for path in code)).hexdigest()[:16]


def _convert(source: Path, target: Path) -> None:
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    whole = target / "whole.onnx"
    onnx.save(network.network(adapter.adapted(weights.tensors(source))), str(whole))
    quantize_dynamic(
        str(whole), str(target / NETWORK), weight_type=QuantType.QInt8, per_channel=True, reduce_range=False
    )
    whole.unlink()
    shutil.copyfile(source / TOKENIZER, target / TOKENIZER)
