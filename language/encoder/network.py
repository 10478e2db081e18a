"""The encoder's network as an ONNX graph, written out by hand: a BERT, and the mean of its fourth layer.

Devlin et al. 2018 for the layers, Reimers and Gurevych 2019 for the mean. One message at a time, so that nothing has to
be padded and no mask is needed: `ids` (whole numbers, one for each piece of a word) go in, `vector` (384 numbers of
length 1) comes out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

#: The weights hold six. The last two draw meaning together for comparing whole texts; beside a classifier of our own
#: they cost a third of the time and lose what one sentence of a long message says.
LAYERS: Final = 4
HEADS: Final = 12
WIDTH: Final = 384
#: The pieces of words that are read; the model was trained on messages no longer than this.
LONGEST: Final = 256
_EPSILON: Final = 1e-12
#: The graph's language: the first version that has LayerNormalization.
_OPSET: Final = 17

Tensors = Mapping[str, NDArray[Any]]


class _Graph:
    """Nodes and constants in the order in which they are written."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, name: str, value: NDArray[Any]) -> str:
        from onnx import numpy_helper

        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def number(self, name: str, value: float) -> str:
        return self.constant(name, np.array(value, dtype=np.float32))

    def shape(self, name: str, *sizes: int) -> str:
        return self.constant(name, np.array(sizes, dtype=np.int64))

    def add(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> str:
        from onnx import helper

        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output


def network(tensors: Tensors) -> Any:
    """The graph with its weights as an `onnx.ModelProto`; raises `KeyError` where a weight is missing."""
    from onnx import TensorProto, checker, helper

    graph = _Graph()
    hidden = _embedded(graph, tensors)
    for layer in range(LAYERS):
        hidden = _layer(graph, tensors, layer, hidden)
    mean = graph.add("ReduceMean", [hidden], "mean", axes=[0], keepdims=0)
    length = graph.add("ReduceL2", [mean], "length", axes=[0], keepdims=1)
    graph.add("Div", [mean, length], "vector")
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "minilm",
            [helper.make_tensor_value_info("ids", TensorProto.INT64, ["pieces"])],
            [helper.make_tensor_value_info("vector", TensorProto.FLOAT, [WIDTH])],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", _OPSET)],
        ir_version=9,
    )
    checker.check_model(model)
    return model


def _embedded(graph: _Graph, tensors: Tensors) -> str:
    """Each piece's own vector, its place's and the (only) sentence's, summed."""
    words = graph.constant("words", tensors["embeddings.word_embeddings.weight"])
    places = (
        tensors["embeddings.position_embeddings.weight"][:LONGEST]
        + tensors["embeddings.token_type_embeddings.weight"][0]
    )
    known = graph.constant("places", places)
    looked_up = graph.add("Gather", [words, "ids"], "looked_up", axis=0)
    pieces = graph.add("Shape", ["ids"], "pieces")
    here = graph.add("Slice", [known, graph.shape("first", 0), pieces, graph.shape("rows", 0)], "here")
    return _normal(graph, tensors, "embeddings.LayerNorm", graph.add("Add", [looked_up, here], "embedded"))


def _layer(graph: _Graph, tensors: Tensors, number: int, hidden: str) -> str:
    name = f"encoder.layer.{number}"
    attended = _dense(graph, tensors, f"{name}.attention.output.dense", _attention(graph, tensors, name, hidden))
    told = graph.add("Add", [attended, hidden], f"{name}.told")
    told = _normal(graph, tensors, f"{name}.attention.output.LayerNorm", told)
    wide = _gelu(graph, name, _dense(graph, tensors, f"{name}.intermediate.dense", told))
    narrow = _dense(graph, tensors, f"{name}.output.dense", wide)
    return _normal(graph, tensors, f"{name}.output.LayerNorm", graph.add("Add", [narrow, told], f"{name}.out"))


def _attention(graph: _Graph, tensors: Tensors, name: str, hidden: str) -> str:
    size = WIDTH // HEADS
    apart = graph.shape(f"{name}.apart", 0, HEADS, size)
    parts = {}
    for part, order in (("query", [1, 0, 2]), ("key", [1, 2, 0]), ("value", [1, 0, 2])):
        dense = _dense(graph, tensors, f"{name}.attention.self.{part}", hidden)
        heads = graph.add("Reshape", [dense, apart], f"{name}.{part}.heads")
        parts[part] = graph.add("Transpose", [heads], f"{name}.{part}", perm=order)
    alike = graph.add("MatMul", [parts["query"], parts["key"]], f"{name}.alike")
    scaled = graph.add("Div", [alike, graph.number(f"{name}.scale", size**0.5)], f"{name}.scaled")
    chances = graph.add("Softmax", [scaled], f"{name}.chances", axis=-1)
    taken = graph.add("MatMul", [chances, parts["value"]], f"{name}.taken")
    side_by_side = graph.add("Transpose", [taken], f"{name}.side_by_side", perm=[1, 0, 2])
    return graph.add("Reshape", [side_by_side, graph.shape(f"{name}.whole", 0, WIDTH)], f"{name}.attended")


def _dense(graph: _Graph, tensors: Tensors, name: str, source: str) -> str:
    weights = graph.constant(f"{name}.weights", tensors[f"{name}.weight"].T)
    bias = graph.constant(f"{name}.biases", tensors[f"{name}.bias"])
    return graph.add("Add", [graph.add("MatMul", [source, weights], f"{name}.product"), bias], f"{name}.dense")


def _normal(graph: _Graph, tensors: Tensors, name: str, source: str) -> str:
    scale = graph.constant(f"{name}.scale", tensors[f"{name}.weight"])
    bias = graph.constant(f"{name}.biases", tensors[f"{name}.bias"])
    return graph.add("LayerNormalization", [source, scale, bias], f"{name}.normal", axis=-1, epsilon=_EPSILON)


def _gelu(graph: _Graph, name: str, source: str) -> str:
    scaled = graph.add("Div", [source, graph.number(f"{name}.root", 2**0.5)], f"{name}.gelu.scaled")
    error = graph.add("Erf", [scaled], f"{name}.gelu.error")
    one = graph.add("Add", [error, graph.number(f"{name}.one", 1.0)], f"{name}.gelu.one")
    product = graph.add("Mul", [source, one], f"{name}.gelu.product")
    return graph.add("Mul", [product, graph.number(f"{name}.half", 0.5)], f"{name}.gelu")
