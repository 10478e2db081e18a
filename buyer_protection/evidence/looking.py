"""Looking at a file in a process of its own: little memory and time, no writing, no secrets around."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

DAMAGED: Final = "damaged"
PATIENCE_SECONDS: Final = 30

_PROGRAM: Final = Path(__file__).with_name("kinds.py")


class Unacceptable(Exception):
    """A file that is no evidence: `code` is `empty`, `not_photo_or_video`, `damaged` or `too_many_pixels`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Kind:
    """What an accepted file is: its media type and the ending that belongs to it."""

    media_type: str
    ending: str

    @property
    def is_photo(self) -> bool:
        """Whether it is a photo; else it is a video."""
        return self.media_type.startswith("image/")


def look(path: Path) -> Kind:
    """What a file is; raises `Unacceptable`, with `damaged` also where the look had to be stopped."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(_PROGRAM), str(path.resolve())],
            env={"PATH": os.defpath},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE_SECONDS,
        )
    except subprocess.TimeoutExpired as slow:
        raise Unacceptable(DAMAGED) from slow
    if done.returncode != 0:
        raise Unacceptable(DAMAGED)
    found = json.loads(done.stdout)
    if "code" in found:
        raise Unacceptable(found["code"])
    return Kind(**found)
