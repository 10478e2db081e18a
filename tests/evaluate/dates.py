"""How many dates of a labelled file are read right: `python -m tests.evaluate.dates FILE.jsonl [--show]`.

Each line has `text`, `reference` (the day that counts as today) and `expected`, a day or the list of all accepted days.
right: one candidate, and it is accepted. asked: several, an accepted one among them.
wrong in silence: one candidate, not accepted. asked wrongly: several, none accepted. nothing: no reading.
A text with several readings is right where any of them is, and wrong in silence where none is and one was sure.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from language.dates import DateReading, read

OUTCOMES = ("right", "asked", "wrong in silence", "asked wrongly", "nothing")


def outcome(readings: Iterable[DateReading], accepted: set[str]) -> str:
    """Which of the five a text's readings are."""
    found = set()
    for reading in readings:
        hit = bool(accepted & set(reading.candidates))
        if len(reading.candidates) == 1:
            found.add("right" if hit else "wrong in silence")
        elif reading.candidates:
            found.add("asked" if hit else "asked wrongly")
    return next((name for name in OUTCOMES if name in found), "nothing")


def measured(rows: Iterable[dict[str, Any]]) -> list[tuple[dict[str, Any], str, list[DateReading]]]:
    """Each row with its outcome and readings."""
    results = []
    for row in rows:
        expected = row["expected"]
        readings = read(row["text"], date.fromisoformat(row["reference"]))
        results.append((row, outcome(readings, {expected} if isinstance(expected, str) else set(expected)), readings))
    return results


def main(path: str, show: bool) -> None:
    """Print the table of outcomes, and with `--show` the rows that are neither right nor asked."""
    rows = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines() if line.strip()]
    begun = time.perf_counter()
    results = measured(rows)
    spent = time.perf_counter() - begun
    counts = Counter(name for _, name, _ in results)
    for name in OUTCOMES:
        print(f"{name:18} {counts[name]:4} {counts[name] / max(len(rows), 1):7.1%}")
    print(f"{'rows':18} {len(rows):4}   {spent / max(len(rows), 1) * 1000:.2f} ms each")
    if show:
        for row, name, readings in results:
            if name not in ("right", "asked"):
                print(f"\n{name}: {row['text']!r} on {row['reference']}, expected {str(row['expected'])[:60]}")
                for reading in readings:
                    print(f"    {reading.text!r}: {', '.join(reading.candidates[:6])}")


if __name__ == "__main__":
    main(sys.argv[1], "--show" in sys.argv)
