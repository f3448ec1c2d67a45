"""The attribution network at work: windows in, attributions and named entities as spans of characters out.

The weights are a folder: ``encoder.onnx`` (wordpieces to token logits and projections), ``pair.onnx`` (for each cue a
label for every wordpiece), ``tokenizer.json`` and ``model.json`` (version, decoding settings, calibration). Each window is
one call without padding: its numbers, down to the ranges that int8 arithmetic takes from it, depend on nothing else.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, ValidationError

from .chars import Chars
from .decode import CONTENT, CUE, OTHER, SOURCE, Floats, Ints, distance_buckets, log_softmax, runs, viterbi
from .windows import Window

EntityKind = Literal["PERSON", "ORG", "LOC", "NORP"]
ENTITY_KINDS: tuple[EntityKind, ...] = ("PERSON", "ORG", "LOC", "NORP")
# what is told of each attribution: log odds of the cue; mean log-probability and least probability of the content; mean
# log-probability of the source, and that there is none; sum over the words left out; log of the content's length; whether it
# reaches an end of the window
EVIDENCE = ("anchor", "content", "content_low", "source", "no_source", "other", "length", "edge")
_ANCHOR, _TAGS = 7, 7
_SLOWER = ["SkipLayerNormFusion"]  # ONNX Runtime's fused kernel takes an eighth of the encoder's time more than its parts
_AT_ONCE = 128  # windows whose label sequences are decoded together


class ModelError(ValueError):
    """Weights that cannot be used, said in one line."""


class Decoding(BaseModel):
    """How the network's numbers become spans; chosen on held-back training documents."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    candidate: float = 0.25  # probability of a cue from which the network is asked for what belongs to it
    floor: float = 0.5  # confidence from which an attribution is written; a quotation that no other reports needs none
    content_switch: float = 2.0  # cost of entering or leaving content
    other_switch: float = 0.3  # cost of entering or leaving source or cue
    snap: float = 0.3  # share of a quotation that a content covers to own it whole
    floating: float = 0.5  # mean probability of content from which a quotation without a cue is speech
    floating_words: int = 3  # words that such a quotation has at least


class Calibration(BaseModel):
    """A logistic regression from what the decoder saw to the probability that utterance and mention are right."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    names: list[str]
    weights: list[float]
    bias: float

    def probability(self, features: dict[str, float]) -> float:
        """The calibrated probability for the named features."""
        z = self.bias + sum(w * features[n] for n, w in zip(self.names, self.weights, strict=True))
        return 1 / (1 + math.exp(-z))


class Settings(BaseModel):
    """``model.json``: what stands beside the weights."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    form: Literal[2] = 2
    version: str
    decoding: Decoding = Decoding()
    calibration: Calibration = Calibration(names=["anchor"], weights=[1.0], bias=0.0)  # the probability of the cue as it is


