"""Measure how well messages are understood: train on data/nlu (or take a model), read a labelled file, print scores.

    python tests/language/measure_nlu.py FILE.jsonl [--model MODEL.tar.gz]

Each line of the file is a JSON object with `text`, `intent`, `claim_type`, `alt_intents`, `alt_claim_types` and `kind`.
Strict: the label itself; lenient: one of the alternatives is right too. Texts are not printed, so that nobody learns
them.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import statistics
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog

ROOT = Path(__file__).resolve().parents[2]

_OUR_NAMES = {
    "request_refund_generic": "request_refund",
    "check_status": "check_dispute_status",
    "order_tracking": "track_order",
    "cancel_or_withdraw": "withdraw_dispute",
    "human_handoff": "request_human",
}


@dataclass(frozen=True)
class Labelled:
    """A message, the intent that it has, the intents that a fair reader would accept as well, and its kind."""

    text: str
    intent: str
    accepted: frozenset[str]
    kind: str


def our_intent(intent: str, claim_type: str) -> str:
    """A label of the file in the project's names."""
    if intent == "report_claim":
        return "report_unwanted" if claim_type == "changed_mind" else f"report_{claim_type}"
    return _OUR_NAMES.get(intent, intent)


def read(path: Path) -> list[Labelled]:
    """The labelled messages of a file."""
    return [_labelled(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _labelled(row: dict[str, Any]) -> Labelled:
    intent = our_intent(row["intent"], row["claim_type"])
    types = list(row["alt_claim_types"])
    accepted = {intent}
    for other in row["alt_intents"]:
        accepted |= {our_intent(other, kind) for kind in (types if other == "report_claim" else ["none"])}
    if row["intent"] == "report_claim":
        accepted |= {our_intent("report_claim", kind) for kind in types}
    return Labelled(row["text"], intent, frozenset(accepted), row["kind"])


def train(folder: Path) -> Path:
    """Train the NLU part with the project's configuration and data; returns the model."""
    from rasa.model_training import train_nlu

    model = train_nlu(str(ROOT / "config.yml"), str(ROOT / "data" / "nlu"), str(folder), fixed_model_name="measured")
    if model is None:
        raise SystemExit("training gave no model")
    return Path(model)


def predict(model: Path, texts: Iterable[str]) -> tuple[list[list[dict[str, Any]]], list[float]]:
    """The ranking of intents of each text (before any fallback) and the milliseconds that each took."""
    from rasa.core.agent import Agent

    agent = Agent.load(str(model))
    rankings, milliseconds = [], []

    async def parse_all() -> None:
        await agent.parse_message("a first message, to have everything ready")
        for text in texts:
            begun = time.perf_counter()
            parsed = await agent.parse_message(text)
            milliseconds.append((time.perf_counter() - begun) * 1000)
            rankings.append([entry for entry in parsed["intent_ranking"] if entry["name"] != "nlu_fallback"])

    asyncio.run(parse_all())
    return rankings, milliseconds


def report(messages: list[Labelled], rankings: list[list[dict[str, Any]]], milliseconds: list[float]) -> None:
    """Print the scores."""
    read_as = [ranking[0]["name"] for ranking in rankings]
    sure = [ranking[0]["confidence"] for ranking in rankings]
    strict = [answer == message.intent for answer, message in zip(read_as, messages, strict=True)]
    lenient = [answer in message.accepted for answer, message in zip(read_as, messages, strict=True)]
    print(f"messages {len(messages)}   strict {_percent(strict)}   lenient {_percent(lenient)}")
    for kind in sorted({message.kind for message in messages}):
        of_kind = [place for place, message in enumerate(messages) if message.kind == kind]
        strict_, lenient_ = _percent(strict[i] for i in of_kind), _percent(lenient[i] for i in of_kind)
        print(f"  {kind:14} {len(of_kind):4}   strict {strict_}   lenient {lenient_}")

    print("\nper intent                 rows   recall  precision  read as instead")
    missed: dict[str, Counter[str]] = defaultdict(Counter)
    for message, answer in zip(messages, read_as, strict=True):
        if answer != message.intent:
            missed[message.intent][answer] += 1
    for intent in sorted({message.intent for message in messages}):
        rows = [i for i, message in enumerate(messages) if message.intent == intent]
        answers = [i for i, answer in enumerate(read_as) if answer == intent]
        wrong = ", ".join(f"{name} {count}" for name, count in missed[intent].most_common())
        recall, precision = _percent(strict[i] for i in rows), _percent(strict[i] for i in answers)
        print(f"  {intent:24} {len(rows):4}   {recall}   {precision}   {wrong}")

    yes = [c for m, a, c in zip(messages, read_as, sure, strict=True) if a == "affirm" and m.intent != "affirm"]
    print(f"\nwrongly read as yes: {len(yes)}, with confidence {', '.join(f'{c:.2f}' for c in sorted(yes)) or '-'}")

    print("\nsurest     confidence from   lenient")
    by_confidence = sorted(range(len(messages)), key=lambda i: -sure[i])
    for share in (0.5, 0.6, 0.7, 0.8, 0.9, 1.0):
        kept = by_confidence[: max(1, int(len(messages) * share))]
        print(f"  {share:4.0%}     {sure[kept[-1]]:.2f}              {_percent(lenient[i] for i in kept)}")
    print("\nconfidence   rows   lenient   mean confidence")
    for low in (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        high = {0.0: 0.2, 0.9: 1.01}.get(low, low + 0.1)
        rows = [i for i, c in enumerate(sure) if low <= c < high]
        if rows:
            mean = statistics.mean(sure[i] for i in rows)
            print(
                f"  {low:.1f}-{min(high, 1):.1f}    {len(rows):4}   {_percent(lenient[i] for i in rows)}   {mean:.2f}"
            )
    slowest = sorted(milliseconds)[int(len(milliseconds) * 0.99)]
    print(f"\nmilliseconds a message: median {statistics.median(milliseconds):.1f}, p99 {slowest:.1f}")


def _percent(values: Iterable[bool]) -> str:
    listed = list(values)
    return f"{100 * sum(listed) / len(listed):5.1f} %" if listed else "    -  "


def main() -> None:
    """Train (unless a model is given), read, print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("file", type=Path)
    asked.add_argument("--model", type=Path)
    arguments = asked.parse_args()
    # Rasa logs each message that it reads, and these are not to be looked at.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    messages = read(arguments.file)
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        model = arguments.model or train(Path(folder))
        if not arguments.model:
            print(f"trained in {time.perf_counter() - begun:.0f} s")
        rankings, milliseconds = predict(model, (message.text for message in messages))
    report(messages, rankings, milliseconds)


if __name__ == "__main__":
    main()
