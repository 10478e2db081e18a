"""Named steps at which a process can be made to fail, so that tests can kill it exactly there.

`BUYER_PROTECTION_FAILPOINT=NAME:WHAT` names one step and what happens there, in development only:
`kill` (as `kill -9`), `term` (SIGTERM to itself), `raise` (an error), `stall` (twenty seconds of nothing).
It happens once: a file beside `var/`, named for the step, is written first and shows that the step was reached.
"""

from __future__ import annotations

import os
import signal
import time
from functools import lru_cache
from pathlib import Path
from typing import Final

from buyer_protection.settings import home, settings, variable

STALL_SECONDS: Final = 20.0
#: Where the files that show what was hit are written, unless the variable names another folder.
HITS: Final = "BUYER_PROTECTION_FAILPOINT_HITS"


class FailedHere(RuntimeError):
    """Raised at a step that a test made fail."""


def reach(step: str) -> None:
    """Does nothing, unless this is the step at which this process is to fail."""
    armed = _armed()
    if armed is not None and armed[0] == step and _is_first(step):
        _fail(armed[1])


def hit_file(step: str) -> Path:
    """The file that is there once the step was hit."""
    return Path(os.environ.get(HITS) or home() / "var" / "failpoints") / step


@lru_cache(maxsize=1)
def _armed() -> tuple[str, str] | None:
    if not os.environ.get(variable("failpoint")):
        return None
    known = settings()
    step, _, what = known.failpoint.partition(":")
    return (step, what) if known.is_development else None


def _is_first(step: str) -> bool:
    path = hit_file(step)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def _fail(what: str) -> None:
    if what == "raise":
        raise FailedHere("a test made this step fail")
    if what == "stall":
        time.sleep(STALL_SECONDS)
    else:
        os.kill(os.getpid(), signal.SIGTERM if what == "term" else signal.SIGKILL)
