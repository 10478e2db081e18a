"""A database that is not there, is none, or cannot be reached, is one line without a password."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.staff.terminal import Terminal

ROOT = Path(__file__).resolve().parent.parent.parent


def test_no_database_yet(command: Terminal, tmp_path: Path) -> None:
    """Looking for one does not make one."""
    assert "there is no database" in command("disputes", "list").line
    assert list(tmp_path.glob("*.db")) == []


@pytest.mark.parametrize(
    ("content", "said"), [(b"hello, this is a text file" * 100, "not a database"), (b"", "not set up")]
)
def test_a_file_that_is_no_database_of_ours(command: Terminal, tmp_path: Path, content: bytes, said: str) -> None:
    """A text, or an empty file."""
    (tmp_path / "nothing.db").write_bytes(content)

    assert said in command("disputes", "list").line


def test_a_server_that_is_not_there(command: Terminal, environment: pytest.MonkeyPatch) -> None:
    """And its password is not said."""
    environment.setenv("BUYER_PROTECTION_DATABASE_URL", "postgresql://staff:sekret@127.0.0.1:1/claims")

    line = command("disputes", "list").line
    assert "cannot be used just now" in line
    assert "sekret" not in line


def test_the_installed_command_ends_the_same_way(tmp_path: Path) -> None:
    """As a program of its own: status 2, one line, nothing else."""
    done = subprocess.run(
        [sys.executable, "-m", "buyer_protection.staff.cli", "disputes", "list"],
        cwd=ROOT,
        env=os.environ | {"BUYER_PROTECTION_DATABASE_URL": "mysql://a:sekret@b/c"},
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "mysql: sqlite:///FILE or postgresql://... is expected\n"
