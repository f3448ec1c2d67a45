"""Windows with some words changed for words that mean nearly the same: more text for teachers to read (Jiao et al. 2020).

What the gold says of a window may not hold for other words; what teachers hold probable is asked anew.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from .batches import IGNORE, Batch

NEAREST = 12  # words that one may be changed for
RATE = 0.2  # of the words of a window that is changed
_SHORTEST = 3  # letters of a word that is changed: others hold sentences together
_AT_ONCE = 2000


class Wording:
    """The nearest words of every word that is one wordpiece, by the teacher's own embeddings.

    Args:
        tokenizer: of the base encoder.
        words: embeddings [vocabulary, width].
        share: of the windows that are changed.
    """

    def __init__(self, tokenizer: Any, words: Tensor, share: float) -> None:
        self.share = share
        vocabulary = {k: word for word, k in tokenizer.get_vocab().items()}
        whole = torch.tensor([k for k, w in sorted(vocabulary.items()) if len(w) >= _SHORTEST and w.isascii() and w.isalpha()])
        self.goes_on = torch.tensor([vocabulary.get(k, "").startswith("##") for k in range(len(words))])
        self.near = torch.full((len(words), NEAREST), -1)
        vectors = F.normalize(words.detach()[whole].float(), dim=-1)
        for first in range(0, len(whole), _AT_ONCE):
            own = whole[first : first + _AT_ONCE]
            likeness = vectors[first : first + _AT_ONCE] @ vectors.T
            likeness[torch.arange(len(own)), torch.arange(first, first + len(own))] = -1
            self.near[own] = whole[likeness.topk(NEAREST).indices]

    def changed(self, batch: Batch) -> Batch:
        """The batch with a share of its windows changed, by chance; of these no gold is told."""
        ids = batch.ids.cpu()
        rows = torch.rand(len(ids)) < self.share
        part = self.goes_on[ids]  # a word of several wordpieces stays
        part[:, :-1] |= part[:, 1:].clone()
        there = (torch.rand(ids.shape) < RATE) & rows[:, None] & ~part & (self.near[ids][..., 0] >= 0)
        other = self.near[ids].gather(2, torch.randint(NEAREST, (*ids.shape, 1)))[..., 0]
        rows = rows.to(batch.ids.device)
        untold = {
            name: getattr(batch, name).masked_fill(rows[:, None], IGNORE) for name in ("tags", "entities", "heads", "relations")
        }
        return replace(
            batch,
            ids=torch.where(there, other, ids).to(batch.ids.device),
            anchor_mask=batch.anchor_mask.masked_fill(rows[:, None], 0.0),
            pair_labels=batch.pair_labels.masked_fill(rows[batch.pair_window][:, None], IGNORE),
            **untold,
        )
