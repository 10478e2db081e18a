"""Many walks one after another: those after which something does not hold, as short as they can be made."""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.conversations.walk.invariants import broken
from tests.conversations.walk.moment import Walk
from tests.conversations.walk.printing import as_talk, as_transcript
from tests.conversations.walk.shrinking import shrunk
from tests.conversations.walk.walker import Walker

#: Failures of one block that are made shorter; the others are only named.
_SHRUNK: Final = 3


@dataclass(frozen=True)
class Failure:
    """A walk at the end of which something did not hold."""

    seed: int
    problems: list[str]
    walk: Walk

    def __str__(self) -> str:
        found = "\n".join(self.problems)
        kept = as_transcript(self.walk, f"Found by the walk of seed {self.seed}")
        return f"seed {self.seed}: {found}\n\n{as_talk(self.walk)}\n\nTo be kept:\n\n{kept}"


async def walked(seed: int, folder: Path) -> tuple[Walker, list[str]]:
    """The walk of a seed in a folder of its own, and what did not hold at its end."""
    walker = Walker(seed, Path(tempfile.mkdtemp(dir=folder)))
    return walker, await walker.go(broken)


async def failures_of(seeds: Iterable[int], folder: Path) -> list[Failure]:
    """The walks of these seeds that fail."""
    failures: list[Failure] = []
    for seed in seeds:
        walker, found = await walked(seed, folder)
        if not found:
            continue
        walk = walker.play.walk
        if len(failures) < _SHRUNK:
            walk, found = await shrunk(walk, walker.prepared, found[0].partition(":")[0])
        failures.append(Failure(seed, found, walk))
    return failures


def main(arguments: list[str]) -> int:
    """Walk, print every failure, and count; 1 if there was any."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--walks", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0, help="the first one")
    parser.add_argument("--talk", action="store_true", help="print every walk")
    wanted = parser.parse_args(arguments)
    os.environ |= {"BUYER_PROTECTION_ENV": "development", "BUYER_PROTECTION_DATABASE_URL": ""}
    loop = asyncio.new_event_loop()
    turns, failures, moves, heard = 0, 0, Counter[str](), Counter[str]()
    began, worked = time.monotonic(), time.process_time()
    for seed in range(wanted.seed, wanted.seed + wanted.walks):
        with tempfile.TemporaryDirectory() as folder:
            walker, found = loop.run_until_complete(walked(seed, Path(folder)))
        walk = walker.play.walk
        turns += len(walk.moments)
        moves.update(step.move for step in walk.steps)
        heard.update({response for moment in walk.moments for response in moment.responses})
        failures += bool(found)
        if found or wanted.talk:
            print(f"=== seed {seed}: {found}\n{as_talk(walk)}\n", flush=True)
    took, work = time.monotonic() - began, time.process_time() - worked
    print(f"{wanted.walks} walks, {turns} turns, {failures} failures, {turns / took:.1f} turns a second, "
          f"{1000 * work / turns:.1f} ms of work a turn; {len(heard)} different responses, "
          f"{heard['utter_dispute_opened']} walks with a dispute; {dict(moves.most_common())}")  # fmt: skip
    return 1 if failures else 0
