"""The attribution network at work: windows in, attributions and named entities as spans of characters out.

The weights are a folder: ``encoder.onnx`` (wordpieces to token logits and projections), ``pair.onnx`` (for each cue a
label for every wordpiece), ``tokenizer.json`` and ``model.json`` (version, decoding settings, calibration). Each window is
one call without padding: its numbers, down to the ranges that int8 arithmetic takes from it, depend on nothing else.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean
from typing import Any, ClassVar, Literal, Protocol

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, ValidationError

from ..text.chars import Chars
from ..text.view import ENTITY_KINDS, Entity
from .decode import CONTENT, CUE, OTHER, SOURCE, Floats, Ints, distance_buckets, log_softmax, runs, viterbi
from .windows import Window

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
class FoundCue:
    """An attribution as the network reads it, and what speaks for it, by the names of EVIDENCE."""

    cue: list[Chars]
    source: list[Chars]
    content: list[Chars]
    features: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class WindowReading:
    """What the network finds in a window; ``content`` holds for every wordpiece the probability of being content."""

    window: Window
    attributions: list[FoundCue]
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

    _ahead: ClassVar[dict[Path, Future[Exported]]] = {}

    @classmethod
    def load_ahead(cls, folder: Path) -> None:
        """Begin to load weights in a thread: most of it is ONNX Runtime's own work, which leaves the interpreter to others."""
        loader = ThreadPoolExecutor(1)
        cls._ahead[folder] = loader.submit(cls, folder)
        loader.shutdown(wait=False)

    @classmethod
    def of(cls, folder: Path) -> Exported:
        """The weights of a folder: those that were loaded ahead, or else loaded now."""
        ahead = cls._ahead.pop(folder, None)
        return ahead.result() if ahead is not None else cls(folder)

    def __init__(self, folder: Path) -> None:
        import onnxruntime

        self.folder = folder
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self.encoder, self.pair = (
            onnxruntime.InferenceSession(
                str(folder / f"{name}.onnx"), options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER
            )
            for name in ("encoder", "pair")
        )

    def __reduce__(self) -> tuple[type[Exported], tuple[Path]]:
        return Exported, (self.folder,)  # sessions cannot be pickled: another process loads its own

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
            self.arithmetic: Arithmetic = arithmetic or Exported.of(folder)
        except Exception as error:  # the libraries raise types of their own for what is missing or broken
            raise ModelError(f"model {folder}: {' '.join(str(error).split())}") from None
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # one thread, as the sessions
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()

    def read(self, windows: Iterable[Window]) -> Iterator[WindowReading]:
        """Read windows, in order. Each is read by itself; only the label sequences are decoded together."""
        d = self.settings.decoding
        cost = np.full((4, 4), d.other_switch, np.float32)
        cost[OTHER, CONTENT] = cost[CONTENT, OTHER] = d.content_switch
        np.fill_diagonal(cost, 0)
        held: list[_Numbers] = []
        for window in windows:
            columns, projected = self.arithmetic.encode(window)
            anchors: Floats = np.asarray(1 / (1 + np.exp(-columns[:, _ANCHOR])), np.float32)
            at = np.flatnonzero((anchors > d.candidate) & (window.starts >= 0))
            pairs = self.arithmetic.pairs(projected, at) if len(at) else np.empty((0, len(window), 4), np.float32)
            held.append(_Numbers(window, at, anchors[at], pairs, columns))
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
    columns: Floats


def _decoded(held: Sequence[_Numbers], cost: Floats) -> Iterator[WindowReading]:
    """Readings of several windows: what is done to each wordpiece alone is done to those of all windows at once."""
    if not held:
        return
    sizes = [len(n.window) for n in held]
    columns = np.concatenate([n.columns for n in held])
    content = np.exp(log_softmax(columns[:, :_TAGS]))[:, 5:7].sum(-1)
    entities = _entities([n.window for n in held], log_softmax(columns[:, _ANCHOR + 1 :]))
    scores, labels = _labels(held, cost)
    row = at = 0
    for n, size, named in zip(held, sizes, entities, strict=True):
        rows = slice(row, row + len(n.at))
        own = _attributions(n, scores[rows, :size], labels[rows, :size]) if len(n.at) else []
        yield WindowReading(n.window, own, named, content[at : at + size])
        row, at = rows.stop, at + size


def _labels(held: Sequence[_Numbers], cost: Floats) -> tuple[Floats, npt.NDArray[np.int8]]:
    """Log-probabilities [cues, length, 4] and best labels [cues, length] for the cues of several windows.

    The shorter windows are padded behind their end, where it costs nothing to stay.
    """
    found = [n for n in held if len(n.at)]
    if not found:
        return np.empty((0, 0, 4), np.float32), np.empty((0, 0), np.int8)
    scores = np.zeros((sum(len(n.at) for n in found), max(len(n.window) for n in found), 4), np.float32)
    nowhere = np.zeros(scores.shape[:2], np.float32)
    row = 0
    for n in found:
        rows = slice(row, row + len(n.at))
        scores[rows, : len(n.window)] = n.pairs
        nowhere[rows, : len(n.window)] = n.window.starts < 0
        row = rows.stop
    scores = log_softmax(scores)
    scores[:, :, 1:] -= 9 * nowhere[:, :, None]
    labels = viterbi(scores, cost)
    labels[np.arange(row), np.concatenate([n.at for n in found])] = CUE
    return scores, labels


