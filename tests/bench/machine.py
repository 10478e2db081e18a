"""What the bench ran on, in a few words."""

from __future__ import annotations

import os
import platform
import sqlite3
import time
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Final

#: As often, and as many bytes, as tell what one commit costs.
_WRITES: Final = 100
_WRITTEN: Final = 3 * 4096


def machine() -> str:
    """Cores, memory, processor, and the versions that matter."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    versions = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, Rasa {version('rasa')}"
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{cores} cores, {memory:.0f} GB, {_processor()}; {versions}, {platform.system()} {platform.release()}"


def disk(folder: Path) -> str:
    """How long the disk takes to keep what is written, now: what is confirmed waits for it several times in a turn."""
    times = []
    path = folder / "disk"
    with path.open("wb", buffering=0) as file:
        for _ in range(_WRITES):
            file.write(b"\0" * _WRITTEN)
            began = time.perf_counter()
            os.fsync(file.fileno())
            times.append(1000 * (time.perf_counter() - began))
    path.unlink()
    return f"{median(times):.2f} ms"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())
