"""What the process that reads a file may take: time, memory, room on the disk; and no way to the network."""

from __future__ import annotations

import ctypes
import resource
from contextlib import suppress
from typing import Final

#: Seconds of work and bytes of memory after which a look is stopped.
MOST_SECONDS: Final = 20
MOST_MEMORY: Final = 2 * 1024**3
#: The most bytes of a copy to show.
MOST_WRITTEN: Final = 16 * 1024**2

#: A picture of more pixels than any telephone takes is made to fill the memory.
MOST_PIXELS: Final = 50_000_000

#: Linux's numbers for users and a network of one's own.
_NEW_USER: Final = 0x1000_0000
_NEW_NETWORK: Final = 0x4000_0000


def limit_this_process() -> None:
    """Take the limits on; there is no way back. The network is cut off where the kernel lets anybody do so."""
    limits = {
        resource.RLIMIT_AS: MOST_MEMORY,
        resource.RLIMIT_CPU: MOST_SECONDS,
        resource.RLIMIT_FSIZE: MOST_WRITTEN,
        resource.RLIMIT_CORE: 0,
    }
    for what, most in limits.items():
        resource.setrlimit(what, (most, most))
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).unshare(_NEW_USER | _NEW_NETWORK)
