"""Looking at a file in a process of its own: little memory and time, no secrets around, not a word taken on trust."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from buyer_protection.evidence_reader.found import ACCEPTED, CHECKED, CODES, DAMAGED, DOCUMENT, PHOTO, REMOVED, VIDEO

PATIENCE_SECONDS: Final = 30
#: The most bytes that are read of what the reader says.
_LONGEST_ANSWER: Final = 64 * 1024
#: Looks that one process has under way; each may take 2 GB.
_AT_ONCE: Final = threading.BoundedSemaphore(2)

#: Started without the environment's paths: this very tree's reader, and nothing that lies about.
_START: Final = (
    "import runpy, sys; sys.path.insert(0, sys.argv.pop(1)); "
    "runpy.run_module('buyer_protection.evidence_reader', run_name='__main__')"
)
_TREE: Final = Path(__file__).resolve().parent.parent.parent


class Unacceptable(Exception):
    """A file that is no evidence: `code` is one of `found.CODES`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Look:
    """What an accepted file is, and what the look at it found; see `Receipt`.

    `shown_type` is the media type of the copy that others see; empty for a document, which has none.
    """

    media_type: str
    kind: str
    ending: str
    shown_type: str
    captured_on: date | None
    checked: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def counts(self) -> bool:
        """Whether it is evidence: a photo or video (EVID-1)."""
        return self.kind in (PHOTO, VIDEO)


def look(path: Path, shown: Path) -> Look:
    """What a file is; its copy to show is written to `shown`, which must not be there yet (empty for a document).

    Raises `Unacceptable`, with `damaged` also where the look had to be stopped.
    """
    with shown.open("xb") as target, tempfile.TemporaryFile() as answer, _AT_ONCE:
        os.chmod(shown, 0o600)
        descriptor = target.fileno()
        try:
            done = subprocess.run(
                [sys.executable, "-I", "-c", _START, str(_TREE), str(path.resolve()), str(descriptor)],
                env={"PATH": os.defpath},
                stdin=subprocess.DEVNULL,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                pass_fds=(descriptor,),
                timeout=PATIENCE_SECONDS,
            )
        except subprocess.TimeoutExpired as slow:
            raise Unacceptable(DAMAGED) from slow
        answer.seek(0)
        said = answer.read(_LONGEST_ANSWER)
    if done.returncode != 0:
        raise Unacceptable(DAMAGED)
    try:
        return _read(json.loads(said), shown)
    except (AttributeError, KeyError, TypeError, ValueError) as nonsense:
        raise Unacceptable(DAMAGED) from nonsense


def _read(found: dict[str, Any], shown: Path) -> Look:
    """The reader's answer, of which only what it can say is believed."""
    if "code" in found:
        raise Unacceptable(found["code"] if found["code"] in CODES else DAMAGED)
    kind, ending = ACCEPTED[found["media_type"]]
    has_copy = kind != DOCUMENT
    if has_copy and shown.stat().st_size == 0:
        raise Unacceptable(DAMAGED)
    day = found["captured_on"]
    return Look(
        media_type=found["media_type"],
        kind=kind,
        ending=ending,
        shown_type="image/jpeg" if has_copy else "",
        captured_on=None if day is None else date.fromisoformat(day),
        checked=tuple(code for code in CHECKED if code in found["checked"]),
        removed=tuple(code for code in REMOVED if code in found["removed"]),
    )
