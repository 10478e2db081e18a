"""The way to the process in which the buyers of the bench live."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import count
from typing import Any, Final

from buyer_protection.settings import home
from tests.bench.client import Door, Turn, told
from turns.part import ending_with_starter

#: Nobody orders the same twice: an order has one dispute.
_orders: Final = count(800_000_000)


class SomethingBroke(RuntimeError):
    """A side did not do what it should; the message says what."""


class Buyers:
    """One process, to be told what to do."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.client"],
            cwd=home(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            preexec_fn=ending_with_starter(),
        )

    def converse(self, door: Door, conversations: int, buyer: str = "", skip: int = 0) -> list[Turn]:
        """Whole conversations one after another, each by a new buyer unless one is named. Raises SomethingBroke."""
        return self._tell("one_buyer", door, orders=_new_orders(conversations), buyer=buyer, skip=skip)

    def at_once(self, door: Door, buyers: int, conversations: int) -> list[Turn]:
        """Whole conversations by several buyers side by side, so many each. Raises SomethingBroke."""
        return self._tell("at_once", door, buyers=buyers, orders=_new_orders(buyers * conversations))

    def first(self, door: Door, seconds: float) -> float:
        """The instant (monotonic) at which a first message was answered. Raises SomethingBroke after `seconds`."""
        return self._tell("first", door, seconds=seconds)[0][3]

    def go(self) -> None:
        """Ends the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()

    def _tell(self, do: str, door: Door, **how: Any) -> list[Turn]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(told(do, door, **how))
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline() or '{"broken": "the process of the buyers ended"}')
        if isinstance(answer, dict):
            raise SomethingBroke(answer["broken"])
        return [tuple(turn) for turn in answer]


def _new_orders(number: int) -> list[int]:
    return [next(_orders) for _ in range(number)]
