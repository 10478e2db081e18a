"""A walk as a transcript that can be kept: what the buyers did, and what was answered."""

from __future__ import annotations

from typing import Any

import yaml

from tests.conversations.walk.moment import Walk


def as_transcript(walk: Walk, title: str) -> str:
    """The YAML of a transcript (tests/conversations/transcripts), with the words beside each turn as comments."""
    turns = [{**moment.step.turn, "bot": moment.responses} for moment in walk.moments]
    entry: dict[str, Any] = {"title": title, "on": walk.on, "turns": turns}
    return yaml.safe_dump([entry], sort_keys=False, allow_unicode=True, width=120)


def as_talk(walk: Walk) -> str:
    """The conversation for people to read."""
    lines = []
    for moment in walk.moments:
        lines.append(f"[{moment.buyer}, {moment.now:%Y-%m-%d}] > {dict(moment.step.turn)}")
        for reply in moment.replies:
            shown = " | ".join(button["title"] for button in reply["buttons"])
            lines.append(f"    [{reply['response']}] {reply['text']}" + (f" ({shown})" if shown else ""))
    return "\n".join(lines)
