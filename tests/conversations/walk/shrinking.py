"""A walk that fails is made as short as it can be: turns are left out while the same thing still does not hold."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Final

from tests.conversations.walk.invariants import broken
from tests.conversations.walk.moment import Walk
from tests.conversations.walk.playing import DoesNotFit, Play
from tests.conversations.walk.step import Step

#: Walks that are tried for one failure: a short one is worth some seconds, not a minute.
MOST_TRIES: Final = 60


async def shrunk(walk: Walk, prepared: list[Step], sentence: str) -> tuple[Walk, list[str]]:
    """The shortest walk found that breaks the same invariant at its end, and what it breaks."""
    steps = [*prepared, *walk.steps]
    best = walk, await _found(walk, sentence)
    tries = 0
    size = max(1, len(steps) // 2)
    while size and tries < MOST_TRIES:
        at = 0
        while at < len(steps) - 1 and tries < MOST_TRIES:
            shorter = [*steps[:at], *steps[min(at + size, len(steps) - 1) :]]
            tries += 1
            tried = await _tried(walk.seed, shorter, walk.on, sentence)
            if tried is None:
                at += size
            else:
                steps, best = shorter, tried
        size //= 2
    return best


async def _tried(seed: int, steps: list[Step], on: str, sentence: str) -> tuple[Walk, list[str]] | None:
    with tempfile.TemporaryDirectory() as folder:
        play = Play(seed, Path(folder), date.fromisoformat(on))
        try:
            for number, step in enumerate(steps, start=1):
                moment = await play.do(step)
                found = broken(moment, play.walk) if moment else []
                if found:
                    here = [problem for problem in found if problem.startswith(sentence)]
                    return (play.walk, here) if here and number == len(steps) else None
        except (DoesNotFit, AssertionError):
            return None
    return None


async def _found(walk: Walk, sentence: str) -> list[str]:
    return [problem for problem in broken(walk.moments[-1], walk) if problem.startswith(sentence)]
