"""Copies of what goes to a store elsewhere lie in a folder of our own; none stays behind a process that was killed."""

from __future__ import annotations

import os
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from buyer_protection.evidence import Store, sweep_spool
from buyer_protection.evidence.files import copy_in
from tests.evidence.files import photo
from tests.evidence.stores import store_at

NOW = datetime.now(timezone.utc)


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files lie, for this test alone."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_e14_a_copy_that_was_left_behind_is_gone_after_an_hour_and_nothing_else(elsewhere: Path) -> None:
    """What is being looked at stays, and so does what is not ours."""
    with store_at("s3", elsewhere) as store:
        source = photo(elsewhere / "a.jpg")
        left, in_use = (copy_in(source, store.spool, 10**9).path for _ in range(2))
        (store.spool / "notes.part").write_text("somebody else's")
        before = (NOW - timedelta(hours=2)).timestamp()
        for path in (left, store.spool / "notes.part"):
            os.utime(path, (before, before))

        assert sweep_spool(store.spool, NOW) == [left.name]

        assert {path.name for path in store.spool.iterdir()} == {in_use.name, "notes.part"}
        assert store.spool.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("what", ["a link", "open to all"])
def test_a_folder_that_somebody_else_may_read_is_not_used(elsewhere: Path, what: str) -> None:
    """Whoever made it could read what buyers send."""
    folder = elsewhere / f"buyer-protection-evidence-{os.getuid()}"
    (elsewhere / "other").mkdir()
    if what == "a link":
        folder.symlink_to(elsewhere / "other")
    else:
        folder.mkdir()
        folder.chmod(0o777)

    with pytest.raises(PermissionError):
        _ = Store.at("s3://bucket/sealed", "http://127.0.0.1:1").spool
