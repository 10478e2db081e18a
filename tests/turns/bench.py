"""`make bench`: how long turns take, in one process with the real model, the real actions and SQLite.

Prints milliseconds, median and 99th percentile, of a first message, a thank-you, a claim's beginning and its answer.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from turns.launcher import prepare
from turns.without_tensorflow import keep_tensorflow_out

CONVERSATIONS = 60
SAID = {"opening": "hello", "utter": "thanks", "form": "my phone arrived broken"}
METADATA = {"buyer_id": "bench", "channel": "bench", "at": "2024-05-06T10:00:00+00:00"}


async def measured(folder: Path) -> dict[str, list[float]]:
    """Milliseconds of each kind of turn."""
    from buyer_protection.disputes.database import migrate
    from buyer_protection.settings import home
    from turns.actions_in_process import ActionsInProcess
    from turns.assistant import Assistant
    from turns.conversations import Conversations
    from turns.model import fitting
    from turns.replies import Reply
    from turns.turn import Turn

    url = f"sqlite:///{folder / 'bench.db'}"
    os.environ["BUYER_PROTECTION_DATABASE_URL"] = url
    migrate(url)
    assistant = Assistant.load(fitting(home()), actions=ActionsInProcess(), tracker_store=Conversations(url=url))
    took: dict[str, list[float]] = defaultdict(list)

    async def timed(turn: Turn) -> list[Reply]:
        began = time.perf_counter()
        replies = await assistant.handle(turn)
        took[turn.id].append(1000 * (time.perf_counter() - began))
        return replies

    for conversation in map(str, range(CONVERSATIONS)):
        metadata = {**METADATA, "buyer_id": conversation}
        for kind, text in SAID.items():
            replies = await timed(Turn(kind, conversation, text, metadata=metadata))
        payload = replies[-1]["buttons"][0]["payload"]
        await timed(Turn("press", conversation, payload=payload, metadata=metadata))
    return took


def main() -> int:
    """Measures and prints."""
    prepare()
    keep_tensorflow_out()
    with tempfile.TemporaryDirectory() as folder:
        took = asyncio.run(measured(Path(folder)))
    for kind, milliseconds in took.items():
        slowest = sorted(milliseconds)[int(0.99 * len(milliseconds))]
        print(f"{kind:8} median {statistics.median(milliseconds):6.1f} ms   p99 {slowest:6.1f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
