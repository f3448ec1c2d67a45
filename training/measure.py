"""Measures of a model on articles that it was not trained on: attributions, other presses' marks, entities."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from onrecord.evaluation.measures import count_document, measures
from onrecord.quotes.model import Model
from onrecord.text.paragraphs import Paragraph, split_paragraphs

from .choose import as_gold, counts_of, pages_of, read_pages, total
from .corpora import Example
from .entities import count_entities, entity_measures
from .rewriting import STYLES, mark_edits, with_case, with_dateline, with_formats, with_names

DRAWS = 2000


def figures_of(result: dict[str, Any]) -> dict[str, float]:
    """The measures that a card reports, in percent."""
    direct, mixed, indirect = (result[kind] for kind in ("direct", "mixed", "indirect"))
    return {
        "content tokens": 100 * result["content_tokens"]["f"],
        "relaxed": 100 * result["relaxed"]["f"],
        "exact": 100 * result["exact"]["f"],
        "joint": 100 * result["joint"]["f"],
        "source head": 100 * result["source_on_matched"]["head"],
        "direct joint": 100 * direct["joint"]["f"],
        "direct exact": 100 * direct["exact"]["f"],
        "direct fragments": 100 * direct["fragments"]["f"],
        "mixed joint": 100 * mixed["joint"]["f"],
        "indirect joint": 100 * indirect["joint"]["f"],
    }


@dataclass(frozen=True)
class Attributions:
    """Counts by article, and what follows from them."""

    counts: list[Counter[str]]
    publishers: list[str]

    def figures(self) -> dict[str, float]:
        """The figures over all articles."""
        return figures_of(total(self.counts))

    def intervals(self, seed: int = 0) -> dict[str, tuple[float, float]]:
        """95 % intervals of the figures: bootstrap over articles (Efron 1979)."""
        rng = random.Random(seed)
        drawn = [figures_of(total(rng.choices(self.counts, k=len(self.counts)))) for _ in range(DRAWS)]
        out = {}
        for name in drawn[0]:
            values = sorted(d[name] for d in drawn)
            out[name] = values[int(0.025 * DRAWS)], values[int(0.975 * DRAWS)]
        return out

    def by_publisher(self) -> dict[str, dict[str, float]]:
        """The figures of each publisher's articles, and how many there are."""
        out = {}
        for name in sorted(set(self.publishers)):
            own = [c for c, p in zip(self.counts, self.publishers, strict=True) if p == name]
            out[name] = {"articles": len(own), **figures_of(total(own))}
        return out

    def gain_over(self, other: Attributions, seed: int = 0) -> dict[str, tuple[float, float, float]]:
        """Differences to another system on the same articles: mean and 95 % interval, bootstrap over pairs."""
        rng = random.Random(seed)
        drawn: list[dict[str, float]] = []
        for _ in range(DRAWS):
            chosen = rng.choices(range(len(self.counts)), k=len(self.counts))
            ours, theirs = (figures_of(total([c[i] for i in chosen])) for c in (self.counts, other.counts))
            drawn.append({k: ours[k] - theirs[k] for k in ours})
        mine, theirs_all = self.figures(), other.figures()
        out = {}
        for name in mine:
            values = sorted(d[name] for d in drawn)
            out[name] = mine[name] - theirs_all[name], values[int(0.025 * DRAWS)], values[int(0.975 * DRAWS)]
        return out


def measure_attributions(model: Model, examples: Sequence[Example]) -> Attributions:
    """Read articles and compare with the gold."""
    pages = pages_of(model, examples)
    return Attributions(counts_of(pages, read_pages(model, pages)), [publisher_of(x.doc_id) for x in examples])


def measure_predictions(examples: Sequence[Example], predicted: dict[str, Any]) -> Attributions:
    """Compare another system's attributions, by ``doc_id`` in the gold's form."""
    counts = []
    for x in examples:
        counts.append(count_document(x.text, x.gold, predicted.get(x.doc_id, [])))
    return Attributions(counts, [publisher_of(x.doc_id) for x in examples])


def publisher_of(doc_id: str) -> str:
    """The publisher, where ids begin with it."""
    return doc_id.split("_")[0]


def measure_styles(model: Model, examples: Sequence[Example]) -> dict[str, dict[str, float]]:
    """The figures on the same articles with their marks changed; offsets are taken back to the text as it was."""
    out = {}
    for style in STYLES:
        counts: Counter[str] = Counter()
        for x in examples:
            text, origin = _restyled(x.text, style)
            (attributions,) = read_pages(model, pages_of(model, [replace(x, text=text)]))
            found = [g for _, g in as_gold(attributions)]
            back = [{part: [[origin[s], origin[e]] for s, e in spans] for part, spans in a.items()} for a in found]
            counts += count_document(x.text, x.gold, back)
        out[style] = figures_of(measures(counts))
    return out


def _restyled(text: str, style: str) -> tuple[str, list[int]]:
    """The text with other marks, and for each of its offsets the offset in the text as it was."""
    parts: list[str] = []
    origin: list[int] = []
    at = 0
    for edit in mark_edits(text, style):
        assert edit.text is not None
        parts += [text[at : edit.start], edit.text]
        origin += [*range(at, edit.start), *([edit.start] * len(edit.text))]
        at = edit.end
    return "".join([*parts, text[at:]]), [*origin, *range(at, len(text) + 1)]


def measure_changes(
    model: Model, examples: Sequence[Example], names: Sequence[str], places: Sequence[str]
) -> dict[str, dict[str, float]]:
    """The figures on the same articles rewritten, their annotations with them.

    Args:
        model: to measure.
        examples: articles; people are renamed where they hold entities.
        names: of people.
        places: for datelines.
    """

    def each(change: Callable[[Example, Sequence[Paragraph], random.Random], Example]) -> dict[str, float]:
        rewritten = [change(x, split_paragraphs(x.text), random.Random(x.doc_id)) for x in examples]
        return measure_attributions(model, rewritten).figures()

    return {
        "people from the worldwide newswire": each(lambda x, _, rng: with_names(x, names, rng)),
        "all in capitals": each(lambda x, p, _: with_case(x, p, "upper")),
        "headline case": each(lambda x, p, _: with_case(x, p, "title")),
        "no capitals": each(lambda x, p, _: with_case(x, p, "lower")),
        "datelines": each(lambda x, p, rng: with_dateline(x, p, places, rng)),
        "signatures, labels, transcripts": each(lambda x, p, rng: with_formats(x, p, 1.0, rng)),
    }


def measure_entities(model: Model, examples: Sequence[Example]) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 in percent over all types and by type, exact spans."""
    counts: Counter[str] = Counter()
    for page, x in zip(pages_of(model, examples), examples, strict=True):
        counts += count_entities(x.entities or (), [e for r in model.read(page.windows) for e in r.entities])
    return {kind: {k: 100 * v for k, v in m.items()} for kind, m in entity_measures(counts).items()}
