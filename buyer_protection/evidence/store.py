"""Where files lie: a folder, or anything that fsspec reaches by a URL, such as an S3-compatible store.

A name is one of ours, without folders. What was put is there for sure: written, complete, and on the disk.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, BinaryIO, Final

from fsspec.core import url_to_fs

from buyer_protection.evidence.spool import spool_folder
from buyer_protection.settings import Settings

#: Seconds after which an S3-compatible store that is silent counts as away.
_PATIENCE: Final = {"connect_timeout": 5, "read_timeout": 30, "retries": {"max_attempts": 2}}
#: Bytes that are read at once, and that are asked of a store at once.
_CHUNK: Final = 1024 * 1024
_BLOCK: Final = 4 * _CHUNK
#: To an S3-compatible store a file goes in parts, of which two are in memory; left to itself, the client holds it all.
_IN_PARTS: Final = {"chunksize": 8 * _CHUNK, "max_concurrency": 2}


class StoreAway(OSError):
    """The store cannot be used just now; what was asked of it may have happened all the same."""


@dataclass(frozen=True)
class Kept:
    """A file in the store: its name, its size in bytes, and when it was written."""

    name: str
    size: int
    written_at: datetime


class Store:
    """Files by their names."""

    def __init__(self, system: Any, root: str) -> None:
        self._system, self._root = system, root.rstrip("/")
        self._is_local = "file" in system.protocol
        self._sending = _IN_PARTS if "s3" in system.protocol else {}

    @classmethod
    def at(cls, url: str, endpoint_url: str = "") -> Store:
        """The store of a URL: `file:///FOLDER` or a path, `s3://BUCKET/PREFIX`; nothing is opened until it is used.

        `endpoint_url` is where an S3-compatible store is; its keys come from the environment, as for every S3 client.
        """
        options: dict[str, Any] = {}
        if url.startswith("s3:"):
            options = {"config_kwargs": _PATIENCE, "use_listings_cache": False, "skip_instance_cache": True}
            if endpoint_url:
                options["endpoint_url"] = endpoint_url
        system, root = url_to_fs(url, **options)
        if url.startswith("s3:"):
            system.retries = 1  # the connection tries again, that is enough
        return cls(system, root)

    @classmethod
    def of(cls, known: Settings) -> Store:
        """The store that the settings say."""
        return cls.at(known.evidence_url, known.evidence_endpoint_url)

    @property
    def spool(self) -> Path:
        """A folder of this machine for files that are being looked at: the store's own, where it is a folder."""
        if not self._is_local:
            return spool_folder()
        folder = Path(self._root)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder

    def put(self, path: Path, name: str) -> None:
        """Keep a file's bytes under a name; nobody may write to the file any more. Raises `StoreAway`."""
        with _reached():
            if self._is_local:
                _link(path, Path(self._root) / name)
                return
            self._system.put_file(str(path), self._at(name), **self._sending)
            if self._system.size(self._at(name)) != path.stat().st_size:
                raise StoreAway(f"{name}: not all of it was kept")

    def open(self, name: str) -> BinaryIO:
        """A file for reading, piece by piece. Raises `FileNotFoundError`, `StoreAway`."""
        with _reached():
            opened: BinaryIO = self._system.open(self._at(name), "rb", block_size=_BLOCK)
            return opened

    def sha256(self, name: str) -> str:
        """The SHA-256 of a file as it is now. Raises `FileNotFoundError`, `StoreAway`."""
        digest = hashlib.sha256()
        with _reached(), self.open(name) as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
        return digest.hexdigest()

    def size(self, name: str) -> int:
        """A file's size in bytes. Raises `FileNotFoundError`, `StoreAway`."""
        with _reached():
            return int(self._system.size(self._at(name)))

    def remove(self, name: str) -> None:
        """Take a file away; one that is not there is gone already. Raises `StoreAway`."""
        with _reached():
            try:
                self._system.rm_file(self._at(name))
            except FileNotFoundError:
                return

    def files(self) -> list[Kept]:
        """All that lies in the store. Raises `StoreAway`."""
        with _reached():
            self._system.invalidate_cache()
            found = self._system.find(self._root, maxdepth=1, detail=True)
        return [Kept(at.rsplit("/", 1)[-1], int(info["size"]), _written(info)) for at, info in sorted(found.items())]

    def _at(self, name: str) -> str:
        return f"{self._root}/{name}"


@contextmanager
def _reached() -> Iterator[None]:
    try:
        yield
    except OSError:
        raise
    except Exception as error:  # each store has errors of its own
        raise StoreAway(type(error).__name__) from error


def _link(path: Path, lasting: Path) -> None:
    """A second name for a file on the same disk, else a copy of it; written for sure, and for nobody else to read."""
    lasting.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = lasting.with_name(f"{lasting.name}.part")
    try:
        try:
            os.link(path, draft)
        except OSError:
            shutil.copyfile(path, draft)
        os.chmod(draft, stat.S_IRUSR | stat.S_IWUSR)
        _sync(draft)
        os.replace(draft, lasting)
    finally:
        draft.unlink(missing_ok=True)
    _sync(lasting.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _written(info: dict[str, Any]) -> datetime:
    said = info.get("LastModified", info.get("mtime", 0.0))
    if isinstance(said, datetime):
        return said.astimezone(timezone.utc)
    return datetime.fromtimestamp(float(said), timezone.utc)
