"""Writes down what the assistant answers to a transcript's turns, for a person to read before it is kept.

    python -m tests.conversations.record tests/conversations/transcripts/claim.yml

Fills `bot` in every turn of the file and prints the words; nothing else of the file is changed.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml

from tests.conversations.replay import Replay
from tests.conversations.stage import assistant, fresh_database
from tests.conversations.transcript import done
from turns.assistant import Assistant


async def record(with_assistant: Assistant, entry: dict[str, Any], url: str, folder: Path) -> None:
    """Play one transcript and write the responses into it."""
    replay = Replay(with_assistant, url, folder, entry["on"], entry.get("zone", "UTC"))
    print(f"\n=== {entry['title']}")
    for turn in entry["turns"]:
        for name in ("staff", "other", "elsewhere", "link", "orders", "order"):
            if name in turn:
                print(f"{name}:", turn[name])
        said = done(turn)
        try:
            replies = await replay.play(turn)
        except AssertionError as error:
            print(f"!!! {said}: {error}")
            turn["bot"] = ["!!!"]
            return
        if replies is None:
            continue
        turn["bot"] = [reply.get("response") for reply in replies]
        print(f"> {said}")
        for reply in replies:
            buttons = " | ".join(button["title"] for button in reply.get("buttons") or [])
            print(f"  [{reply.get('response')}] {reply.get('text')}" + (f"\n     ({buttons})" if buttons else ""))


def main(paths: list[str]) -> None:
    """Record every file named."""
    loop = asyncio.new_event_loop()
    for path in map(Path, paths):
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
        for entry in entries:
            with tempfile.TemporaryDirectory() as folder:
                url = fresh_database(Path(folder))
                loop.run_until_complete(record(assistant(), entry, url, Path(folder)))
        path.write_text(yaml.safe_dump(entries, sort_keys=False, allow_unicode=True, width=120), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
