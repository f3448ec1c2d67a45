"""The network under training in the place of its exported weights."""

from __future__ import annotations

import torch

from onrecord.quotes.decode import Floats, Ints, distance_buckets
from onrecord.quotes.windows import Window

from .network import Network


class Trained:
    """An arithmetic for :class:`pipeline.language.model.Model` that asks the network itself, in 32-bit floats."""

    def __init__(self, network: Network) -> None:
        self.network = network
        network.train(False)

    @torch.inference_mode()
    def encode(self, window: Window) -> tuple[Floats, Floats]:
        """Token logits and projections of a window."""
        columns, projected = self.network.encoder(
            *(torch.from_numpy(x)[None] for x in (window.ids, window.shapes, window.states))
        )
        return columns[0].numpy(), projected[0].numpy()

    @torch.inference_mode()
    def pairs(self, projected: Floats, at: Ints) -> Floats:
        """Label logits of a window for the cues at ``at``."""
        p = torch.from_numpy(projected)
        logits: Floats = self.network.pair(p[at], p[None], torch.from_numpy(distance_buckets(at, len(p)))).numpy()
        return logits
