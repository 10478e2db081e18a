"""From tokens to an intent: the parts learn, are saved without pickle, and read anything without failing."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from language.calibration import loudness, probabilities
from language.linear_classifier import LinearIntentClassifier, counts_for
from language.ngram_features import NgramFeatures
from language.ngrams import Counted, runs_of_letters
from language.pattern_features import PatternFeatures
from language.tokens import SpacyTokens
from language.yes_guard import YesGuard

_TAUGHT = {
    "greet": ["hello", "hi", "good morning", "hey there", "hello again"],
    "report_broken": [
        "it is broken",
        "the cup is cracked",
        "my phone does not work",
        "it stopped working",
        "broken lid",
    ],
    "track_order": ["where is my parcel", "when will it come", "track it", "where is my order", "is it on its way"],
}
_ODD = [
    "",
    " ",
    "\x00",
    "\ud800",
    "😀😀",
    "a" * 100_000,
    "<b>{}</b>",
    "где мой заказ",
    "\u202eabc",
    "\uff11\uff12",
    "\n\n",
]


class Pipeline:
    """The parts of config.yml without the rest of Rasa."""

    def __init__(self, folder: Path) -> None:
        self._storage = LocalModelStorage(folder)
        self._context = ExecutionContext(GraphSchema({}))

    def _part(self, kind: Any, how: str = "create") -> Any:
        name = Resource(kind.__name__)
        return getattr(kind, how)(kind.get_default_config(), self._storage, name, self._context)

    def train(self, taught: dict[str, list[str]]) -> None:
        """Train every part in turn."""
        messages = [Message({TEXT: text, INTENT: intent}) for intent, texts in taught.items() for text in texts]
        data = TrainingData(messages)
        self._part(SpacyTokens).process_training_data(data)
        self._part(PatternFeatures).process_training_data(data)
        ngrams = self._part(NgramFeatures)
        ngrams.train(data)
        ngrams.process_training_data(data)
        self._part(LinearIntentClassifier).train(data)

    def read(self, text: str) -> Message:
        """Load the saved parts and read one message."""
        messages = [Message({TEXT: text})]
        for kind, how in (
            (SpacyTokens, "create"),
            (PatternFeatures, "create"),
            (NgramFeatures, "load"),
            (LinearIntentClassifier, "load"),
        ):
            messages = self._part(kind, how).process(messages)
        return messages[0]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a small trained pipeline is kept."""
    place = tmp_path_factory.mktemp("trained")
    Pipeline(place).train(_TAUGHT)
    return place


@pytest.mark.parametrize(
    ("text", "intent"),
    [("Hello!", "greet"), ("the lid is borken, it doesnt work", "report_broken"), ("wheres my parcle", "track_order")],
)
def test_what_was_taught_is_read_again_also_with_typos(folder: Path, text: str, intent: str) -> None:
    assert Pipeline(folder).read(text).get(INTENT)["name"] == intent


@pytest.mark.parametrize("text", _ODD)
def test_odd_messages_get_a_ranking_and_no_exception(folder: Path, text: str) -> None:
    ranking = Pipeline(folder).read(text).get("intent_ranking")
    assert {entry["name"] for entry in ranking} == set(_TAUGHT)
    assert sum(entry["confidence"] for entry in ranking) == pytest.approx(1)


def test_training_twice_gives_the_same_answers_to_the_last_digit(folder: Path, tmp_path: Path) -> None:
    again = Pipeline(tmp_path)
    again.train(_TAUGHT)
    text = "my order is cracked, hello?"
    assert again.read(text).get("intent_ranking") == Pipeline(folder).read(text).get("intent_ranking")


def test_two_intents_can_be_told_apart_as_well(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path)
    pipeline.train({intent: _TAUGHT[intent] for intent in ("greet", "track_order")})
    assert pipeline.read("hello").get(INTENT)["name"] == "greet"
    assert pipeline.read("where is my parcel").get(INTENT)["name"] == "track_order"


def test_nothing_that_is_saved_is_a_pickle(folder: Path) -> None:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} == {".json", ".npz"}
    for path in files:
        if path.suffix == ".npz":
            with np.load(path, allow_pickle=False) as saved:
                assert all(saved[name].dtype.kind == "f" for name in saved.files)
            assert zipfile.is_zipfile(path)


