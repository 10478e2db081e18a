"""Files that are not whole yet: bytes in a folder of ours under names of ours, which nobody else ever sees.

How far a file has come is its size on the disk: what a process had written before it was killed is there.
Bytes that have a checksum are there once it was found right: until then a mark beside the file says where they begin.
Who writes holds a lock of the operating system, over all processes of this machine; it ends with its holder.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path
from typing import Final

from gateway.upload_rows import new_name

ENDING: Final = ".part"
#: Beside it, while bytes come that have a checksum: where they begin.
MARK: Final = ".unproven"


class Locked(Exception):
    """Somebody else is writing this file."""


class Partials:
    """The folder with files that are not whole yet. Everything here waits for the disk, so it is called in threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, name: str) -> Path:
        """Where the bytes of a file are put."""
        return self._folder / f"{name}{ENDING}"

    def new_path(self) -> Path:
        """A place for a file that comes in one piece and belongs to no upload."""
        return self.path(new_name())

    def size(self, name: str) -> int:
        """Bytes that have come; none where there is no file."""
        try:
            size = self.path(name).stat().st_size
        except FileNotFoundError:
            return 0
        marked = self._marked(name)
        return size if marked is None else min(size, marked)

    @contextmanager
    def unproven(self, name: str, file: FileIO, begin: int) -> Iterator[Callable[[], None]]:
        """Inside, what is written to an opened file from `begin` on counts only once what is given here was called."""
        mark = self._mark(name)
        draft = mark.with_suffix(f"{MARK}.draft")
        draft.write_text(str(begin))
        draft.replace(mark)
        try:
            yield mark.unlink
        finally:
            if mark.exists():
                file.truncate(begin)
                mark.unlink()

    def _mark(self, name: str) -> Path:
        return self._folder / f"{name}{MARK}"

    def _marked(self, name: str) -> int | None:
        try:
            return int(self._mark(name).read_text())
        except FileNotFoundError:
            return None

    def opened(self, name: str) -> FileIO:
        """The file, to go on writing at its end, locked until it is closed. Raises Locked, or OSError."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = FileIO(os.open(self.path(name), os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "a")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.fstat(file.fileno()).st_nlink == 0:  # removed between the two
                raise BlockingIOError
            if (marked := self._marked(name)) is not None:  # whoever wrote the mark was killed
                file.truncate(min(marked, os.fstat(file.fileno()).st_size))
                self._mark(name).unlink()
        except BlockingIOError:
            file.close()
            raise Locked from None
        except BaseException:
            file.close()
            raise
        return file

    def remove(self, name: str) -> None:
        """Throws a file away, if it is there."""
        self.path(name).unlink(missing_ok=True)
        self._mark(name).unlink(missing_ok=True)

    def forgotten(self, seconds: float) -> list[str]:
        """The names of files that nobody has written to for so long."""
        if not self._folder.is_dir():
            return []
        before = time.time() - seconds
        names = []
        for ending in (ENDING, MARK):
            for path in self._folder.glob(f"*{ending}"):
                with suppress(FileNotFoundError):
                    if path.stat().st_mtime < before:
                        names.append(path.name[: -len(ending)])
        return names
