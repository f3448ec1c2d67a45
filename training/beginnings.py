"""What a network begins with: a base encoder, a network that is there, or the weights of a model folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import NodeProto, numpy_helper
from torch import Tensor

from .network import Encoder, Network

_BERT = {
    "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
    "output": "attention.output.dense", "output_norm": "attention.output.LayerNorm", "up": "intermediate.dense",
    "down": "output.dense", "down_norm": "output.LayerNorm",
}  # fmt: skip
_MPNET = _BERT | {
    "query": "attention.attn.q", "key": "attention.attn.k", "value": "attention.attn.v", "output": "attention.attn.o",
    "output_norm": "attention.LayerNorm",
}  # fmt: skip
_BEFORE = 4  # MPNet's vocabulary is BERT's behind four entries of its own: start, padding, end, unknown
_SPECIAL = {0: 1, 101: 0, 102: 2}  # BERT's padding, start and end among them
_PLACES = 2  # its positions count from here
_DISTANCES = "encoder.relative_attention_bias.weight"


def is_larger(weights: Path) -> bool:
    """Whether a base encoder in safetensors is of MPNet's form."""
    from safetensors import safe_open

    with safe_open(str(weights), framework="pt") as base:
        names: list[str] = list(base.keys())
    return any(name.endswith(_DISTANCES) for name in names)


def load_base(encoder: Encoder, weights: Path) -> None:
    """Initialise an encoder from a checkpoint of its form in safetensors; layers beyond the encoder's are left out evenly.

    Raises:
        KeyError: the file holds no such checkpoint.
    """
    from safetensors.torch import load_file

    base = {name.removeprefix("mpnet."): value for name, value in load_file(str(weights)).items()}
    count = 1 + max(int(k.split(".")[2]) for k in base if k.startswith("encoder.layer."))
    words, places = base["embeddings.word_embeddings.weight"], base["embeddings.position_embeddings.weight"]
    with torch.no_grad():
        if encoder.distances is not None:
            encoder.distances.weight.copy_(base[_DISTANCES])
            entries = torch.arange(len(encoder.words.weight)) + _BEFORE
            entries[list(_SPECIAL)] = torch.tensor(list(_SPECIAL.values()))
            words, places = words[entries], places[_PLACES:]
        else:
            encoder.kind.copy_(base["embeddings.token_type_embeddings.weight"][0])
        encoder.words.weight.copy_(words)
        encoder.positions.weight.copy_(places)
        _copy(encoder.norm, base, "embeddings.LayerNorm")
        names = _BERT if encoder.distances is None else _MPNET
        for layer, number in zip(encoder.layers, evenly(len(encoder.layers), count), strict=True):
            for own, theirs in names.items():
                _copy(getattr(layer, own), base, f"encoder.layer.{number}.{theirs}")


def evenly(count: int, of: int) -> list[int]:
    """Which layers of a deeper encoder a smaller one begins with, its last among them."""
    return [round((i + 1) * of / count) - 1 for i in range(count)]


def begin_with(student: Network, teacher: Network) -> None:
    """Initialise a student with its teacher's weights; layers are left out evenly (Sanh et al. 2019)."""
    depth = len(teacher.encoder.layers)
    place = {f"layers.{old}.": f"layers.{new}." for new, old in enumerate(evenly(len(student.encoder.layers), depth))}
    state = teacher.state()
    encoder = {}
    for name, value in state["encoder"].items():
        old = next((p for p in place if name.startswith(p)), None)
        if old is not None:
            encoder[place[old] + name.removeprefix(old)] = value
        elif not name.startswith("layers."):
            encoder[name] = value
    student.load(state | {"encoder": encoder})


def load_exported(network: Network, folder: Path) -> None:
    """Initialise encoder and pair head from the weights of a model folder, as exactly as its seven bits tell them.

    Raises:
        ValueError: the folder's weights are of a network of another form.
    """
    for part in ("encoder", "pair"):
        graph = onnx.load(folder / f"{part}.onnx").graph
        found = {name.removeprefix("encoder."): value for name, value in _weights(graph).items()}
        module = network.parts()[part]
        own = module.state_dict()
        if other := next((k for k, v in own.items() if k not in found or found[k].shape != tuple(v.shape)), None):
            raise ValueError(f"{folder / part}.onnx holds no {other} of this network's form")
        module.load_state_dict({k: torch.from_numpy(np.array(found[k], np.float32)) for k in own})


def _weights(graph: onnx.GraphProto) -> dict[str, Any]:
    """The weights of a graph by their names in PyTorch; a matrix is named by the bias that is added to its product."""
    held = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    users: dict[str, NodeProto] = {}
    for node in graph.node:
        for name in node.input:
            users.setdefault(name, node)
    out = dict(held)
    for name, value in held.items():
        whole = name.removesuffix("_quantized")
        if whole != name:
            value = (value.astype(np.float32) - held[f"{whole}_zero_point"]) * held[f"{whole}_scale"]
        node = users.get(name)
        if value.ndim != 2 or node is None or not node.op_type.startswith("MatMul"):
            out[whole] = value
            continue
        while node.op_type != "Add":
            node = users[node.output[0]]
        bias = next(i for i in node.input if i in held)
        out[bias.removesuffix("bias") + "weight"] = value.T
    return out


def _copy(module: Any, base: Mapping[str, Tensor], name: str) -> None:
    module.weight.copy_(base[f"{name}.weight"])
    module.bias.copy_(base[f"{name}.bias"])
