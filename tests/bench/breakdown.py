"""Where the milliseconds of a form turn go: timers around named functions of our processes, in a run of its own."""

from __future__ import annotations

import json
import os
from bisect import bisect_left
from pathlib import Path
from typing import Final

from buyer_protection.settings import home
from tests.bench.buyers import Buyers
from tests.bench.client import Turn
from tests.bench.measure import READY_WITHIN, running
from tests.bench.script import FORM
from tests.bench.sides import Ours

Span = tuple[str, float, float]

_ACTION: Final = "action"
_CALL: Final = "call of the actions"
#: What is timed: module, function, and what it is called here. A name that is gone breaks the run, and is seen.
WANTED: Final[dict[str, dict[str, str]]] = {
    "gateway.channels.widget": {"Widget.post": "request"},
    "gateway.identity": {"Identity.of": "token"},
    "gateway.accepting": {"Accepting.accept": "inbox"},
    "gateway.posting": {"Rasa.post": "post"},
    "gateway.runner": {"Runner._answered": "outbox"},
    "turns.assistant": {"Assistant.handle": "turn"},
    "turns.conversations": {"Conversations.take": "take", "Conversations.save": "save"},
    "turns.processor": {"TurnProcessor.parse_message": "nlu", "TurnProcessor._run_action": _ACTION},
    "rasa.core.processor": {
        "MessageProcessor.predict_next_with_tracker_if_should": "rules",
        "MessageProcessor.run_action_extract_slots": "slots",
    },
    "turns.actions_in_process": {"ActionsInProcess.request": _CALL},
    "turns.actions_over_http": {"ActionsOverHttp.request": _CALL},
}

#: The parts of a turn: what it is called, the span it is, and the spans inside it that are other parts.
_PARTS: Final[tuple[tuple[str, str, tuple[str, ...]], ...]] = (
    ("client, socket and web server", "whole", ("request",)),
    ("token", "token", ()),
    ("inbox: read, redact, commit", "inbox", ()),
    ("hop to Rasa and back", "post", ("turn",)),
    ("conversation looked up", "take", ()),
    ("message understood", "nlu", ()),
    ("slots read by Rasa", "slots", ()),
    ("rules: what comes next", "rules", ()),
    ("actions: our code and its database", _CALL, ()),
    ("actions: Rasa around it, the form", _ACTION, (_CALL,)),
    ("conversation saved", "save", ()),
    ("rest of Rasa's turn", "turn", ("take", "nlu", "slots", "rules", _ACTION, "save")),
    ("outbox: commit", "outbox", ()),
    ("rest of the gateway", "request", ("token", "inbox", "post", "outbox")),
)


def measured(buyers: Buyers, folder: Path, conversations: int) -> dict[str, float]:
    """Milliseconds of each part of a form turn, as a mean, so that they add up. Raises SomethingBroke."""
    spans = folder / "spans"
    side = Ours("ours with timers", folder / "ours")
    spans.mkdir()
    (spans / "wanted.json").write_text(json.dumps(WANTED), encoding="ascii")
    paths = [str(home() / "tests" / "bench" / "profiling"), os.environ.get("PYTHONPATH", "")]
    side.environment = {"BENCH_SPANS": str(spans), "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    with running([side]):
        side.start()
        buyers.first(side.door, READY_WITHIN)
        buyers.converse(side.door, max(1, conversations // 4))
        turns = buyers.converse(side.door, conversations)
    return parts_of([turn for turn in turns if turn[1] == FORM], _read(spans))


def parts_of(turns: list[Turn], spans: list[Span]) -> dict[str, float]:
    """Milliseconds of each part of a turn, as a mean over the turns; turns are one after another.

    A span belongs to the turn that it begins in. What is left of a span when the spans inside it are taken out can be
    a little under nothing, where two ran side by side.
    """
    spans = sorted(spans, key=lambda span: span[1])
    starts = [span[1] for span in spans]
    totals = {"whole": sum(1000 * (ended - began) for _, _, began, ended, _ in turns)}
    for _, _, began, ended, _ in turns:
        for name, start, end in spans[bisect_left(starts, began) : bisect_left(starts, ended)]:
            totals[name] = totals.get(name, 0.0) + 1000 * (min(end, ended) - start)
    return {
        part: (totals.get(whole, 0.0) - sum(totals.get(each, 0.0) for each in inside)) / len(turns)
        for part, whole, inside in _PARTS
    }


def _read(folder: Path) -> list[Span]:
    return [tuple(json.loads(line)) for file in folder.glob("*.jsonl") for line in file.read_text("ascii").splitlines()]