def _attributions(numbers: _Numbers, scores: Floats, labels: npt.NDArray[np.int8]) -> list[FoundCue]:
    """One attribution for each cue, the surest first; a cue word that another cue holds opens none of its own."""
    window, anchors = numbers.window, numbers.anchors
    evidence = _evidence(labels, anchors, scores).tolist()
    read = runs(labels, window.starts, window.ends)
    out: list[FoundCue] = []
    taken: set[int] = set()
    for k in np.argsort(-anchors, kind="stable").tolist():
        spans = read[k]
        if int(numbers.at[k]) in taken or not spans[CONTENT]:
            continue
        taken.update(np.flatnonzero(labels[k] == CUE).tolist())
        source = spans[SOURCE]
        if len(source) > 1:
            source = _surest(window, source, np.where(labels[k] == SOURCE, np.exp(scores[k][:, SOURCE]), 0))
        out.append(FoundCue(spans[CUE], source, spans[CONTENT], dict(zip(EVIDENCE, evidence[k], strict=True))))
    return out


def _evidence(labels: npt.NDArray[np.int8], anchors: Floats, scores: Floats) -> Floats:
    """The evidence for each cue [cues, names of EVIDENCE]."""
    sure = np.take_along_axis(scores, labels[:, :, None].astype(np.intp), 2)[:, :, 0]
    content, source = labels == CONTENT, labels == SOURCE
    long, wide = content.sum(1), source.sum(1)
    of_content = np.where(content, sure, 0)
    columns = (
        np.log(anchors / np.maximum(1 - anchors, 1e-6)),
        of_content.sum(1) / np.maximum(long, 1),
        np.exp(of_content.min(1)),
        np.where(wide > 0, np.where(source, sure, 0).sum(1) / np.maximum(wide, 1), -1),
        wide == 0,
        np.where(labels == OTHER, sure, 0).sum(1),
        np.log(np.maximum(long, 1)),
        content[:, 1:3].any(1) | content[:, -3:].any(1),
    )
    return np.stack(columns, 1).astype(np.float32)


def _surest(window: Window, found: list[Chars], weight: Floats) -> list[Chars]:
    """Of several runs of source labels the one that holds most of their probability."""
    return [max(found, key=lambda s: float(weight[(window.starts >= s[0]) & (window.starts < s[1])].sum()))]


_MAY_FOLLOW = np.zeros((9, 9), np.float32)  # cost of a tag after a tag: I-X only after B-X or I-X
for _kind in range(4):
    _MAY_FOLLOW[:, 2 + 2 * _kind] = 1e4
    _MAY_FOLLOW[1 + 2 * _kind, 2 + 2 * _kind] = _MAY_FOLLOW[2 + 2 * _kind, 2 + 2 * _kind] = 0


def _entities(windows: Sequence[Window], scores: Floats) -> list[list[Entity]]:
    """The entities of each window; ``scores`` are log-probabilities of the tags of all their wordpieces, one below the other."""
    words = [w.words for w in windows]
    begins = np.cumsum([0, *(len(w) for w in windows)])
    firsts = np.concatenate([own + lo for own, lo in zip(words, begins, strict=False)])
    goes_on = np.ones(len(scores), bool)
    goes_on[firsts] = False
    scores[goes_on, 1::2] = scores[goes_on, 2::2]  # a wordpiece that goes on with a word can only be inside, or outside
    summed = np.add.reduceat(scores, firsts, axis=0)
    counts = [len(own) for own in words]
    padded = np.zeros((len(words), max(counts), scores.shape[-1]), np.float32)
    row = 0
    for k, count in enumerate(counts):
        padded[k, :count] = summed[row : row + count]
        row += count
    tags = np.concatenate([path[:count] for path, count in zip(viterbi(padded, _MAY_FOLLOW), counts, strict=True)])
    starts, ends = np.concatenate([w.starts for w in windows]), np.concatenate([w.ends for w in windows])
    lasts = np.append(firsts[1:], len(scores)) - 1
    sure = scores[firsts, tags].tolist()
    opened = np.flatnonzero((tags > 0) & (starts[firsts] >= 0))
    out: list[list[Entity]] = [[] for _ in windows]
    window_of = np.searchsorted(begins, firsts[opened], side="right") - 1
    inside, of, tagged = opened.tolist(), window_of.tolist(), tags[opened].tolist()
    k = 0
    while k < len(inside):
        begin, kind = k, (tagged[k] - 1) // 2
        while k + 1 < len(inside) and inside[k + 1] == inside[k] + 1 and tagged[k + 1] == 2 + 2 * kind:
            k += 1
        first, last = inside[begin], inside[k]
        span = int(starts[firsts[first]]), int(ends[lasts[last]])
        out[of[begin]].append(Entity(*span, ENTITY_KINDS[kind], math.exp(fmean(sure[first : last + 1]))))
        k += 1
    return out
