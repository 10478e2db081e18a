"""What must hold of data/nlu, so that it keeps teaching what it is meant to teach."""

from __future__ import annotations

import itertools
import json
import os
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from rapidfuzz import fuzz

from actions.correcting import INTENT
from actions.not_typed import NOT_TYPED
from language import moves

ROOT = Path(__file__).resolve().parents[2]
NLU = ROOT / "data" / "nlu"
#: Messages for measuring only. They are not part of the repository; where they lie beside it, nothing of them is in it.
MEASURING = Path(os.environ.get("NLU_DEV", ROOT.parent / "shared" / "nlu-dev")) / "claims_utterances.jsonl"

CLAIMS = (
    "report_not_received",
    "report_not_as_described",
    "report_counterfeit",
    "report_broken",
    "report_missing_parts",
    "report_unwanted",
)


@dataclass(frozen=True)
class Line:
    """One sentence with its intent, the kind of wording it stands for, and the file it is in."""

    text: str
    intent: str
    situation: str
    file: str


def _lines() -> Iterator[Line]:
    for path in sorted(NLU.glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            for written in block["examples"].splitlines():
                yield Line(written.removeprefix("- "), block["intent"], block["metadata"]["situation"], path.stem)


LINES = tuple(_lines())


def _evened(text: str) -> str:
    """Small letters and words only: two sentences that differ in case, blanks or punctuation are the same sentence."""
    text = unicodedata.normalize("NFKC", text).lower().replace("'", "").replace("\u2019", "")
    evened = " ".join("".join(char if char.isalnum() else " " for char in text).split())
    return evened or text


def test_each_claim_is_told_in_at_least_forty_sentences_and_eight_situations() -> None:
    for intent in CLAIMS:
        situations = Counter(line.situation for line in LINES if line.intent == intent)
        assert sum(situations.values()) >= 40, intent
        assert len(situations) >= 8, (intent, situations)
        assert min(situations.values()) >= 5, (intent, situations)


def test_claims_are_told_short_and_long_and_in_questions() -> None:
    for intent in CLAIMS:
        lengths = [len(line.text.split()) for line in LINES if line.intent == intent]
        assert sum(length <= 3 for length in lengths) >= 8, intent
        assert sum(length >= 20 for length in lengths) >= 8, intent
        assert sum("?" in line.text for line in LINES if line.intent == intent) >= 12, intent


def test_no_sentence_teaches_two_intents() -> None:
    intents = defaultdict(set)
    for line in LINES:
        intents[_evened(line.text)].add(line.intent)
    assert {text: found for text, found in intents.items() if len(found) > 1} == {}


def test_no_sentence_is_there_twice() -> None:
    times = Counter((_evened(line.text), line.text.count("?") > 0) for line in LINES)
    assert [text for text, count in times.items() if count > 1] == []


def test_near_duplicates_are_few() -> None:
    """Of sentences of four words or more, at most one in two hundred has a twin in nearly the same words."""
    by_intent = defaultdict(list)
    for line in LINES:
        if len(line.text.split()) >= 4:
            by_intent[line.intent].append(" ".join(sorted(set(_evened(line.text).split()))))
    twins = [
        (first, second)
        for sentences in by_intent.values()
        for first, second in itertools.combinations(sentences, 2)
        if fuzz.ratio(first, second, score_cutoff=90) > 0
    ]
    assert len(twins) <= sum(map(len, by_intent.values())) / 200, twins


def test_each_intent_is_taught_in_one_file_and_by_enough_sentences() -> None:
    files = defaultdict(set)
    for line in LINES:
        files[line.intent].add(line.file)
    assert {intent: found for intent, found in files.items() if len(found) > 1} == {}
    few = {intent: count for intent, count in Counter(line.intent for line in LINES).items() if count < 30}
    assert few == {}


def test_every_intent_that_is_taught_is_in_the_domain_and_the_other_way_round() -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    declared = {name if isinstance(name, str) else next(iter(name)) for name in domain["intents"]}
    built_in = {"other_language", "nlu_fallback", "restart", "session_start", "back"}
    taught = {line.intent for line in LINES}
    # Moves are set by closed tables, so is what puts an answer right, and whether it helped is said by a button.
    never_taught = {*moves.intents(), INTENT, "say_helped", "say_not_helped"} - taught
    assert declared - built_in - NOT_TYPED - never_taught == taught


def test_a_doubtful_yes_is_asked_back() -> None:
    pipeline = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    settings = {part["name"].rpartition(".")[2]: part for part in pipeline}
    assert settings["YesGuard"]["at_most"] < settings["FallbackClassifier"]["threshold"]


def test_no_sentence_carries_markup_that_the_reader_would_take_for_an_entity() -> None:
    assert [
        line.text for line in LINES if "](" in line.text or "]{" in line.text or line.text != line.text.strip()
    ] == []


@pytest.mark.skipif(not MEASURING.exists(), reason="the messages for measuring are not here")
def test_no_sentence_is_copied_from_the_messages_for_measuring() -> None:
    ours = {_evened(line.text) for line in LINES}
    long_ones = [text for text in ours if len(text.split()) >= 5]
    for row in MEASURING.read_text(encoding="utf-8").splitlines():
        text = _evened(json.loads(row)["text"])
        near = [mine for mine in long_ones if fuzz.ratio(mine, text, score_cutoff=90) > 0]
        assert text not in ours, json.loads(row)["id"]
        assert not near, json.loads(row)["id"]
