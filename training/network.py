"""The network in PyTorch: an encoder and the heads that read attributions, entities and, in training, syntax.

Encoder: MiniLM (Wang et al. 2020), six layers of 384, initialised from all-MiniLM-L6-v2; or MPNet (Song et al. 2020), twelve of
768, from all-mpnet-base-v2, which reads better and some three times slower: a teacher. The pair head labels every wordpiece of a
window for one cue at a time, so that nested and crossing attributions need no linking rules.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from onrecord.quotes.windows import SHAPES, STATES

HIDDEN, LARGER = 384, 768  # width of the encoder, small and large
EPSILON = {HIDDEN: 1e-12, LARGER: 1e-5}  # of the normalisation
HEADS = 12
NEAR, FAR, BUCKETS = 8, 128, 32  # MPNet tells distances to NEAR apart, and FAR and further not at all
PAIR = 128
REACH = 64  # buckets of distance on either side of a cue
TAGS = 7  # O, B/I of cue, source, content
ANCHOR = 7  # the column after them: first wordpiece of a cue
ENTITIES = 9  # O, B/I of four kinds
COLUMNS = TAGS + 1 + ENTITIES
LABELS = 4  # other, source, cue, content


class Layer(nn.Module):
    """A layer of BERT, normalised after each half."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.size = width // HEADS
        self.query = nn.Linear(width, width)
        self.key = nn.Linear(width, width)
        self.value = nn.Linear(width, width)
        self.output = nn.Linear(width, width)
        self.output_norm = nn.LayerNorm(width, eps=EPSILON[width])
        self.up = nn.Linear(width, 4 * width)
        self.down = nn.Linear(4 * width, width)
        self.down_norm = nn.LayerNorm(width, eps=EPSILON[width])
        self.dropout = nn.Dropout(0.1)

    def forward(self, x: Tensor, bias: Tensor | None) -> Tensor:
        """Hidden states [batch, length, width]; bias, or None: what is added to the scores [batch, heads, length, length]."""
        b, n, _ = x.shape
        q, k, v = (f(x).view(b, n, HEADS, self.size).transpose(1, 2) for f in (self.query, self.key, self.value))
        scores = torch.matmul(q * self.size**-0.5, k.transpose(2, 3))
        if bias is not None:
            scores = scores + bias.to(scores.dtype)
        with torch.autocast(x.device.type, enabled=False):  # in the precision of the scores
            weights = torch.softmax(scores, -1)
        a = torch.matmul(weights, v)
        x = self.output_norm(x + self.dropout(self.output(a.transpose(1, 2).reshape(b, n, HEADS * self.size))))
        return self.down_norm(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Wordpieces in, for each the logits of tags, anchor and entities [.., 17] and what the pair head needs [.., 512].

    Args:
        layers: how many.
        larger: MPNet's form: wider, and each head of attention knows how far off a wordpiece is.
    """

    def __init__(self, layers: int = 6, larger: bool = False, vocabulary: int = 30522) -> None:
        super().__init__()
        width = LARGER if larger else HIDDEN
        self.words = nn.Embedding(vocabulary, width)
        self.words.weight.requires_grad = False
        self.positions = nn.Embedding(512, width)
        self.kind = nn.Parameter(torch.zeros(width))
        self.shapes = nn.Embedding(SHAPES, width)
        self.states = nn.Embedding(STATES, width)
        nn.init.normal_(self.shapes.weight, std=0.02)
        nn.init.normal_(self.states.weight, std=0.02)
        self.distances = nn.Embedding(BUCKETS, HEADS) if larger else None
        self.norm = nn.LayerNorm(width, eps=EPSILON[width])
        self.layers = nn.ModuleList(Layer(width) for _ in range(layers))
        self.dropout = nn.Dropout(0.1)
        self.tag = nn.Linear(width, COLUMNS)
        self.project = nn.Linear(width, 4 * PAIR)

    @property
    def larger(self) -> bool:
        """Whether it is of MPNet's form."""
        return self.distances is not None

    def hidden(self, ids: Tensor, shapes: Tensor, states: Tensor, mask: Tensor | None) -> Tensor:
        """Hidden states of the last layer [batch, length, width]; mask of what may be seen [batch, 1, 1, length], None: all."""
        at = torch.arange(ids.shape[1], device=ids.device)
        x = self.words(ids) + self.positions(at)[None] + self.kind + self.shapes(shapes) + self.states(states)
        x = self.dropout(self.norm(x))
        bias = None if mask is None else torch.where(mask, 0.0, -1e4)
        if self.distances is not None:
            near = self.distances(_buckets(at[None] - at[:, None])).permute(2, 0, 1)[None]
            bias = near if bias is None else near + bias
        for layer in self.layers:
            x = layer(x, bias)
        return self.dropout(x)

    def forward(self, ids: Tensor, shapes: Tensor, states: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Logits of the token heads and projections for the pair head."""
        h = self.hidden(ids, shapes, states, mask)
        return self.tag(h), self.project(h)


def _buckets(distance: Tensor) -> Tensor:
    """The bucket of each distance (Raffel et al. 2020): half of them for what follows; the far ones grow wider."""
    far = distance.abs()
    half = BUCKETS // 2
    grown = torch.log(far.clamp(min=1).float() / NEAR) / math.log(FAR / NEAR) * (half - NEAR)
    return torch.where(far < NEAR, far, (NEAR + grown.long()).clamp(max=half - 1)) + half * (distance > 0).long()


class Pair(nn.Module):
    """For each cue, logits of other, source, cue and content for every wordpiece of its window."""

    def __init__(self) -> None:
        super().__init__()
        self.distance = nn.Embedding(2 * REACH + 1, PAIR)
        nn.init.normal_(self.distance.weight, std=0.3)
        self.times = nn.Linear(PAIR, PAIR)
        self.near = nn.Linear(5 * PAIR, PAIR)
        self.wide = nn.Linear(5 * PAIR, PAIR)
        self.out = nn.Linear(PAIR, LABELS)
        self.dropout = nn.Dropout(0.1)

    def forward(self, anchor: Tensor, window: Tensor, distance: Tensor, mask: Tensor | None = None) -> Tensor:
        """Logits [cues, length, 4].

        Args:
            anchor: projections at the cues [cues, 512].
            window: projections of the windows [cues, length, 512], or [1, length, 512] where all cues share one.
            distance: buckets of the distance to the cue [cues, length].
            mask: 1.0 for wordpieces that are there [cues, length, 1]; None where all are.
        """
        d = PAIR
        both = self.times(anchor[:, None, 2 * d : 3 * d] * window[..., 3 * d :])
        z = F.gelu(anchor[:, None, :d] + window[..., d : 2 * d] + self.distance(distance).to(both.dtype) + both)
        z = z if mask is None else z * mask
        z = z + F.gelu(self.near(self._around(self.dropout(z), 1)))
        z = z if mask is None else z * mask
        z = z + F.gelu(self.wide(self._around(self.dropout(z), 3)))
        return self.out(self.dropout(z))

    def _around(self, z: Tensor, step: int) -> Tensor:
        n = z.shape[1]
        padded = F.pad(z, (0, 0, 2 * step, 2 * step))
        return torch.cat([padded[:, i * step : i * step + n] for i in range(5)], -1)


class Syntax(nn.Module):
    """Heads and relations of a dependency parse, in training only: they teach the encoder where clauses begin and end."""

    def __init__(self, relations: int, width: int = HIDDEN) -> None:
        super().__init__()
        self.child = nn.Linear(width, 96)
        self.parent = nn.Linear(width, 96)
        self.relation = nn.Linear(width, relations)

    def forward(self, hidden: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Scores of every wordpiece as head of every other [batch, length, length], and of relations."""
        scores = self.child(hidden) @ self.parent(hidden).transpose(1, 2) / math.sqrt(96)
        return scores.masked_fill(~mask[:, None, :], -1e4), self.relation(hidden)


@dataclass
class Network:
    """The three parts that are trained."""

    encoder: Encoder
    pair: Pair
    syntax: Syntax

    def parts(self) -> dict[str, nn.Module]:
        return {"encoder": self.encoder, "pair": self.pair, "syntax": self.syntax}

    def state(self) -> dict[str, Any]:
        return {name: part.state_dict() for name, part in self.parts().items()}

    def load(self, state: dict[str, Any]) -> None:
        for name, part in self.parts().items():
            part.load_state_dict(state[name])

    def train(self, on: bool) -> None:
        for part in self.parts().values():
            part.train(on)
