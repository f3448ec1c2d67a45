"""What is chosen on held-back articles: settings of the decoder, and the calibration of the confidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from onrecord.evaluation.measures import count_document, measures, right
from onrecord.quotes.attribution import Attribution, find_attributions
from onrecord.quotes.decode import Floats, Ints
from onrecord.quotes.model import EVIDENCE, Arithmetic, Calibration, Model, WindowReading
from onrecord.quotes.windows import Window, pack, read_pieces
from onrecord.text.view import ArticleView

from .corpora import Example

Gold = dict[str, list[list[int]]]
GRID: dict[str, Sequence[float]] = {
    "content_switch": (1.0, 1.5, 2.0, 3.0, 4.0),
    "other_switch": (0.0, 0.3, 0.6, 1.0, 1.5),
    "floor": (0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65),
    "snap": (0.2, 0.3, 0.4, 0.5),
    "floating": (0.3, 0.5, 0.6, 0.7, 0.8, 0.9),
    "floating_words": (2, 3, 4, 5, 7),
}
FLOORS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)
SLACK = 0.0005  # what a higher floor may cost: of the rows that it leaves out about half are wrong
BANDS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
NAMES = (*EVIDENCE, "direct", "mixed", "line", "loose", "follows")


class Remembered:
    """An arithmetic that is asked once a window, for trying many settings."""

    def __init__(self, inner: Arithmetic) -> None:
        self.inner = inner
        self.encoded: dict[int, tuple[Window, Floats, Floats]] = {}  # by id of the window, which is kept so that it stays its own
        self.labelled: dict[tuple[int, int], Floats] = {}
        self.asked = 0

    def encode(self, window: Window) -> tuple[Floats, Floats]:
        """Token logits and projections."""
        self.asked = id(window)
        if self.asked not in self.encoded:
            self.encoded[self.asked] = (window, *self.inner.encode(window))
        return self.encoded[self.asked][1:]

    def pairs(self, projected: Floats, at: Ints) -> Floats:
        """Labels for cues of the window that was encoded last."""
        new = [int(k) for k in at if (self.asked, int(k)) not in self.labelled]
        if new:
            for k, row in zip(new, self.inner.pairs(projected, np.asarray(new)), strict=True):
                self.labelled[self.asked, k] = row
        return np.stack([self.labelled[self.asked, int(k)] for k in at])


@dataclass
class Page:
    """A gold article, cut into windows once."""

    example: Example
    view: ArticleView
    windows: list[Window]


def pages_of(model: Model, examples: Iterable[Example]) -> list[Page]:
    """Articles as the model reads them."""
    out = []
    for example in examples:
        view = ArticleView.of_text(example.text)
        out.append(Page(example, view, list(pack(read_pieces(model.tokenizer, view)))))
    return out


def read_pages(model: Model, pages: Sequence[Page]) -> list[list[Attribution]]:
    """The attributions of each page."""
    found: list[list[Attribution]] = []
    for page in pages:
        readings: list[WindowReading] = list(model.read(page.windows))
        settings = model.settings
        found.append(find_attributions(page.view, readings, settings.decoding, settings.calibration))
    return found


def as_gold(attributions: Sequence[Attribution]) -> list[tuple[Attribution, Gold]]:
    """Attributions in the gold's form, what continues joined to what it continues."""
    out: dict[int, tuple[Attribution, Gold]] = {}
    for a in attributions:
        root = a
        while root.continues is not None:
            root = root.continues
        source = [list(root.source)] if root.source is not None else []
        whole = out.setdefault(id(root), (root, {"source": source, "cue": [], "content": []}))[1]
        whole["content"] += [list(c) for c in a.content]
        whole["cue"] = whole["cue"] or ([list(a.cue_span)] if a.cue_span is not None else [])
    return list(out.values())


def counts_of(pages: Sequence[Page], found: Sequence[Sequence[Attribution]]) -> list[Counter[str]]:
    """Counts of each page, for the measures and their intervals."""
    return [
        count_document(page.example.text, page.example.gold, [g for _, g in as_gold(own)])
        for page, own in zip(pages, found, strict=True)
    ]


def total(counts: Iterable[Counter[str]]) -> dict[str, Any]:
    """Measures over pages."""
    out: Counter[str] = Counter()
    for c in counts:
        out.update(c)
    return measures(out)


def worth(result: dict[str, Any]) -> float:
    """What settings are chosen by: F1 of content tokens, exact, joint and of direct speech, weighed alike."""
    measured = result["content_tokens"], result["exact"], result["joint"], result["direct"]["joint"]
    return sum(float(m["f"]) for m in measured) / len(measured)