def test_a_part_that_was_not_trained_says_so(tmp_path: Path) -> None:
    for kind in (NgramFeatures, LinearIntentClassifier):
        with pytest.raises(RuntimeError, match="not been trained"):
            Pipeline(tmp_path)._part(kind).process([Message({TEXT: "hello"})])


@pytest.mark.parametrize(
    ("text", "confidence"), [("yes please", 0.9), ("yes, but it never came", 0.3), ("ok thx", 0.3)]
)
def test_what_is_not_only_a_yes_loses_the_confidence_of_a_yes(text: str, confidence: float) -> None:
    ranking = [{"name": "affirm", "confidence": 0.9}, {"name": "thank", "confidence": 0.05}]
    message = Message({TEXT: text, INTENT: ranking[0], "intent_ranking": ranking})
    YesGuard(YesGuard.get_default_config()).process([message])
    assert message.get(INTENT) == {"name": "affirm", "confidence": confidence}


def test_a_surer_intent_stands_before_a_doubtful_yes() -> None:
    ranking = [{"name": "affirm", "confidence": 0.5}, {"name": "thank", "confidence": 0.4}]
    message = Message({TEXT: "ok, thank you", INTENT: ranking[0], "intent_ranking": ranking})
    YesGuard(YesGuard.get_default_config()).process([message])
    assert [entry["name"] for entry in message.get("intent_ranking")] == ["thank", "affirm"]
    assert message.get(INTENT)["name"] == "thank"


def test_a_token_knows_its_place_and_its_normal_form() -> None:
    tokenizer = SpacyTokens(SpacyTokens.get_default_config())
    text = "It didn't  come"
    tokens = tokenizer.tokenize(Message({TEXT: text}), TEXT)
    assert [text[token.start : token.end] for token in tokens] == ["It", "did", "n't", "come"]
    assert [token.get("norm") for token in tokens] == ["it", "do", "not", "come"]


def test_a_changed_table_or_reading_means_another_training(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from language import patterns

    before = PatternFeatures.fingerprint_addon({})
    changed = tmp_path / "patterns.yml"
    changed.write_text(patterns.SHIPPED.read_text(encoding="utf-8") + "\n# one more line\n", encoding="utf-8")
    monkeypatch.setattr(patterns, "SHIPPED", changed)
    assert PatternFeatures.fingerprint_addon({}) != before


def test_long_messages_weigh_no_more_than_short_ones() -> None:
    counted = Counted.learn([["a", "b"], ["a"], ["c"]], at_least=1)
    (_, short), (_, long) = (counted.weighed(counted.known(runs)) for runs in (["a", "c"], ["a", "c", "a", "b"] * 50))
    assert np.sqrt((short * short).sum()) == pytest.approx(1)
    assert np.sqrt((long * long).sum()) == pytest.approx(1)
    assert len(counted.weighed(counted.known(["unheard of"]))[0]) == 0


def test_a_long_message_counts_for_more_in_training_within_bounds() -> None:
    short, usual, long, endless = counts_for(["yes", "a word " * 6, "a word " * 12, "word " * 5_000], usual_words=12)
    assert usual == pytest.approx(1)
    assert 0.7 < short < usual < long < endless == pytest.approx(2)


def test_runs_of_letters_stay_inside_a_word() -> None:
    assert list(runs_of_letters("ab", 2, 3)) == [" a", "ab", "b ", " ab", "ab "]
    assert list(runs_of_letters("c", 2, 3)) == [" c", "c ", " c "]


def test_overconfident_scores_are_softened_and_timid_ones_sharpened() -> None:
    truths = np.array([0] * 7 + [1] * 3)
    too_sure = np.tile(np.array([10.0, 0.0], dtype=np.float32), (10, 1))
    too_timid = np.where(truths[:, None] == np.arange(2), 0.5, 0.0)
    assert loudness([too_sure], truths)[0] < 1
    assert loudness([too_timid], truths)[0] > 1


def test_of_two_readings_the_one_that_is_right_speaks_louder() -> None:
    truths = np.array([0, 1] * 20)
    right = np.where(truths[:, None] == np.arange(2), 1.0, 0.0)
    by_chance = np.tile([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 1.0]], (10, 1))
    believed, other = loudness([right, by_chance], truths)
    assert believed > 1 > 0.1 > other


def test_no_score_is_too_large_for_a_chance() -> None:
    assert probabilities(np.array([1000.0, 0.0])) == pytest.approx([1, 0])
