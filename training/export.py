"""From a trained network to the folder that Onrecord reads: ONNX, int8 where it costs nothing, with its settings."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from onrecord.quotes.model import Calibration, Decoding, Settings

from .network import PAIR, Network

FILES = ("encoder.onnx", "pair.onnx", "tokenizer.json")


class _Encoder(nn.Module):
    """The encoder as it is exported: every wordpiece of the window is there, none is padding."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.encoder = network.encoder

    def forward(self, ids: Tensor, shapes: Tensor, states: Tensor) -> tuple[Tensor, Tensor]:
        columns, projected = self.encoder(ids, shapes, states)
        return columns, projected


def export(
    network: Network,
    tokenizer: Path,
    folder: Path,
    name: str,
    decoding: Decoding,
    calibration: Calibration,
    int8: bool = True,
) -> Settings:
    """Write a model folder.

    Linear layers become int8 (dynamic quantization, weights by output channel; Jacob et al. 2018), in seven bits, so that
    processors without VNNI, whose 8-bit products are summed in 16 bits, cannot overflow.

    Args:
        network: trained.
        tokenizer: ``tokenizer.json`` of the base encoder.
        folder: where to write.
        name: of the model; its version is the name and the first digits of the digest of weights and settings.
        decoding: settings of the decoder.
        calibration: of the confidence.
        int8: whether to quantize.
    """
    network.train(False)
    folder.mkdir(parents=True, exist_ok=True)
    ids = torch.ones(1, 20, dtype=torch.long)
    anchor, window = torch.randn(3, 4 * PAIR), torch.randn(1, 20, 4 * PAIR)
    distance = torch.ones(3, 20, dtype=torch.long)
    long = {1: "length"}
    with tempfile.TemporaryDirectory() as scratch:
        for part, module, inputs, names, out, axes in (
            ("encoder", _Encoder(network), (ids, ids, ids), ["ids", "shapes", "states"], ["columns", "projected"],
             dict.fromkeys(("ids", "shapes", "states", "columns", "projected"), long)),
            ("pair", network.pair, (anchor, window, distance), ["anchor", "window", "distance"], ["labels"],
             {"anchor": {0: "cues"}, "window": long, "distance": {0: "cues", 1: "length"}, "labels": {0: "cues", 1: "length"}}),
        ):  # fmt: skip
            whole = Path(scratch) / f"{part}.onnx"
            torch.onnx.export(
                module, inputs, str(whole), input_names=names, output_names=out, dynamic_axes=axes, opset_version=17, dynamo=False
            )  # fmt: skip
            target = folder / f"{part}.onnx"
            if int8:
                quantize_dynamic(whole, target, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
                if part == "pair":
                    onnx.save(_quantized_once(onnx.load(target)), target)
            else:
                shutil.copyfile(whole, target)
            onnx.checker.check_model(str(target))
    shutil.copyfile(tokenizer, folder / "tokenizer.json")
    return write_settings(folder, name, decoding, calibration)


def write_settings(folder: Path, name: str, decoding: Decoding, calibration: Calibration) -> Settings:
    """Write ``model.json`` beside the weights; the version is the name and the first digits of the digest of all of them."""
    chosen = (decoding.model_dump_json() + calibration.model_dump_json()).encode()
    digest = hashlib.sha256(b"".join((folder / f).read_bytes() for f in FILES) + chosen).hexdigest()
    settings = Settings(version=f"{name}-{digest[:8]}", decoding=decoding, calibration=calibration)
    (folder / "model.json").write_text(settings.model_dump_json(indent=1) + "\n", encoding="utf-8")
    return settings


def _quantized_once(model: onnx.ModelProto) -> onnx.ModelProto:
    """Quantize what is shifted and laid side by side before that, not after: the same numbers from a fifth of the work."""
    graph = model.graph
    made = {name: node for node in graph.node for name in node.output}
    order = [node.output[0] for node in graph.node]
    for node in [n for n in graph.node if n.op_type == "DynamicQuantizeLinear"]:
        beside = made.get(node.input[0])
        if beside is None or beside.op_type != "Concat":
            continue
        pad = made[made[beside.input[0]].input[0]]
        quantized, _, zero = node.output
        users = [(n, k) for n in graph.node for k, name in enumerate(n.input) if name == quantized]
        order.remove(quantized)
        order.insert(order.index(pad.output[0]), f"{quantized}_once")
        node.input[0], node.output[0] = pad.input[0], f"{quantized}_once"
        pad.input[0], pad.input[2] = node.output[0], zero  # padded with what stands for zero
        for user, k in users:
            user.input[k] = beside.output[0]
    nodes = {node.output[0]: node for node in graph.node}
    copies = [onnx.NodeProto.FromString(nodes[name].SerializeToString()) for name in order]
    del graph.node[:], graph.value_info[:]  # the types of what lies between have changed
    graph.node.extend(copies)
    return model