def choose_decoding(model: Model, pages: Sequence[Page], told: Callable[[str], None] = print) -> None:
    """Choose the settings one after the other, each at its best for what was chosen before; the model has them then."""
    model.arithmetic = Remembered(model.arithmetic)
    for name, values in GRID.items():
        before = getattr(model.settings.decoding, name)
        scores = _worths(model, pages, name, values, told)
        _decode_with(model, name, max(scores, key=lambda v: (scores[v], v == before)))


def choose_floor(model: Model, pages: Sequence[Page], told: Callable[[str], None] = print) -> None:
    """Choose the confidence from which an attribution is written: the highest that costs next to nothing."""
    scores = _worths(model, pages, "floor", FLOORS, told)
    _decode_with(model, "floor", max(v for v, s in scores.items() if s >= max(scores.values()) - SLACK))


def _worths(
    model: Model, pages: Sequence[Page], name: str, values: Sequence[float], told: Callable[[str], None]
) -> dict[float, float]:
    scores = {}
    for value in values:
        _decode_with(model, name, value)
        scores[value] = worth(total(counts_of(pages, read_pages(model, pages))))
    told(f"{name}: " + ", ".join(f"{v} {100 * s:.2f}" for v, s in scores.items()))
    return scores


def _decode_with(model: Model, name: str, value: float) -> None:
    decoding = model.settings.decoding.model_copy(update={name: value})
    model.settings = model.settings.model_copy(update={"decoding": decoding})


@dataclass(frozen=True)
class Judged:
    """Predicted attributions: what spoke for each, whether it was right, and of which article it is."""

    evidence: npt.NDArray[np.float64]
    right: npt.NDArray[np.bool_]
    page: npt.NDArray[np.int64]


def judge(pages: Sequence[Page], found: Sequence[Sequence[Attribution]]) -> Judged:
    """Compare attributions with the gold."""
    rows: list[list[float]] = []
    good: list[bool] = []
    where: list[int] = []
    for n, (page, own) in enumerate(zip(pages, found, strict=True)):
        whole = as_gold(own)
        good += right(page.example.text, page.example.gold, [g for _, g in whole])
        rows += [[root.evidence[name] for name in NAMES] for root, _ in whole]
        where += [n] * len(whole)
    return Judged(np.array(rows).reshape(-1, len(NAMES)), np.array(good, bool), np.array(where))


def calibrate(judged: Judged, penalty: float = 1.0, names: Sequence[str] = NAMES) -> Calibration:
    """Fit a logistic regression (Newton's method, ridge penalty on standardised evidence)."""
    mean, spread = judged.evidence.mean(0), judged.evidence.std(0) + 1e-6
    x = np.hstack([(judged.evidence - mean) / spread, np.ones((len(judged.right), 1))])
    w = np.zeros(x.shape[1])
    ridge = np.diag([penalty] * (x.shape[1] - 1) + [0.0])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (p - judged.right) + ridge @ w
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + ridge + 1e-9 * np.eye(len(w)), gradient)
        w -= step
        if np.abs(step).max() < 1e-8:
            break
    weights = w[:-1] / spread
    bias = float(w[-1] - weights @ mean)
    return Calibration(names=list(names), weights=[round(float(v), 6) for v in weights], bias=round(bias, 6))


def cross_calibrated(fitted_on: Judged, judged: Judged, folds: int = 5, names: Sequence[str] = NAMES) -> npt.NDArray[np.float64]:
    """The confidence of each attribution judged, from a calibration on the articles of other folds."""
    out = np.zeros(len(judged.right))
    for fold in range(folds):
        others, own = fitted_on.page % folds != fold, judged.page % folds == fold
        known = Judged(fitted_on.evidence[others], fitted_on.right[others], fitted_on.page[others])
        fitted = calibrate(known, names=names)
        out[own] = [fitted.probability(dict(zip(names, row, strict=True))) for row in judged.evidence[own]]
    return out


def reliability(
    confidence: npt.NDArray[np.float64], good: npt.NDArray[np.bool_], edges: Sequence[float] = BANDS
) -> list[dict[str, float]]:
    """For each band of confidence: how many attributions, their mean confidence, and the share that is right."""
    out = []
    for lo, hi in zip(edges, [*edges[1:], 1.01], strict=True):
        own = (confidence >= lo) & (confidence < hi)
        if own.any():
            out.append(
                {"from": lo, "count": int(own.sum()), "mean": float(confidence[own].mean()), "right": float(good[own].mean())}
            )
    return out
