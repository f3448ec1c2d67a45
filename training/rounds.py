"""A round of training: networks of several seeds, each with its checkpoint, its choice on held-back articles and its export."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from onrecord.quotes.model import Calibration, Model, Settings
from onrecord.text.paragraphs import split_paragraphs

from .arithmetic import Trained
from .choose import (
    Judged,
    Page,
    calibrate,
    choose_decoding,
    choose_floor,
    counts_of,
    cross_calibrated,
    judge,
    pages_of,
    read_pages,
    reliability,
    total,
    worth,
)
from .corpora import Example
from .export import export
from .fit import fit, mean_of, new_network
from .measure import figures_of
from .network import LARGER, Network
from .recipe import Recipe
from .rewriting import with_formats

NAME = "attribution"
MEAN = "mean"


@dataclass(frozen=True)
class Round:
    """Networks that are trained alike, one of each seed, in folders of ``out``.

    Attributes:
        out: holds ``seed-N`` with checkpoint, ``network.pt``, the exported forms and what held-back articles said.
        recipe: of all but the seed.
        seeds: one network each.
        teachers: seeds' folders of an earlier round, for a student.
        minutes: a run stops after an epoch once so much time has passed.
        device: of PyTorch.
        weights: a base encoder to begin with instead of the small one; MPNet's makes a larger network.
        begin: a model folder to go on from.
    """

    out: Path
    recipe: Recipe
    seeds: Sequence[int]
    teachers: Sequence[Path] = ()
    minutes: float = math.inf
    device: str = "cpu"
    weights: Path | None = None
    begin: Path | None = None

    def train(self, learned: Sequence[Example], held: Sequence[Example], base: Path) -> dict[str, Any] | None:
        """Train, choose and export; what held-back articles say of each seed and of their mean; None if time was up before the
        last epoch.
        """
        teachers = [_load(folder) for folder in self.teachers]
        candidates = {}
        networks = []
        for seed in self.seeds:
            recipe, folder = replace(self.recipe, seed=seed), self.out / f"seed-{seed}"
            folder.mkdir(parents=True, exist_ok=True)
            network = self._network(recipe, folder, learned, base, teachers)
            if network is None:
                return None
            networks.append(network)
            candidates[folder.name] = _finish(network, recipe, folder, held, base)
        if len(networks) > 1:
            (self.out / MEAN).mkdir(exist_ok=True)
            candidates[MEAN] = _finish(mean_of(networks, self.recipe), self.recipe, self.out / MEAN, held, base)
        return candidates

    def _network(
        self, recipe: Recipe, folder: Path, learned: Sequence[Example], base: Path, teachers: Sequence[Network]
    ) -> Network | None:
        """The trained network of a seed; None if time was up before the last epoch."""
        final = folder / "network.pt"
        if final.exists():
            return _load(folder)
        tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        network, done = fit(
            tokenizer, learned, recipe, self.weights or base / "model.safetensors", folder / "checkpoint.pt",
            lambda line: print(f"{folder}: {line}", flush=True), self.minutes, self.device, teachers, self.begin,
        )  # fmt: skip
        if not done:
            return None
        for part in network.parts().values():
            part.to("cpu")
        torch.save(network.state(), final)
        return network


def has_larger(folder: Path) -> bool:
    """Whether the network of a seed's folder has an encoder of MPNet's form."""
    return _is_larger(torch.load(folder / "network.pt", weights_only=True, mmap=True))


def _is_larger(state: Mapping[str, Any]) -> bool:
    return bool(state["encoder"]["words.weight"].shape[1] == LARGER)


def _load(folder: Path) -> Network:
    """The network of a seed's folder, of the form that it has."""
    state = torch.load(folder / "network.pt", weights_only=True)
    layers = 1 + max(int(k.split(".")[1]) for k in state["encoder"] if k.startswith("layers."))
    network = new_network(Recipe(layers=layers, larger=_is_larger(state)), None)
    network.load(state)
    network.train(False)
    return network


def _finish(network: Network, recipe: Recipe, folder: Path, held: Sequence[Example], base: Path) -> dict[str, Any]:
    """Choose, calibrate and export; returns what the held-back articles said."""
    report = folder / "chosen.json"
    if report.exists():
        found: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
        return found
    torch.set_num_threads(recipe.threads)
    model = Model(base, Trained(network), Settings(version="training"))
    pages = pages_of(model, held)
    choose_decoding(model, pages)  # by the probability of the cue alone
    calibration, judged = _calibrated(model, held, pages)
    model.settings = model.settings.model_copy(update={"calibration": calibration})
    choose_floor(model, pages)
    decoding = model.settings.decoding
    attributions = read_pages(model, pages)
    result = total(counts_of(pages, attributions))
    written = judge(pages, attributions)
    confidence = cross_calibrated(judged, written)
    for name, int8 in (("int8", True), ("fp32", False)):
        export(network, base / "tokenizer.json", folder / name, NAME, decoding, calibration, int8)
    found = {
        "recipe": asdict(recipe),
        "decoding": decoding.model_dump(),
        "held_back": {"worth": worth(result), **figures_of(result)},
        "reliability": reliability(confidence, written.right),
    }
    report.write_text(json.dumps(found, indent=1), encoding="utf-8")
    return found


def _calibrated(model: Model, held: Sequence[Example], pages: Sequence[Page]) -> tuple[Calibration, Judged]:
    """A calibration on all that the network would write, however unsure, and what it was fitted on.

    The articles come twice, as printed and with quotations signed and labelled, which are rare in print.
    """
    decoding = model.settings.decoding.model_copy(update={"floor": 0.0})
    settings = model.settings
    model.settings = settings.model_copy(update={"decoding": decoding})
    signed = pages_of(model, [with_formats(x, split_paragraphs(x.text), 1.0, random.Random(x.doc_id)) for x in held])
    judged = judge([*pages, *signed], read_pages(model, [*pages, *signed]))
    model.settings = settings
    judged = replace(judged, page=judged.page % len(pages))
    return calibrate(judged), judged
