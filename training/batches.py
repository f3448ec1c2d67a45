"""Windows with their gold labels, and batches of them as tensors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from onrecord.quotes.decode import CONTENT, CUE, SOURCE, distance_buckets
from onrecord.quotes.windows import WINDOW, Window, pack, read_pieces
from onrecord.text.view import ArticleView

from .corpora import ENTITY_TYPES, Chars, Example

Ints = npt.NDArray[np.int64]
IGNORE = -100
SILVER = 0.2  # weight of entities that a parser found
RELATIONS = (
    "ROOT acl advcl advmod amod appos aux auxpass case cc ccomp compound conj cop csubj dep det discourse dobj expl iobj mark "
    "mwe neg nmod nsubj nsubjpass nummod parataxis punct xcomp"
).split()
_RELATION = {name: i for i, name in enumerate(RELATIONS)}


@dataclass(slots=True)
class Sample:
    """A window and what is to be learned of it."""

    window: Window
    tags: Ints | None
    anchors: dict[int, Ints] = field(default_factory=dict)
    entities: Ints | None = None
    entity_weight: float = 1.0
    heads: Ints | None = None
    relations: Ints | None = None


@dataclass(slots=True)
class Batch:
    """Tensors of some windows: [windows, length] unless said otherwise."""

    ids: Tensor
    shapes: Tensor
    states: Tensor
    mask: Tensor
    tags: Tensor
    anchors: Tensor
    anchor_mask: Tensor
    entities: Tensor
    entity_weight: Tensor
    heads: Tensor
    relations: Tensor
    pair_window: Tensor
    pair_at: Tensor
    pair_labels: Tensor
    pair_distance: Tensor

    def to(self, device: str) -> Batch:
        """The batch on another device."""
        return Batch(*(getattr(self, f.name).to(device) for f in fields(self)))


def samples(tokenizer: Any, example: Example, limit: int = WINDOW) -> Iterator[Sample]:
    """The windows of an article with their labels."""
    for window in pack(read_pieces(tokenizer, ArticleView.of_text(example.text), limit), limit):
        sample = Sample(window, _tags(window, example) if example.attributions is not None else None)
        for a in example.attributions or ():
            if not a.cue:
                continue
            at = np.flatnonzero(_within(window, a.cue))
            if not len(at):
                continue
            labels = np.zeros(len(window), np.int64)
            for spans, label in ((a.content, CONTENT), (a.source, SOURCE), (a.cue, CUE)):
                labels[_within(window, spans)] = label
            sample.anchors[int(at[0])] = labels
        if example.entities is not None:
            sample.entities = _entities(window, example)
            sample.entity_weight = 1.0 if example.gold_entities else SILVER
        if example.words:
            sample.heads, sample.relations = _syntax(window, example)
        yield sample


def _within(window: Window, spans: Sequence[Chars]) -> npt.NDArray[np.bool_]:
    hit = np.zeros(len(window), bool)
    for s, e in spans:
        hit |= (window.starts >= s) & (window.starts < e)
    return hit


def _tags(window: Window, example: Example) -> Ints:
    tags = np.zeros(len(window), np.int64)
    for base, part in ((5, "content"), (3, "source"), (1, "cue")):  # cue over source over content
        spans = [s for a in example.attributions or () for s in getattr(a, part)]
        for span in sorted(spans, key=lambda s: s[0] - s[1]):
            at = np.flatnonzero(_within(window, [span]))
            if len(at):
                tags[at] = base + 1
                tags[at[0]] = base
    return tags


def _entities(window: Window, example: Example) -> Ints:
    out = np.zeros(len(window), np.int64)
    for entity in example.entities or ():
        at = np.flatnonzero(_within(window, [(entity.start, entity.end)]))
        if not len(at):
            continue
        if entity.kind is None:
            out[at] = IGNORE
        else:
            base = 1 + 2 * ENTITY_TYPES.index(entity.kind)
            out[at] = base + 1
            out[at[0]] = base
    return out


def _syntax(window: Window, example: Example) -> tuple[Ints, Ints]:
    """The position of the head of each word's first wordpiece (itself for a root), and the relation."""
    heads = np.full(len(window), IGNORE, np.int64)
    relations = np.full(len(window), IGNORE, np.int64)
    first = {int(s): i for i, s in reversed(list(enumerate(window.starts))) if s >= 0}
    at = [first.get(w.start, -1) if w.start >= 0 else -1 for w in example.words]
    for i, w in zip(at, example.words, strict=True):
        if i < 0:
            continue
        relations[i] = _RELATION.get(w.relation, IGNORE)
        j = i if w.head < 0 else at[w.head]
        if j >= 0:
            heads[i] = j
    return heads, relations


def batches(all_samples: Sequence[Sample], pieces: int, rng: np.random.Generator) -> Iterator[list[Sample]]:
    """Batches of windows of like length, about ``pieces`` wordpieces each, in an order by chance."""
    order = sorted(all_samples, key=lambda s: len(s.window) + float(rng.random()) * 30)
    groups: list[list[Sample]] = [[]]
    for s in order:
        if groups[-1] and (len(groups[-1]) + 1) * len(s.window) > pieces:
            groups.append([])
        groups[-1].append(s)
    for i in rng.permutation(len(groups)):
        yield groups[int(i)]


def collate(group: Sequence[Sample]) -> Batch:
    """Tensors of a batch, padded to its longest window."""
    n, length = len(group), max(len(s.window) for s in group)

    def padded(rows: Sequence[Ints | None], fill: int) -> Tensor:
        out = np.full((n, length), fill, np.int64)
        for i, row in enumerate(rows):
            if row is not None:
                out[i, : len(row)] = row
        return torch.from_numpy(out)

    mask = padded([np.ones(len(s.window), np.int64) for s in group], 0)
    anchors = torch.zeros(n, length)
    known = torch.tensor([[float(s.tags is not None)] for s in group])
    at: list[tuple[int, int, Ints]] = [(i, p, labels) for i, s in enumerate(group) for p, labels in s.anchors.items()]
    for i, p, _ in at:
        anchors[i, p] = 1
    labels = np.full((len(at), length), IGNORE, np.int64)
    for k, (_, _, row) in enumerate(at):
        labels[k, : len(row)] = row
    return Batch(
        padded([s.window.ids for s in group], 0),
        padded([s.window.shapes for s in group], 0),
        padded([s.window.states for s in group], 0),
        mask,
        padded([s.tags for s in group], IGNORE),
        anchors,
        mask.float() * known,
        padded([s.entities for s in group], IGNORE),
        torch.tensor([[s.entity_weight] for s in group]).expand(n, length),
        padded([s.heads for s in group], IGNORE),
        padded([s.relations for s in group], IGNORE),
        torch.tensor([i for i, _, _ in at], dtype=torch.long),
        torch.tensor([p for _, p, _ in at], dtype=torch.long),
        torch.from_numpy(labels),
        torch.from_numpy(distance_buckets([p for _, p, _ in at], length)),
    )
