"""What tests say of time on a machine that stalls for a second now and then, and has other work beside them.

How long something takes is for `make bench`; a test says how it grows, or that it is not what a fault would make it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

#: Readings of about the same text, of which the quickest counts: what else the machine did is in the others.
RUNS: Final = 5
#: Seconds for which a machine may stand still.
STALL: Final = 3.0
#: Seconds that a short text may take as well as a long one.
SLACK: Final = 0.005


def assert_time_grows_with_the_text(read: Callable[[str], object], text: str) -> None:
    """Four times the text takes far less than sixteen times as long; `read` gets the text and a quarter of it."""
    read("warm")
    short, long = seconds(read, text[: len(text) // 4]), seconds(read, text)

    assert long < 8 * short + SLACK, f"{len(text)} characters: {long:.4f} s, a quarter of them: {short:.4f} s"


def seconds(read: Callable[[str], object], text: str) -> float:
    """The seconds of processor time that a reading takes: a machine that stalls does not make it longer."""
    return min(_once(read, text[run:]) for run in range(RUNS))  # each another text, so that none is remembered


def is_answered_within(seconds: float, ask: Callable[[], object]) -> bool:
    """Whether an answer comes in so many seconds; where a stall may be what it waited for, it is asked for again."""
    took = waited(ask)
    return took < seconds or (took < seconds + STALL and waited(ask) < seconds)


def waited(ask: Callable[[], object]) -> float:
    """The seconds that an answer from somebody else takes, a stall of the machine among them."""
    began = time.monotonic()
    ask()
    return time.monotonic() - began


def _once(read: Callable[[str], object], text: str) -> float:
    began = time.process_time()
    read(text)
    return time.process_time() - began
