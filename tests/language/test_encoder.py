"""The sentence encoder: our graph computes what its papers say, eight bits lose little, and it can be missing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import pytest
import yaml
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from language.encoder import adapter, conversion, narrow, network, weights
from language.encoder.sentence_encoder import Pieces, SentenceEncoder
from language.sentence_vectors import SentenceVectors
from tests.evaluate import without_weights
from tests.evaluate.reading import ROOT, read_apart
from tests.language import plain_encoder

TEXTS = (
    "the kettle leaks",
    "I ordered a lamp in March. It never came, and nobody answers my letters!",
    "",
    "\u0434\u0435 \u043c\u043e\u044f \u043f\u043e\u0441\u0438\u043b\u043a\u0430? \U0001f621",
    "one of the four chairs is missing its back and the seller wants a video " * 20,
)


@pytest.fixture(scope="module")
def converted() -> Path:
    return conversion.converted()


@pytest.fixture(scope="module")
def encoder(converted: Path) -> SentenceEncoder:
    return SentenceEncoder(converted)


@pytest.fixture(scope="module")
def pieces(converted: Path) -> Pieces:
    return Pieces(converted)


@pytest.fixture(scope="module")
def tensors() -> dict[str, Any]:
    return adapter.adapted(weights.tensors(weights.folder()))


def test_the_graph_computes_what_plain_numpy_computes(pieces: Pieces, tensors: dict[str, Any], tmp_path: Path) -> None:
    whole = tmp_path / "whole.onnx"
    onnx.save(network.network(tensors), str(whole))
    session = onnxruntime.InferenceSession(str(whole), providers=["CPUExecutionProvider"])
    for text in TEXTS:
        ids = pieces.of(text)
        (found,) = session.run(None, {"ids": np.array(ids, dtype=np.int64)})
        assert np.abs(found - plain_encoder.vector(tensors, ids)).max() < 1e-4


def test_eight_bits_point_where_thirty_two_do(
    encoder: SentenceEncoder, pieces: Pieces, tensors: dict[str, Any]
) -> None:
    for text in TEXTS:
        assert encoder.vector(text) @ plain_encoder.vector(tensors, pieces.of(text)) > 0.97


def test_the_adapter_changes_the_matrices_of_the_layers_that_are_read_and_nothing_else(tensors: dict[str, Any]) -> None:
    untaught = weights.tensors(weights.folder())
    changed = {name for name in untaught if not np.array_equal(untaught[name], tensors[name])}
    assert changed == {f"{name}.weight" for name in narrow.MATRICES}


def test_an_adapter_of_another_network_is_refused(tmp_path: Path) -> None:
    other = {"encoder.layer.9.output.dense.down": np.zeros((1, 2)), "encoder.layer.9.output.dense.up": np.zeros((2, 1))}
    np.savez(tmp_path / "other.npz", **other)
    with pytest.raises(KeyError, match=r"encoder\.layer\.9"):
        adapter.adapted(weights.tensors(weights.folder()), tmp_path / "other.npz")


def test_what_is_learnt_later_is_kept_in_the_mean_with_what_was_learnt_before(
    tensors: dict[str, Any], tmp_path: Path
) -> None:
    chance, name = np.random.default_rng(3), narrow.MATRICES[0]
    height, width = tensors[f"{name}.weight"].shape
    one, other = (
        {name + adapter.DOWN: chance.normal(size=(16, width)), name + adapter.UP: chance.normal(size=(height, 16))}
        for _ in range(2)
    )
    path = tmp_path / "adapter.npz"
    adapter.save(one, path)
    adapter.save(other, path)
    changed = adapter.adapted(tensors, path)[f"{name}.weight"] - tensors[f"{name}.weight"]
    mean = sum(each[name + adapter.UP] @ each[name + adapter.DOWN] for each in (one, other)) / 2
    assert np.abs(changed - mean).max() < 0.01 * np.abs(mean).max()


@pytest.mark.timeout(300)
def test_tuning_learns_on_the_network_that_is_served(tmp_path: Path) -> None:
    """The network that learns computes what plain numpy does, and what it learnt is read back by the adapter."""
    data = tmp_path / "data"
    data.mkdir()
    told = {"report_broken": "cracked torn smashed dented bent", "thank": "thanks cheers ta bless grateful"}
    blocks = [
        {
            "intent": intent,
            "examples": "".join(f"- so {word} {rest}\n" for word in words.split() for rest in ("it is", "all")),
        }
        for intent, words in told.items()
    ]
    (data / "nlu.yml").write_text(yaml.safe_dump({"version": "3.1", "nlu": blocks}), encoding="utf-8")
    tried = subprocess.run(
        [sys.executable, "-m", "tests.language.small_tuning", str(data), str(tmp_path / "adapter.npz")],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert tried.returncode == 0, tried.stderr[-2000:]
    found = json.loads(tried.stdout.splitlines()[-1])
    untaught = weights.tensors(weights.folder())
    for ids, vector in zip(found["pieces"], found["vectors"], strict=True):
        assert np.abs(np.array(vector) - plain_encoder.vector(untaught, ids)).max() < 1e-4
    assert found["losses"][-1] < found["losses"][0] / 2
    taught = adapter.adapted(untaught, tmp_path / "adapter.npz")
    assert not np.array_equal(
        taught["encoder.layer.0.output.dense.weight"], untaught["encoder.layer.0.output.dense.weight"]
    )


def test_a_vector_is_nearer_to_what_means_the_same(encoder: SentenceEncoder) -> None:
    asked, same, other = map(
        encoder.vector, ("my parcel never arrived", "nothing was delivered to me", "I forgot how to log in")
    )
    assert asked @ same > asked @ other


def test_what_is_cut_off_is_not_read(encoder: SentenceEncoder, pieces: Pieces) -> None:
    assert len(pieces.of("chair " * 5000)) == network.LONGEST
    assert encoder.vector("\ud800 lone half").shape == (network.WIDTH,)


def test_a_changed_file_is_not_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / weights.PACKAGE / "model"
    other.mkdir(parents=True)
    (other.parent / "__init__.py").touch()
    for name in weights.SHA256:
        shutil.copyfile(weights.folder() / name, other / name)
    with (other / "tokenizer.json").open("a") as file:
        file.write(" ")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, weights.PACKAGE, raising=False)
    with pytest.raises(weights.EncoderChangedError, match=r"tokenizer\.json"):
        weights.folder()


def test_a_conversion_is_made_once(converted: Path) -> None:
    before = (converted / conversion.NETWORK).stat().st_mtime_ns
    assert (conversion.converted() / conversion.NETWORK).stat().st_mtime_ns == before


@pytest.mark.timeout(600)
def test_without_the_weights_it_trains_answers_and_says_so(tmp_path: Path) -> None:
    installed, model, data = tmp_path / "installed", tmp_path / "model.tar.gz", tmp_path / "nlu.yml"
    installed.mkdir()
    intents = ["report_not_received", "report_broken", "affirm"]
    blocks = [
        block for path in (ROOT / "data" / "nlu").glob("*.yml") for block in yaml.safe_load(path.read_text())["nlu"]
    ]
    some = [block for block in blocks if block.get("intent") in intents]
    data.write_text(yaml.safe_dump({"version": "3.1", "nlu": some}), encoding="utf-8")
    environment = without_weights.environment(installed)
    done = subprocess.run(
        [
            sys.executable,
            "-S",
            "-m",
            "tests.evaluate.reading",
            "train",
            str(ROOT / "config.yml"),
            str(model),
            str(data),
        ],
        # With a cache of its own: what an earlier run trained is not trained again, and then nothing is said.
        env={**os.environ, **environment, "RASA_CACHE_DIRECTORY": str(tmp_path / "cache")},
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert f"{weights.PACKAGE} is not installed: training without sentence vectors" in done.stderr
    texts = ["my parcel never arrived", "the mug arrived cracked", "yes please"]
    readings = read_apart(model, texts, as_served=True, environment=environment)
    assert [ranking[0][0] for ranking in readings.rankings] == intents
    with tarfile.open(model) as archive:
        assert not [name for name in archive.getnames() if name.endswith(conversion.NETWORK)]


def test_what_was_trained_without_the_weights_can_be_loaded_from_rasas_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trained once more, nothing is worked out anew; a cache keeps no empty folder."""

    def absent() -> Path:
        raise weights.EncoderAbsentError("not installed")

    monkeypatch.setattr(conversion, "converted", absent)
    context = ExecutionContext(GraphSchema({}))
    first, again = tmp_path / "first", tmp_path / "again"
    first.mkdir()
    again.mkdir()
    config, resource = SentenceVectors.get_default_config(), Resource("vectors")
    trained = SentenceVectors.create(config, LocalModelStorage(first), resource, context).train(TrainingData())
    trained.to_cache(tmp_path / "cache", LocalModelStorage(first))

    cached = Resource.from_cache("vectors", tmp_path / "cache", LocalModelStorage(again), "a fingerprint")
    loaded = SentenceVectors.load(config, LocalModelStorage(again), cached, context)

    assert loaded.process([Message.build("hello")])[0].features == []


def test_texts_that_are_begun_at_once_are_read_as_one_after_another(encoder: SentenceEncoder) -> None:
    """Nobody keeps what is being read but the encoder itself."""
    texts = [f"parcel {number} " * (number % 7) + "never came" for number in range(60)]
    begun = [encoder.begin(text) for text in texts]

    for text, pending in zip(texts, begun, strict=True):
        assert np.array_equal(pending.result(), encoder.vector(text))
