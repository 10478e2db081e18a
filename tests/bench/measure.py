"""Measures sides beside each other: the same rounds for each, turn and turn about."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from tests.bench.buyers import Buyers, SomethingBroke
from tests.bench.memory import megabytes
from tests.bench.results import Results
from tests.bench.sides import Side

#: Seconds in which the slowest side is ready, with others at work on the machine.
READY_WITHIN: Final = 240.0
#: Where in the script the claim begins.
CLAIM_BEGINS: Final = 2
#: Form turns that are looked at after a number of events: the same questions each time.
LOOKED_AT: Final = 3


@dataclass(frozen=True)
class Plan:
    """How much is measured."""

    rounds: int
    conversations: int
    warming: int
    starts: int
    #: Buyers at once, and how many conversations each of them has in a round.
    load: dict[int, int]
    events: tuple[int, ...]
    growing: int


THOROUGH: Final = Plan(
    rounds=3, conversations=6, warming=3, starts=2, load={1: 3, 8: 2, 32: 1}, events=(10, 100, 500, 1000), growing=2
)
QUICK: Final = Plan(rounds=1, conversations=2, warming=1, starts=1, load={1: 1, 8: 1}, events=(10, 100), growing=1)


@contextmanager
def running(sides: Sequence[Side]) -> Iterator[None]:
    """Ends all sides at the end, however that comes; what they wrote is added to what broke."""
    try:
        yield
    except SomethingBroke as broke:
        raise SomethingBroke(f"{broke}\n" + "\n".join(side.log() for side in sides)) from None
    finally:
        for side in sides:
            side.stop()


def start(sides: Sequence[Side], buyers: Buyers, results: dict[str, Results], starts: int) -> None:
    """Starts each side several times, turn and turn about, until a first message is answered; all run at the end.

    Only one starts at a time, and while the last start of one is measured those before it are idle.
    """
    for number in range(starts):
        for side in sides:
            began = time.monotonic()
            side.start()
            results[side.name].ready.append(buyers.first(side.door, READY_WITHIN) - began)
            print(f"  {side.name}: first answer after {results[side.name].ready[-1]:.1f} s", flush=True)
            if number < starts - 1:
                side.stop()


def turns(sides: Sequence[Side], buyers: Buyers, results: dict[str, Results], plan: Plan) -> None:
    """Times of turns and messages a second; then the memory that is held."""
    for side in sides:
        buyers.converse(side.door, plan.warming)
    for number in range(plan.rounds):
        print(f"  round {number + 1} of {plan.rounds}", flush=True)
        for side in sides:
            results[side.name].add_turns(buyers.converse(side.door, plan.conversations))
        for at_once, conversations in plan.load.items():
            for side in sides:
                results[side.name].add_load(at_once, buyers.at_once(side.door, at_once, conversations))
        for side in sides:
            results[side.name].memory.append(megabytes(side.pids()))


def growth(sides: Sequence[Side], buyers: Buyers, results: dict[str, Results], plan: Plan) -> None:
    """Times of form turns as a conversation grows: one claim after another in it."""
    for number in range(plan.growing):
        for side in sides:
            _grow(side, buyers, results[side.name], plan.events, f"grows-{side.name}-{number}".replace(" ", "-"))


def _grow(side: Side, buyers: Buyers, results: Results, thresholds: tuple[int, ...], buyer: str) -> None:
    for threshold in thresholds:
        # The first claim opens the conversation: its first form turn comes some ten events later.
        while threshold != thresholds[0] and side.events(buyer) < threshold:
            buyers.converse(side.door, 1, buyer, CLAIM_BEGINS)
        results.add_growth(threshold, buyers.converse(side.door, 1, buyer, CLAIM_BEGINS), LOOKED_AT)
