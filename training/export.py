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

from pipeline.language.model import Calibration, Decoding, Settings

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
    calibration: Calibration | None,
    int8: bool = True,
) -> Settings:
    """Write a model folder.

    Linear layers become int8 (dynamic quantization, weights by output channel; Jacob et al. 2018), in seven bits, so that
    processors without VNNI, whose 8-bit products are summed in 16 bits, cannot overflow.

    Args:
        network: trained.
        tokenizer: ``tokenizer.json`` of the base encoder.
        folder: where to write.
        name: of the model; its version is the name and the first digits of the weights' digest.
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
            else:
                shutil.copyfile(whole, target)
            onnx.checker.check_model(str(target))
    shutil.copyfile(tokenizer, folder / "tokenizer.json")
    digest = hashlib.sha256(b"".join((folder / f).read_bytes() for f in FILES)).hexdigest()
    settings = Settings(version=f"{name}-{digest[:8]}", decoding=decoding, calibration=calibration)
    (folder / "model.json").write_text(settings.model_dump_json(indent=1) + "\n", encoding="utf-8")
    return settings
