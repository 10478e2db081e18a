"""The rooms of the house: versions that agree, names that fit, clocks and files that are opened in one place."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent.parent
ROOMS = ("actions", "buyer_protection", "language", "turns")
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))


def test_all_rasa_files_have_one_version() -> None:
    """Rasa reads a file of another version differently, without a word."""
    files = [ROOT / "domain.yml", *(ROOT / "data").rglob("*.yml")]

    versions = {path.name: yaml.safe_load(path.read_text(encoding="utf-8"))["version"] for path in files}

    assert set(versions.values()) == {"3.1"}


def test_the_lock_names_no_index_and_has_hashes() -> None:
    """The lock installs from whatever index the machine is set up for, and nothing else than what was locked."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")

    assert "http" not in re.sub(r"http[a-z0-9-]*(==|\b)", "", lock).replace("://", "!") or "://" not in lock
    assert "://" not in lock
    assert lock.count("--hash=sha256:") > 500


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_has_one_idea(path: Path) -> None:
    """Longer than 200 lines is more than one idea; a drawer name is none."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 200
    assert path.stem not in {"utils", "helpers", "common", "manager", "misc"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_clock_comes_in_as_an_argument(path: Path) -> None:
    """The clock is read where a turn or a command comes in, nowhere else."""
    if path.name in {"turn.py", "clock.py"} or path.parent.name == "staff":
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}

    assert calls & {"date.today", "datetime.now", "datetime.utcnow", "datetime.today", "datetime.datetime.now"} == set()


@pytest.mark.parametrize("path", sorted((ROOT / "actions").glob("*.py")), ids=lambda path: path.stem)
def test_an_action_has_a_module_of_its_own(path: Path) -> None:
    """One action a module, so that a change is a change of one file."""
    classes = [
        node
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and any("TurnAction" in ast.unparse(base) for base in node.bases)
    ]

    assert len(classes) <= 1


def test_every_action_of_the_domain_is_written_and_the_other_way_round() -> None:
    """An action without code fails in the chat; code without an action is dead."""
    domain = set(yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["actions"])
    written = set()
    for path in (ROOT / "actions").glob("*.py"):
        written |= set(re.findall(r'return "((?:action|validate)_[a-z_]+)"', path.read_text(encoding="utf-8")))

    assert domain == written


def test_slots_are_named_like_facts() -> None:
    """Small letters and underscores, as in the specification."""
    slots = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["slots"]

    assert [name for name in slots if not re.fullmatch(r"[a-z]+(_[a-z]+)*", name)] == []
