"""Looking at a file in a process of its own: little memory and time, no writing, no secrets around."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
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
class Look:
    """What an accepted file is, and what the look at it found; see `Receipt`."""

    media_type: str
    ending: str
    kind: str
    shown_type: str = ""
    captured_on: date | None = None
    checked: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether it is evidence: a photo or video (EVID-1)."""
        return self.kind in ("photo", "video")


def look(path: Path, shown: Path) -> Look:
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
    kind = "photo" if found["media_type"].startswith("image/") else "video"
    return Look(**found, kind=kind)