@dataclass(slots=True)
class Found:
    """An attribution as the network reads it, and what speaks for it, by the names of EVIDENCE."""

    cue: list[Chars]
    source: list[Chars]
    content: list[Chars]
    features: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity: person, organisation, place (facilities too), nationality or religious or political group."""

    start: int
    end: int
    kind: EntityKind
    probability: float


@dataclass(slots=True)
class Reading:
    """What the network finds in a window; ``quoted`` holds for every wordpiece the probability of being content."""

    window: Window
    attributions: list[Found]
    entities: list[Entity]
    content: Floats


class Arithmetic(Protocol):
    """Where the numbers come from: the exported weights, or in training the network itself."""

    def encode(self, window: Window) -> tuple[Floats, Floats]:
        """Token logits [length, 17] and projections [length, 512]."""
        ...

    def pairs(self, projected: Floats, at: Ints) -> Floats:
        """Logits [anchors, length, 4]."""
        ...


class Exported:
    """The exported weights under ONNX Runtime, one thread."""

    def __init__(self, folder: Path) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self.encoder, self.pair = (
            onnxruntime.InferenceSession(
                str(folder / f"{name}.onnx"), options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER
            )
            for name in ("encoder", "pair")
        )

    def encode(self, window: Window) -> tuple[Floats, Floats]:
        feed = {"ids": window.ids[None], "shapes": window.shapes[None], "states": window.states[None]}
        columns, projected = self.encoder.run(None, feed)
        return columns[0], projected[0]

    def pairs(self, projected: Floats, at: Ints) -> Floats:
        feed = {"anchor": projected[at], "window": projected[None], "distance": distance_buckets(at, len(projected))}
        logits: Floats = self.pair.run(None, feed)[0]
        return logits


def read_settings(folder: Path) -> Settings:
    """The settings of a model folder.

    Raises:
        ModelError: there are none, or they are not of this form.
    """
    path = folder / "model.json"
    try:
        return Settings.model_validate_json(path.read_bytes())
    except OSError as error:
        raise ModelError(f"model {folder}: {path.name}: {error.strerror}") from None
    except ValidationError as error:
        first = error.errors()[0]
        raise ModelError(f"model {folder}: {path.name}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None


class Model:
    """Tokenizer, weights and settings of a model folder.

    Raises:
        ModelError: the folder does not hold such a model.
    """

    def __init__(self, folder: Path, arithmetic: Arithmetic | None = None, settings: Settings | None = None) -> None:
        from tokenizers import Tokenizer

        self.settings = settings or read_settings(folder)
        for name in ("tokenizer.json", *(() if arithmetic else ("encoder.onnx", "pair.onnx"))):
            if not (folder / name).is_file():
                raise ModelError(f"model {folder}: {name}: no such file")
        try:
            self.tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self.arithmetic: Arithmetic = arithmetic or Exported(folder)
        except Exception as error:  # the libraries raise types of their own for what is missing or broken
            raise ModelError(f"model {folder}: {' '.join(str(error).split())}") from None
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # one thread, as the sessions
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()

    def read(self, windows: Iterable[Window]) -> Iterator[Reading]:
        """Read windows, in order. Each is read by itself; only the label sequences are decoded together."""
        d = self.settings.decoding
        cost = np.full((4, 4), d.other_switch, np.float32)
        cost[OTHER, CONTENT] = cost[CONTENT, OTHER] = d.content_switch
        np.fill_diagonal(cost, 0)
        held: list[_Numbers] = []
        for window in windows:
            columns, projected = self.arithmetic.encode(window)
            there = window.starts >= 0
            anchors = np.where(there, 1 / (1 + np.exp(-columns[:, _ANCHOR])), 0)
            at = np.flatnonzero(anchors > d.candidate)
            pairs = log_softmax(self.arithmetic.pairs(projected, at)) if len(at) else np.empty((0, len(window), 4), np.float32)
            pairs[:, ~there, 1:] -= 9
            held.append(_Numbers(window, at, anchors[at], pairs, columns[:, :_TAGS], log_softmax(columns[:, _ANCHOR + 1 :])))
            if len(held) == _AT_ONCE:
                yield from _decoded(held, cost)
                held = []
        yield from _decoded(held, cost)


@dataclass(slots=True)
class _Numbers:
    """What the network says of a window."""

    window: Window
    at: Ints
    anchors: Floats
    pairs: Floats
    tags: Floats
    entities: Floats


def _decoded(held: Sequence[_Numbers], cost: Floats) -> Iterator[Reading]:
    """Label sequences of several windows at once."""
    labels = _paths([row for n in held for row in n.pairs], cost)
    kinds = _paths([_by_word(n) for n in held], _MAY_FOLLOW)
    row = 0
    for n, tags in zip(held, kinds, strict=True):
        own = labels[row : row + len(n.at)]
        row += len(n.at)
        yield Reading(n.window, _attributions(n, own), _entities(n, tags), _content(n.tags))


def _paths(scores: Sequence[Floats], cost: Floats) -> list[npt.NDArray[np.int8]]:
    """The best path of each sequence; the shorter ones are padded behind their end, where it costs nothing to stay."""
    if not scores:
        return []
    stacked = np.zeros((len(scores), max(len(s) for s in scores), scores[0].shape[-1]), np.float32)
    for k, s in enumerate(scores):
        stacked[k, : len(s)] = s
    return [path[: len(s)] for path, s in zip(viterbi(stacked, cost), scores, strict=True)]


def _attributions(numbers: _Numbers, labels: Sequence[npt.NDArray[np.int8]]) -> list[Found]:
    """One attribution for each cue, the surest first; a cue word that another cue holds opens none of its own."""
    if not len(labels):
        return []
    window, anchors, scores = numbers.window, numbers.anchors, numbers.pairs
    path = np.stack(labels)
    path[np.arange(len(path)), numbers.at] = CUE
    evidence = _evidence(path, anchors, scores)
    out: list[Found] = []
    taken: set[int] = set()
    for k in np.argsort(-anchors, kind="stable").tolist():
        own = path[k]
        if int(numbers.at[k]) in taken:
            continue
        spans = runs(own, window.starts, window.ends)
        if not spans[CONTENT]:
            continue
        taken.update(np.flatnonzero(own == CUE).tolist())
        source = _surest(window, spans[SOURCE], np.where(own == SOURCE, np.exp(scores[k][:, SOURCE]), 0))
        told = dict(zip(EVIDENCE, evidence[k].tolist(), strict=True))
        out.append(Found(spans[CUE], source, spans[CONTENT], told))
    return out


def _evidence(path: npt.NDArray[np.int8], anchors: Floats, scores: Floats) -> Floats:
    """The evidence for each cue [cues, names of EVIDENCE]."""
    sure = np.take_along_axis(scores, path[:, :, None].astype(np.intp), 2)[:, :, 0]
    content, source = path == CONTENT, path == SOURCE
    long, wide = content.sum(1), source.sum(1)
    columns = (
        np.log(anchors / np.maximum(1 - anchors, 1e-6)),
        np.where(content, sure, 0).sum(1) / np.maximum(long, 1),
        np.exp(np.where(content, sure, 0).min(1)),
        np.where(wide > 0, np.where(source, sure, 0).sum(1) / np.maximum(wide, 1), -1),
        wide == 0,
        np.where(path == OTHER, sure, 0).sum(1),
        np.log(np.maximum(long, 1)),
        content[:, 1:3].any(1) | content[:, -3:].any(1),
    )
    return np.stack(columns, 1).astype(np.float32)


def _surest(window: Window, found: list[Chars], weight: Floats) -> list[Chars]:
    """Of several runs of source labels the one that holds most of their probability."""
    if len(found) < 2:
        return found
    return [max(found, key=lambda s: float(weight[(window.starts >= s[0]) & (window.starts < s[1])].sum()))]


def _content(tags: Floats) -> Floats:
    """Probability of the two content tags for every wordpiece."""
    p: Floats = np.exp(log_softmax(tags))[:, 5:7].sum(-1)
    return p


_MAY_FOLLOW = np.zeros((9, 9), np.float32)  # cost of a tag after a tag: I-X only after B-X or I-X
for _kind in range(4):
    _MAY_FOLLOW[:, 2 + 2 * _kind] = 1e4
    _MAY_FOLLOW[1 + 2 * _kind, 2 + 2 * _kind] = _MAY_FOLLOW[2 + 2 * _kind, 2 + 2 * _kind] = 0


def _by_word(numbers: _Numbers) -> Floats:
    """Log-probabilities of the entity tags of whole words: a wordpiece that goes on can only be inside, or outside."""
    words = numbers.window.words
    scores = numbers.entities.copy()
    goes_on = np.ones(len(scores), bool)
    goes_on[words] = False
    scores[goes_on, 1::2] = scores[goes_on, 2::2]
    summed: Floats = np.add.reduceat(scores, words, axis=0)
    return summed


def _entities(numbers: _Numbers, tags: npt.NDArray[np.int8]) -> list[Entity]:
    """Runs of tags over words."""
    window, scores, words = numbers.window, numbers.entities, numbers.window.words
    last_pieces = np.append(words[1:], len(window)) - 1
    out: list[Entity] = []
    inside = np.flatnonzero((tags > 0) & (window.starts[words] >= 0)).tolist()
    k = 0
    while k < len(inside):
        first = last = inside[k]
        kind = (int(tags[first]) - 1) // 2
        while k + 1 < len(inside) and inside[k + 1] == last + 1 and tags[last + 1] == 2 + 2 * kind:
            k += 1
            last = inside[k]
        sure = float(np.exp(scores[words[first : last + 1], tags[first : last + 1]].mean()))
        span = int(window.starts[words[first]]), int(window.ends[last_pieces[last]])
        out.append(Entity(*span, ENTITY_KINDS[kind], sure))
        k += 1
    return out
