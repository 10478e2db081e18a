"""A process that opens disputes at given instants: `open_at_once.py URL COUNT PREFIX` prints the answers.

It prints `ready` first, and reads from standard input when to begin.
"""

from __future__ import annotations

import json
import sys
import time

from buyer_protection.disputes import Opened, connect, open_dispute
from tests.disputes.made_up import BUYER, NOW


def main(url: str, count: int, prefix: str) -> None:
    """Round by round, at the very instant at which the other process does the same."""
    engine = connect(url)
    engine.connect().close()
    print("ready", flush=True)
    start = float(sys.stdin.readline())
    for number in range(count):
        time.sleep(max(0.0, start + number * 0.05 - time.time() - 0.005))
        while time.time() < start + number * 0.05:
            pass
        claim_id = f"{prefix}-{number}"
        answer = open_dispute(engine, claim_id=claim_id, buyer_id=BUYER, turn_id=f"turn-{prefix}", now=NOW)
        assert isinstance(answer, Opened), answer
        print(json.dumps([answer.reference, answer.already]))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
