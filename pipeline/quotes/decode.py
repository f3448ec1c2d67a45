"""From the network's numbers to spans: label sequences by Viterbi, runs of labels as spans of characters."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ..text.chars import Chars

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


OTHER, SOURCE, CUE, CONTENT = 0, 1, 2, 3
REACH = 64


def distance_buckets(at: Sequence[int] | Ints, length: int) -> Ints:
    """Buckets [anchors, length] of the distance of every wordpiece to each anchor: exact to 32, logarithmic beyond."""
    x = np.arange(length)[None, :] - np.asarray(at, np.int64)[:, None]
    return _BUCKETS[np.clip(x, -_FAR, _FAR) + _FAR]


def _buckets(far: int) -> Ints:
    x = np.arange(-far, far + 1)
    a = np.abs(x)
    b = np.where(a <= 32, a, np.minimum(32 + (np.log2(np.maximum(a, 1) / 32) * 11).astype(np.int64), REACH))
    return (np.sign(x) * b + REACH).astype(np.int64)


_FAR = 512
_BUCKETS = _buckets(_FAR)


def log_softmax(logits: Floats) -> Floats:
    """Log-probabilities over the last axis."""
    shifted = logits - functools.reduce(np.maximum, np.moveaxis(logits, -1, 0))[..., None]  # faster than max over few columns
    return shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))


def viterbi(scores: Floats, cost: Floats) -> npt.NDArray[np.int8]:
    """The best label sequences under a cost for each change of label (Viterbi 1967).

    Three arrays of the same form, drawn for labels O and C: a row a wordpiece, and the sequences side by side, so that one
    operation of numpy goes over all of them::

             sequence 0   sequence 1
        t=0    O   C        O   C       best[0] = steps[0]
        t=1    O   C        O   C       best[t, C] = steps[t, C] + the larger of best[t-1, O] - cost[O, C] and best[t-1, C]
        t=2    O   C        O   C       path: the best label of the last row, then upwards the one that each came from

    Args:
        scores: log-probabilities [sequences, length, labels].
        cost: of going from the label of the row to that of the column [labels, labels].
    """
    count, length, labels = scores.shape
    steps = np.ascontiguousarray(scores.transpose(1, 2, 0))  # sequences last: numpy goes over them at once
    into = np.ascontiguousarray(cost.T)[:, :, None]
    best = np.empty((length, labels, count), np.float32)
    best[0] = steps[0]
    for t in range(1, length):
        best[t] = (best[t - 1] - into).max(1) + steps[t]
    path = np.empty((length, count), np.int8)
    path[-1] = best[-1].argmax(0)
    for t in range(length - 1, 0, -1):
        path[t - 1] = (best[t - 1] - cost[:, path[t]]).argmax(0)
    return np.ascontiguousarray(path.T)


def runs(labels: npt.NDArray[np.int8], starts: Ints, ends: Ints) -> list[dict[int, list[Chars]]]:
    """For each label sequence [sequences, length] the spans of characters of the runs of each label but OTHER; a paragraph's
    marker (start -1) parts them.
    """
    shown = np.zeros((len(labels), len(starts) + 2), np.int8)
    shown[:, 1:-1] = np.where(starts >= 0, labels, OTHER)
    rows, edges = np.nonzero(shown[:, 1:] != shown[:, :-1])
    before, after = shown[rows, edges].tolist(), shown[rows, edges + 1].tolist()
    firsts, lasts = starts.tolist(), ends.tolist()
    out: list[dict[int, list[Chars]]] = [{SOURCE: [], CUE: [], CONTENT: []} for _ in labels]
    opened = 0
    for row, edge, ended, begun in zip(rows.tolist(), edges.tolist(), before, after, strict=True):
        if ended != OTHER:
            out[row][ended].append((firsts[opened], lasts[edge - 1]))
        if begun != OTHER:
            opened = edge
    return out
