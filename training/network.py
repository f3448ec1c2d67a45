"""The network in PyTorch: a small BERT encoder and the heads that read attributions, entities and, in training, syntax.

Encoder: MiniLM (Wang et al. 2020), six layers of 384, initialised from all-MiniLM-L6-v2. The pair head labels every
wordpiece of a window for one cue at a time, so that nested and crossing attributions need no linking rules.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from onrecord.quotes.windows import SHAPES, STATES

HIDDEN = 384
PAIR = 128
REACH = 64  # buckets of distance on either side of a cue
TAGS = 7  # O, B/I of cue, source, content
ANCHOR = 7  # the column after them: first wordpiece of a cue
ENTITIES = 9  # O, B/I of four kinds
COLUMNS = TAGS + 1 + ENTITIES
LABELS = 4  # other, source, cue, content


class Layer(nn.Module):
    """A layer of BERT, normalised after each half."""

    def __init__(self, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(HIDDEN, HIDDEN)
        self.key = nn.Linear(HIDDEN, HIDDEN)
        self.value = nn.Linear(HIDDEN, HIDDEN)
        self.output = nn.Linear(HIDDEN, HIDDEN)
        self.output_norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, 4 * HIDDEN)
        self.down = nn.Linear(4 * HIDDEN, HIDDEN)
        self.down_norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """Hidden states [batch, length, 384]; mask [batch, 1, 1, length] of what may be seen, or None for all."""
        b, n, _ = x.shape
        q, k, v = (f(x).view(b, n, self.heads, HIDDEN // self.heads).transpose(1, 2) for f in (self.query, self.key, self.value))
        scores = torch.matmul(q * (HIDDEN // self.heads) ** -0.5, k.transpose(2, 3))
        if mask is not None:
            scores = scores + torch.where(mask, 0.0, -1e4).to(scores.dtype)
        with torch.autocast(x.device.type, enabled=False):  # in the precision of the scores
            weights = torch.softmax(scores, -1)
        a = torch.matmul(weights, v)
        x = self.output_norm(x + self.dropout(self.output(a.transpose(1, 2).reshape(b, n, HIDDEN))))
        return self.down_norm(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Wordpieces in, for each the logits of tags, anchor and entities [.., 17] and what the pair head needs [.., 512]."""

    def __init__(self, layers: int = 6, vocabulary: int = 30522, heads: int = 12) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, HIDDEN)
        self.words.weight.requires_grad = False
        self.positions = nn.Embedding(512, HIDDEN)
        self.kind = nn.Parameter(torch.zeros(HIDDEN))
        self.shapes = nn.Embedding(SHAPES, HIDDEN)
        self.states = nn.Embedding(STATES, HIDDEN)
        nn.init.normal_(self.shapes.weight, std=0.02)
        nn.init.normal_(self.states.weight, std=0.02)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer(heads) for _ in range(layers))
        self.dropout = nn.Dropout(0.1)
        self.tag = nn.Linear(HIDDEN, COLUMNS)
        self.project = nn.Linear(HIDDEN, 4 * PAIR)

    def hidden(self, ids: Tensor, shapes: Tensor, states: Tensor, mask: Tensor | None) -> Tensor:
        """Hidden states of the last layer, [batch, length, 384]."""
        at = torch.arange(ids.shape[1], device=ids.device)
        x = self.words(ids) + self.positions(at)[None] + self.kind + self.shapes(shapes) + self.states(states)
        x = self.dropout(self.norm(x))
        for layer in self.layers:
            x = layer(x, mask)
        return self.dropout(x)

    def forward(self, ids: Tensor, shapes: Tensor, states: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Logits of the token heads and projections for the pair head."""
        h = self.hidden(ids, shapes, states, mask)
        return self.tag(h), self.project(h)


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

    def __init__(self, relations: int) -> None:
        super().__init__()
        self.child = nn.Linear(HIDDEN, 96)
        self.parent = nn.Linear(HIDDEN, 96)
        self.relation = nn.Linear(HIDDEN, relations)

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


def load_base(encoder: Encoder, weights: Path) -> None:
    """Initialise an encoder from a BERT checkpoint in safetensors; layers beyond the encoder's are left out evenly.

    Raises:
        KeyError: the file holds no such checkpoint.
    """
    from safetensors.torch import load_file

    base = load_file(str(weights))
    count = 1 + max(int(k.split(".")[2]) for k in base if k.startswith("encoder.layer."))
    with torch.no_grad():
        encoder.words.weight.copy_(base["embeddings.word_embeddings.weight"])
        encoder.positions.weight.copy_(base["embeddings.position_embeddings.weight"])
        encoder.kind.copy_(base["embeddings.token_type_embeddings.weight"][0])
        _copy(encoder.norm, base, "embeddings.LayerNorm")
        for layer, number in zip(encoder.layers, evenly(len(encoder.layers), count), strict=True):
            at = f"encoder.layer.{number}."
            for own, theirs in (
                ("query", "attention.self.query"),
                ("key", "attention.self.key"),
                ("value", "attention.self.value"),
                ("output", "attention.output.dense"),
                ("output_norm", "attention.output.LayerNorm"),
                ("up", "intermediate.dense"),
                ("down", "output.dense"),
                ("down_norm", "output.LayerNorm"),
            ):
                _copy(getattr(layer, own), base, at + theirs)


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


def _copy(module: Any, base: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(base[f"{name}.weight"])
    module.bias.copy_(base[f"{name}.bias"])
