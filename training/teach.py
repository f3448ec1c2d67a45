"""Articles without gold attributions, read by trained models: what they agree on is learned from, where they differ nothing is.

Self-training with agreement (Zhou and Li 2005): presses and topics that the gold does not know.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pipeline.evaluation.tokens import MeasuredText
from pipeline.language.model import Model

from .choose import as_gold, pages_of, read_pages
from .corpora import Example

AGREE = 0.8  # Jaccard index of contents from which two readings are one


def teach(models: Sequence[Model], examples: Iterable[Example], path: Path) -> int:
    """Write what the models agree on, a line an article; returns the number of attributions."""
    total = 0
    with path.open("w", encoding="utf-8") as out:
        for example in examples:
            record = taught(models, example)
            total += len(record["attributions"])
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
    return total


def taught(models: Sequence[Model], example: Example) -> dict[str, Any]:
    """An article with the attributions that all models read alike, and the cues of the others."""
    measured = MeasuredText(example.text)
    readings = []
    for model in models:
        (found,) = read_pages(model, pages_of(model, [example]))
        readings.append([gold for _, gold in as_gold(found) if gold["cue"]])
    agreed: list[dict[str, Any]] = []
    unsure: list[dict[str, Any]] = []
    for a in readings[0]:
        twins = [next((b for b in other if _alike(measured, a, b)), None) for other in readings[1:]]
        (agreed if all(twins) else unsure).append(a)
    kept = {tuple(a["cue"][0]) for a in agreed}
    others = [b["cue"][0] for other in readings[1:] for b in other if not any(_overlap(b["cue"][0], k) for k in kept)]
    return {
        "doc_id": example.doc_id,
        "text": example.text,
        "attributions": agreed,
        "unsure": sorted({tuple(c) for c in [*(a["cue"][0] for a in unsure), *others]}),
    }


def _alike(text: MeasuredText, a: dict[str, Any], b: dict[str, Any]) -> bool:
    if not _overlap(a["cue"][0], b["cue"][0]):
        return False
    x, y = text.content_tokens(a["content"]), text.content_tokens(b["content"])
    both = len(x & y)
    sources = text.tokens_in(a["source"]) & text.tokens_in(b["source"]) or not (a["source"] or b["source"])
    return bool(sources) and both >= AGREE * (len(x) + len(y) - both)


def _overlap(a: Sequence[int], b: Sequence[int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]
