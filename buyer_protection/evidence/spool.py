"""Copies on this machine while they are looked at, for a store elsewhere; what a crash left behind is removed."""

from __future__ import annotations

import os
import re
import stat
import tempfile
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

#: A copy is looked at for a minute or two; one that is older is nobody's.
FORGOTTEN_AFTER: Final = timedelta(hours=1)
#: Names that `files.copy_in` and the look at a copy give.
_OURS: Final = re.compile(r"[0-9a-f]{32}(?:\.shown)?\.part")


def spool_folder() -> Path:
    """A folder for this user alone, made where it is missing. Raises OSError where it is somebody else's."""
    folder = Path(tempfile.gettempdir()) / f"buyer-protection-evidence-{os.getuid()}"
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise PermissionError(f"{folder} is not for this user alone")
    return folder


def sweep_spool(folder: Path, now: datetime) -> list[str]:
    """Remove copies that nobody looks at any more; their names. What has no name of ours stays."""
    gone = []
    for path in folder.iterdir():
        with suppress(FileNotFoundError):
            if _OURS.fullmatch(path.name) and path.stat().st_mtime < (now - FORGOTTEN_AFTER).timestamp():
                path.unlink()
                gone.append(path.name)
    return gone
