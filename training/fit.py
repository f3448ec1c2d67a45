"""The training loop: windows in, weights out; goes on from its last checkpoint."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from .batches import RELATIONS, Sample, batches, collate, samples
from .beginnings import begin_with, load_base, load_exported
from .corpora import Example, printed
from .losses import losses
from .network import HIDDEN, LARGER, Encoder, Network, Pair, Syntax
from .recipe import Recipe
from .rewriting import augmented
from .wording import Wording


def new_network(recipe: Recipe, base: Path | None) -> Network:
    """An untrained network on the base encoder (None: from nothing, for tests).

    The heads begin alike whatever the seed, so that the weights of several runs can be averaged.
    """
    torch.manual_seed(0)
    encoder = Encoder(recipe.layers, recipe.larger)
    network = Network(encoder, Pair(), Syntax(len(RELATIONS), LARGER if recipe.larger else HIDDEN))
    if base is not None:
        load_base(network.encoder, base)
    return network


def mean_of(networks: Sequence[Network], recipe: Recipe) -> Network:
    """The network whose weights are the mean of others that began alike ("model soup", Wortsman et al. 2022)."""
    states = [n.state() for n in networks]
    out = new_network(recipe, None)
    out.load({part: {k: torch.stack([s[part][k] for s in states]).mean(0) for k in states[0][part]} for part in states[0]})
    out.train(False)
    return out


class Average:
    """A running mean of the trained weights, which generalises better than the last ones (Polyak averaging)."""

    def __init__(self, network: Network, decay: float) -> None:
        self.decay = decay
        self.mean = {k: v.detach().clone() for k, v in self._named(network).items()}
        self.steps = 0

    @staticmethod
    def _named(network: Network) -> dict[str, Tensor]:
        return {f"{n}.{k}": v for n, part in network.parts().items() for k, v in part.named_parameters() if v.requires_grad}

    @torch.no_grad()
    def add(self, network: Network) -> None:
        self.steps += 1
        weight = 1 - min(self.decay, (1 + self.steps) / (10 + self.steps))
        values = self._named(network)
        torch._foreach_lerp_(list(self.mean.values()), [values[k].detach() for k in self.mean], weight)

    @torch.no_grad()
    def apply(self, network: Network) -> None:
        for k, v in self._named(network).items():
            v.copy_(self.mean[k])


def epoch_samples(tokenizer: Any, examples: Sequence[Example], recipe: Recipe, epoch: int) -> list[Sample]:
    """The windows of one epoch: articles rewritten and packed anew, by chance but for the seed."""
    rng = random.Random(recipe.seed * 1000 + epoch)
    names, places = printed(examples, "PERSON"), printed(examples, "LOC")
    out: list[Sample] = []
    for example in examples:
        if example.attributions is None and rng.random() > recipe.entity_share:
            continue
        # articles with gold of both kinds are few: an epoch reads them more than once, each time rewritten anew
        times = recipe.world if example.attributions is not None and example.gold_entities else 1
        for _ in range(times):
            own = augmented(example, names, places, rng) if recipe.augment and names and places else example
            out.extend(samples(tokenizer, own, rng.randint(140, 254)))
    return out


def fit(
    tokenizer: Any,
    examples: Sequence[Example],
    recipe: Recipe,
    base: Path | None,
    checkpoint: Path,
    told: Callable[[str], None] = print,
    minutes: float = math.inf,
    device: str = "cpu",
    teachers: Sequence[Network] = (),
    begin: Path | None = None,
) -> tuple[Network, bool]:
    """Train; returns the network with averaged weights, and whether all epochs are done.

    Args:
        tokenizer: of the base encoder.
        examples: articles to learn from.
        recipe: settings.
        base: weights of the base encoder.
        checkpoint: a file; it is written after each epoch, and gone on from where it is there and of the same recipe.
        told: takes a line of progress.
        minutes: stop after an epoch once so much time has passed; call again to go on.
        device: of PyTorch: ``cpu``, ``cuda``.
        teachers: trained networks whose probabilities are learned too; the first gives the weights to begin with, if it is of the
            same form.
        begin: a model folder whose weights to begin with instead.
    """
    torch.set_num_threads(recipe.threads)
    network = new_network(recipe, base)
    if begin is not None:
        load_exported(network, begin)
    elif teachers and teachers[0].encoder.larger == recipe.larger:
        begin_with(network, teachers[0])
    if teachers:
        if recipe.bf16:
            for part in (p for t in teachers for p in t.parts().values()):
                part.to(torch.bfloat16)
        told(f"learning what {len(teachers)} teachers hold probable too, weight {recipe.distil:g}")
    wording = Wording(tokenizer, teachers[0].encoder.words.weight, recipe.changed) if teachers and recipe.changed else None
    for part in (p for n in (network, *teachers) for p in n.parts().values()):
        part.to(device)
    encoder = [p for n, p in network.encoder.named_parameters() if p.requires_grad and not n.startswith(("tag", "project"))]
    heads = [p for n, p in network.encoder.named_parameters() if n.startswith(("tag", "project"))]
    heads += [*network.pair.parameters(), *network.syntax.parameters()]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": recipe.rate}, {"params": heads, "lr": recipe.head_rate}], weight_decay=0.01
    )
    rates = [g["lr"] for g in optimizer.param_groups]
    average = Average(network, recipe.average)
    first, step = 0, 0
    total = 0
    if checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=True, map_location=device)
        if saved["recipe"] != asdict(recipe):
            raise ValueError(f"{checkpoint} is of another recipe: remove it or choose another folder")
        network.load(saved["network"])
        optimizer.load_state_dict(saved["optimizer"])
        average.mean, average.steps = saved["mean"], saved["average_steps"]
        first, step, total = saved["epoch"], saved["step"], saved["total"]
        told(f"going on after epoch {first}")
    clock = time.monotonic()
    network.train(True)
    done = first >= recipe.epochs
    for epoch in range(first, math.ceil(recipe.epochs)):
        seen = 0
        at = time.monotonic()
        torch.manual_seed(recipe.seed * 7919 + epoch)
        windows = epoch_samples(tokenizer, examples, recipe, epoch)
        groups = list(batches(windows, recipe.pieces, np.random.default_rng((recipe.seed, epoch))))
        if not total:
            total = math.ceil(len(groups) * recipe.epochs)
        told(f"epoch {epoch + 1}: {len(windows)} windows, {len(groups)} batches, prepared in {time.monotonic() - at:.0f} s")
        at = time.monotonic()
        sums: dict[str, float] = {}
        for k, group in enumerate(groups):
            if step >= total:
                break
            batch = collate(group).to(device)
            parts = losses(network, wording.changed(batch) if wording is not None else batch, recipe, teachers)
            loss = torch.stack(list(parts.values())).sum()
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_([p for p in encoder + heads if p.grad is not None], 1.0)
            scale = min(1.0, (step + 1) / (recipe.warmup * total)) * max(0.02, 1 - step / total)
            for g, rate in zip(optimizer.param_groups, rates, strict=True):
                g["lr"] = rate * scale
            optimizer.step()
            average.add(network)
            step += 1
            seen += int(batch.mask.sum())
            for name, value in parts.items():
                sums[name] = sums.get(name, 0.0) + float(value.detach())
            if (k + 1) % 100 == 0:
                means = " ".join(f"{name} {value / 100:.4f}" for name, value in sums.items())
                told(f"  {k + 1}/{len(groups)} {means} | {seen / (time.monotonic() - at):.0f} pieces/s")
                sums = {}
        saved = {
            "recipe": asdict(recipe), "network": network.state(), "optimizer": optimizer.state_dict(), "mean": average.mean,
            "average_steps": average.steps, "epoch": epoch + 1, "step": step, "total": total,
        }  # fmt: skip
        torch.save(saved, checkpoint.with_suffix(".part"))
        checkpoint.with_suffix(".part").replace(checkpoint)
        told(f"epoch {epoch + 1} done after {(time.monotonic() - clock) / 60:.1f} min")
        done = epoch + 1 >= recipe.epochs
        if (time.monotonic() - clock) / 60 > minutes:
            break
    average.apply(network)
    network.train(False)
    return network, done
