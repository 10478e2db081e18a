"""The labelled messages that are measured with: never printed, never learnt from.

Those that others wrote lie outside the repository: each line of their file is a JSON object with `text`, `intent`,
`claim_type`, `alt_intents`, `alt_claim_types`, `kind`. They hold no reviews and no public complaints; some of our own,
written apart from the training data, are in tests/language/labelled/: `complaints.jsonl` was looked at while working,
`blind.jsonl` is by somebody who had seen nothing of ours, and only its figures are looked at.
Strict: the label itself is right; lenient: one of the alternatives is right too.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

_OUR_NAMES: Final = {
    "request_refund_generic": "request_refund",
    "check_status": "check_dispute_status",
    "order_tracking": "track_order",
    "cancel_or_withdraw": "withdraw_dispute",
    "human_handoff": "request_human",
}


_LABELLED: Final = Path(__file__).parents[1] / "language" / "labelled"


@dataclass(frozen=True)
class Message:
    """A text, the intent that it has, the intents that a fair reader would accept as well, and its kind."""

    text: str
    intent: str
    accepted: frozenset[str]
    kind: str


def read(path: Path) -> list[Message]:
    """The labelled messages of a file of others."""
    return [_message(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def written(name: str) -> list[Message]:
    """Labelled reviews and public complaints of our own: `complaints` or `blind`."""
    rows = [json.loads(line) for line in (_LABELLED / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    return [
        Message(row["text"], row["intent"], frozenset({row["intent"], *row["accepted"]}), row["kind"]) for row in rows
    ]


def our_intent(intent: str, claim_type: str) -> str:
    """A label of the file in the project's names."""
    if intent == "report_claim":
        return "report_unwanted" if claim_type == "changed_mind" else f"report_{claim_type}"
    return _OUR_NAMES.get(intent, intent)


def _message(row: dict[str, Any]) -> Message:
    intent = our_intent(row["intent"], row["claim_type"])
    types = list(row["alt_claim_types"])
    accepted = {intent}
    for other in row["alt_intents"]:
        accepted |= {our_intent(other, kind) for kind in (types if other == "report_claim" else ["none"])}
    if row["intent"] == "report_claim":
        accepted |= {our_intent("report_claim", kind) for kind in types}
    return Message(row["text"], intent, frozenset(accepted), row["kind"])
