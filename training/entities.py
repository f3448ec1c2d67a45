"""Named entities against gold ones: exact spans and types."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from onrecord.text.view import Entity

from .corpora import ENTITY_TYPES
from .corpora import Entity as Gold


def count_entities(gold: Sequence[Gold], found: Iterable[Entity]) -> Counter[str]:
    """Counts of one article: ``gold``, ``pred`` and ``both``, alone and by type."""
    theirs = {(e.start, e.end, e.kind) for e in gold if e.kind is not None}
    ours = {(e.start, e.end, e.kind) for e in found}
    counts: Counter[str] = Counter()
    for name, items in (("gold", theirs), ("pred", ours), ("both", theirs & ours)):
        counts[name] += len(items)
        counts.update(f"{name}_{kind}" for _, _, kind in items)
    return counts


def entity_measures(counts: Counter[str]) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 (0 to 1), over all types and by type."""
    out = {}
    for kind in ("", *ENTITY_TYPES):
        end = f"_{kind}" if kind else ""
        p = counts["both" + end] / max(counts["pred" + end], 1)
        r = counts["both" + end] / max(counts["gold" + end], 1)
        out[kind or "all"] = {"p": p, "r": r, "f": 2 * p * r / (p + r) if p + r else 0.0}
    return out
