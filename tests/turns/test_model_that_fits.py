"""A model fits by what it was made of, never by the time of a file."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.turns.conftest import TINY
from turns.model import NoModel, archive_for, code_fingerprint, fingerprint, fitting, hash_beside


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the tiny project with a model and code of its own."""
    project = tmp_path / "project"
    shutil.copytree(TINY, project)
    (project / "language").mkdir()
    (project / "language" / "patterns.yml").write_text("a: b\n", encoding="utf-8")
    trained(project)
    return project


def trained(project: Path) -> Path:
    """Something in the place of the model that fits now."""
    archive = archive_for(fingerprint(project), project / "models")
    archive.parent.mkdir(exist_ok=True)
    archive.write_bytes(b"a model")
    hash_beside(archive).write_text(fingerprint(project) + "\n", encoding="ascii")
    return archive


def test_the_model_of_what_is_in_the_tree_fits(project: Path) -> None:
    """Also after every file was touched, and with other models beside it."""
    fits = fitting(project)
    for path in project.rglob("*"):
        os.utime(path, (0, 0))
    (project / "models" / "0123456789abcdef.tar.gz").write_bytes(b"newer")

    assert fitting(project) == fits
    assert fits.name == f"{fingerprint(project)[:16]}.tar.gz"


@pytest.mark.parametrize(
    "name",
    ["config.yml", "domain.yml", "data/tiny.yml", "language/patterns.yml", "language/new.py", "data/nlu/new.yml"],
)
def test_a_change_of_any_ingredient_needs_another_model(project: Path, name: str) -> None:
    """And the old one fits again once the change is taken back."""
    before = fitting(project)
    path = project / name
    old = path.read_bytes() if path.exists() else None
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes((old or b"") + b"# changed\n")

    with pytest.raises(NoModel, match="make train"):
        fitting(project)

    path.write_bytes(old) if old is not None else path.unlink()
    assert fitting(project) == before


@pytest.mark.parametrize(
    "name", ["endpoints.yml", "tests/new.py", "language/__pycache__/patterns.cpython-310.pyc", "README.md"]
)
def test_a_change_of_anything_else_needs_none(project: Path, name: str) -> None:
    """What is not trained from does not make a model old."""
    (project / name).parent.mkdir(parents=True, exist_ok=True)
    (project / name).write_text("changed", encoding="utf-8")

    assert fitting(project)


def test_a_file_moved_is_a_change(project: Path) -> None:
    """The same contents under other names are not the same ingredients."""
    (project / "data" / "tiny.yml").rename(project / "data" / "small.yml")

    with pytest.raises(NoModel):
        fitting(project)


def test_a_model_that_was_not_finished_does_not_fit(project: Path) -> None:
    """The hash beside it is written last, and says all of it."""
    archive = fitting(project)
    hash_beside(archive).write_text(fingerprint(project)[:20], encoding="ascii")
    with pytest.raises(NoModel):
        fitting(project)

    hash_beside(archive).unlink()
    with pytest.raises(NoModel):
        fitting(project)


def test_changed_words_keep_what_code_trained(project: Path) -> None:
    """Components are trained anew only when what they are made of changes: words are not."""
    code = code_fingerprint(project)
    (project / "domain.yml").write_text("version: '3.1'\n", encoding="utf-8")
    assert code_fingerprint(project) == code

    (project / "language" / "patterns.yml").write_text("a: c\n", encoding="utf-8")
    assert code_fingerprint(project) != code
