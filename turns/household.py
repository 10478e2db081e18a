"""The parts of the assistant together: started, watched, started again if one ends, and stopped."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import Counter
from typing import Final

from turns.part import Part

#: Seconds until a part must be ready; a cold disk takes long to read Rasa.
READY_WITHIN: Final = 120.0
#: A part that ends is started again, but not for ever if it does not become ready in between.
MOST_RESTARTS: Final = 5
_LOOK_AGAIN: Final = 0.3


class PartFailed(RuntimeError):
    """A part did not become ready or does not stay up; the message is one line."""


class Household:
    """Parts in the order in which they are needed."""

    def __init__(self, parts: list[Part]) -> None:
        self._parts = parts
        self._changing = threading.Lock()
        self._is_ending = False
        #: Why the parts cannot be kept running, once that is so; the process is then sent SIGTERM.
        self.failure: PartFailed | None = None

    def start(self) -> None:
        """Starts all parts and waits until each is ready, saying so. Raises PartFailed."""
        began = time.monotonic()
        for part in self._parts:
            part.start()
        for part in self._parts:
            print(f"starting {part.name} ...", end=" ", flush=True)
            if not part.wait_until_ready(READY_WITHIN):
                print("failed", flush=True)
                raise PartFailed(_what_happened(part))
            print(f"ready after {time.monotonic() - began:.0f} s", flush=True)
        threading.Thread(target=self._watch, daemon=True).start()

    def stop(self) -> None:
        """Stops all parts, the last one first; then no process started here is left."""
        with self._changing:
            self._is_ending = True
        for part in reversed(self._parts):
            part.stop()

    def _watch(self) -> None:
        # Lives as long as the process: the kernel ends what this thread started when the thread ends.
        restarts: Counter[str] = Counter()
        while self.failure is None:
            time.sleep(_LOOK_AGAIN)
            with self._changing:
                for part in self._parts:
                    if self._is_ending:
                        continue
                    if part.exit_status is None:
                        if restarts[part.name] and part.is_ready():
                            restarts[part.name] = 0
                        continue
                    restarts[part.name] += 1
                    if restarts[part.name] > MOST_RESTARTS:
                        self.failure = PartFailed(_what_happened(part))
                        os.kill(os.getpid(), signal.SIGTERM)
                        break
                    part.start()
        threading.Event().wait()


def _what_happened(part: Part) -> str:
    status = part.exit_status
    how = f"did not become ready in {READY_WITHIN:.0f} s" if status is None else f"ended with status {status}"
    return f"{part.name} {how}: {part.last_line() or 'it wrote nothing'} (see var/log/{part.name}.log)"
