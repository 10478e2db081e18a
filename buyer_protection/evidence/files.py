"""Files that come in: copied once, under a name of ours, so that what is looked at is what is kept."""

from __future__ import annotations

import hashlib
import os
import secrets
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Final

LONGEST_NAME: Final = 200
_CHUNK: Final = 1024 * 1024


class TooLarge(Exception):
    """A file of more bytes than may be taken in; what was copied of it is gone again."""


@dataclass(frozen=True)
class Copy:
    """A copy to look at: where it is, its name without an ending, its SHA-256, its size in bytes."""

    path: Path
    name: str
    sha256: str
    size: int

    def discard(self) -> None:
        """Throw the copy away; what the store keeps of it has a name of its own."""
        self.path.unlink(missing_ok=True)


def copy_in(path: Path, folder: Path, most: int) -> Copy:
    """Copy a file into a folder of ours, reading it once; raises `TooLarge` above `most` bytes, and `OSError`."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = secrets.token_hex(16)
    draft = folder / f"{name}.part"
    digest = hashlib.sha256()
    size = 0
    try:
        with path.open("rb") as source, draft.open("xb") as target:
            os.chmod(draft, 0o600)
            while chunk := source.read(_CHUNK):
                size += len(chunk)
                if size > most:
                    raise TooLarge
                digest.update(chunk)
                target.write(chunk)
            target.flush()
            os.fsync(target.fileno())
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return Copy(draft, name, digest.hexdigest(), size)


def cleaned_name(name: str) -> str:
    """What a file was called, to be shown to people: no folders, nothing invisible, at most 200 characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(letter for letter in last if unicodedata.category(letter)[0] not in "CZ" or letter == " ")
    plain = " ".join(visible.split())
    if len(plain) > LONGEST_NAME:
        ending = Path(plain).suffix[:16]
        plain = plain[: LONGEST_NAME - len(ending)] + ending
    return plain or "file"
