"""How much memory processes hold, with what they share counted once."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

_PROC: Final = Path("/proc")


def family(pid: int) -> list[int]:
    """A process and all that it started, and what those started."""
    children: dict[int, list[int]] = {}
    for entry in _PROC.iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                parent = int((entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
                children.setdefault(parent, []).append(int(entry.name))
    found = [pid]
    for each in found:
        found += children.get(each, [])
    return found


def megabytes(pids: list[int]) -> float:
    """The memory of processes, in MB: proportional shares (PSS) where the kernel tells them, else resident sizes."""
    return sum(_kilobytes(pid) for pid in pids) / 1024


def _kilobytes(pid: int) -> int:
    for name, field in (("smaps_rollup", "Pss:"), ("status", "VmRSS:")):
        with suppress(OSError):
            for line in (_PROC / str(pid) / name).read_text(encoding="utf-8").splitlines():
                if line.startswith(field):
                    return int(line.split()[1])
    return 0
