"""A store keeps files by name, in a folder or over the wire, and says when it cannot be used."""

from __future__ import annotations

import hashlib
import stat
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from buyer_protection.evidence import Store, StoreAway


def file_of(path: Path, size: int) -> Path:
    """A file of so many bytes, no two megabytes of which are the same."""
    with path.open("wb") as file:
        for number in range(0, size, 1024):
            file.write(f"{number:01024}".encode()[: min(1024, size - number)])
    return path


@pytest.mark.parametrize("size", [1, 12 * 1024**2])
def test_what_is_put_comes_back(store: Store, tmp_path: Path, size: int) -> None:
    """Byte for byte, piece by piece, also where it takes several pieces to send."""
    path = file_of(tmp_path / "file", size)

    store.put(path, "a.jpg")

    assert store.size("a.jpg") == size
    assert store.sha256("a.jpg") == hashlib.sha256(path.read_bytes()).hexdigest()
    with store.open("a.jpg") as file:
        assert file.read(10) == path.read_bytes()[:10]
    (kept,) = store.files()
    assert (kept.name, kept.size) == ("a.jpg", size)
    assert abs(kept.written_at - datetime.now(timezone.utc)) < timedelta(hours=1)


def test_what_is_removed_is_gone_and_removing_it_again_is_no_error(store: Store, tmp_path: Path) -> None:
    """What is not there is missing, which is something else than a store that is away."""
    store.put(file_of(tmp_path / "file", 10), "a.jpg")

    for _ in range(2):
        store.remove("a.jpg")

    assert store.files() == []
    for look in (store.open, store.size, store.sha256):
        with pytest.raises(FileNotFoundError):
            look("a.jpg")


def test_an_empty_store_has_no_files(store: Store) -> None:
    """Also where its folder was never made."""
    assert store.files() == []


def test_a_store_that_cannot_be_reached_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As one kind of error, whatever its own is; nothing that is asked of it counts as missing."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "made-up")
    away = Store.at("s3://bucket/prefix", "http://127.0.0.1:1")
    path = file_of(tmp_path / "file", 10)

    for use in (
        lambda: away.put(path, "a.jpg"),
        lambda: away.open("a.jpg"),
        lambda: away.sha256("a.jpg"),
        lambda: away.size("a.jpg"),
        lambda: away.remove("a.jpg"),
        away.files,
    ):
        with pytest.raises(StoreAway):
            use()


def test_in_a_folder_only_its_owner_reads(tmp_path: Path) -> None:
    """The folder and each file."""
    store = Store.at(f"file://{tmp_path / 'kept'}")
    store.put(file_of(tmp_path / "file", 10), "a.jpg")

    assert stat.S_IMODE((tmp_path / "kept").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "kept" / "a.jpg").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["a.jpg"]
