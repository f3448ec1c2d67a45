"""The settings of a training run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Recipe:
    """What a training run is made of."""

    seed: int = 1
    epochs: float = 5
    layers: int = 6
    larger: bool = False  # an encoder of MPNet's form
    pieces: int = 2560  # wordpieces a batch
    rate: float = 2e-4  # of the encoder
    head_rate: float = 1e-3
    warmup: float = 0.06
    average: float = 0.999  # of the running mean of the weights
    syntax: float = 0.3  # weight of the parse's loss
    entities: float = 6.0
    entity_share: float = 1.0  # of the articles with entities only that an epoch reads
    augment: bool = True
    world: int = 2  # times that an epoch reads an article with attributions and gold entities
    distil: float = 0.0  # weight of the teachers' probabilities, of one; the rest is the gold's
    changed: float = 0.0  # share of the windows that teachers read with other words, of which the gold says nothing
    threads: int = 1
    bf16: bool = True
