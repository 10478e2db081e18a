"""The labelled complaints can be trusted: well formed, labelled with intents of the project, none twice."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any, Final

import yaml

FOLDER: Final = Path(__file__).parent
FILES: Final = ("complaints", "blind")
OF_FILE: Final[dict[str, list[dict[str, Any]]]] = {
    name: [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    for name in FILES
}
ROWS: Final = [row for name in FILES for row in OF_FILE[name]]
CLAIMS: Final = {
    "report_not_received",
    "report_not_as_described",
    "report_counterfeit",
    "report_broken",
    "report_missing_parts",
    "report_unwanted",
}


def _intents_of_the_domain() -> set[str]:
    """The names under `intents` in `domain.yml`."""
    domain = yaml.safe_load((FOLDER.parents[2] / "domain.yml").read_text(encoding="utf-8"))
    return set(domain["intents"])


def test_every_row_is_well_formed() -> None:
    """Four fields and no other: a text on one line, an intent, a list of other intents and a kind."""
    for row in ROWS:
        assert list(row) == ["text", "intent", "accepted", "kind"], row
        assert row["text"] == " ".join(row["text"].split()) != "", row
        assert row["kind"] in {"review", "complaint"}, row


def test_every_label_is_an_intent_of_the_project() -> None:
    """Nobody can be right where a label is misspelt; what is accepted beside the intent is another one, named once."""
    intents = _intents_of_the_domain()
    for row in ROWS:
        labels = [row["intent"], *row["accepted"]]
        assert set(labels) <= intents, row
        assert len(set(labels)) == len(labels), row


def test_no_text_is_there_twice() -> None:
    """Also not with other capitals, punctuation or emoji: a row that counts double tells nothing new."""
    seen = Counter(" ".join(re.findall(r"\w+", row["text"].lower())) for row in ROWS)
    assert [text for text, times in seen.items() if times > 1] == []


def test_there_are_enough_of_each_claim_and_of_each_kind() -> None:
    """At least 300 and 150 rows, 25 and 10 for each claim and for what is no claim of ours, and no kind is a rest."""
    for name, fewest, of_each in (("complaints", 300, 25), ("blind", 150, 10)):
        intents = Counter(row["intent"] for row in OF_FILE[name])
        kinds = Counter(row["kind"] for row in OF_FILE[name])
        assert len(OF_FILE[name]) >= fewest
        assert min(intents[intent] for intent in {*CLAIMS, "out_of_scope"}) >= of_each
        assert min(kinds.values()) >= len(OF_FILE[name]) / 4
