"""Measures of attributions: predicted ones against gold ones, over documents.

Attributions are matched one to one, greedily by the Jaccard index of their content tokens, down to 0.5. *relaxed*
counts matches, *exact* those with the very same content tokens, *joint* those whose sources overlap too, *fragments*
matches of the contiguous pieces of contents. Direct speech is measured apart: recall over gold that is direct,
precision over predictions that are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .tokens import MeasuredText

MATCH = 0.5
KINDS = ("direct", "mixed", "indirect")
Attribution = dict[str, Any]


@dataclass(frozen=True)
class _Item:
    """An attribution, or a fragment of one, as token sets."""

    content: frozenset[int]
    source: frozenset[int]
    cue: frozenset[int]
    head: int | None
    kind: str
    fragments: tuple[tuple[frozenset[int], str], ...] = ()


def count_document(text: str, gold: Iterable[Attribution], predicted: Iterable[Attribution]) -> Counter[str]:
    """Counts of one document; add them up over documents and give the sum to ``measures``."""
    measured = MeasuredText(text)
    g, p = _items(measured, gold), _items(measured, predicted)
    counts: Counter[str] = Counter()
    _count_tokens(counts, measured, g, p)
    for side, items in (("gold", g), ("pred", p)):
        counts[side] += len(items)
        counts.update(f"{side}_{i.kind}" for i in items)
    for a, b in _match(g, p):
        overlap = _same_source(a, b)
        heads = a.head in b.source and b.head in a.source if a.head is not None or b.head is not None else overlap
        outcome = {
            "matched": True,
            "exact": a.content == b.content,
            "src": overlap,
            "head": heads,
            "same": measured.without_article(a.source) == measured.without_article(b.source),
        }
        for name, holds in outcome.items():
            if holds:
                counts.update((name, f"{name}_gold_{a.kind}", f"{name}_pred_{b.kind}"))
        if a.source:
            counts["sourced"] += 1
            counts["sourced_src"] += overlap
    _count_fragments(counts, g, p)
    return counts


def right(text: str, gold: Iterable[Attribution], predicted: Sequence[Attribution]) -> list[bool]:
    """Whether each predicted attribution is right: matched to a gold one with an overlapping source (the measure *joint*)."""
    measured = MeasuredText(text)
    items = [_items(measured, [p]) for p in predicted]
    pairs = _match(_items(measured, gold), [i for found in items for i in found])
    good = {id(b) for a, b in pairs if _same_source(a, b)}
    return [bool(found) and id(found[0]) in good for found in items]


def measures(c: Counter[str]) -> dict[str, Any]:
    """Precision, recall and F1 (0 to 1) from summed counts."""
    out: dict[str, Any] = {
        "counts": {k: c[k] for k in ("gold", "pred", "matched", *(f"{s}_{k}" for s in ("gold", "pred") for k in KINDS))},
        "content_tokens": _prf(c["tok_both"], c["tok_pred"], c["tok_both"], c["tok_gold"]),
        "quoted_tokens": _prf(c["qtok_both"], c["qtok_pred"], c["qtok_both"], c["qtok_gold"]),
    }
    for name, key in (("relaxed", "matched"), ("exact", "exact"), ("joint", "src")):
        out[name] = _prf(c[key], c["pred"], c[key], c["gold"])
    out["source_on_matched"] = {
        "overlap": _ratio(c["src"], c["matched"]),
        "head": _ratio(c["head"], c["matched"]),
        "exact": _ratio(c["same"], c["matched"]),
        "overlap_where_gold_has_source": _ratio(c["sourced_src"], c["sourced"]),
    }
    for name, key in (("fragments", "frag"), ("fragments_joint", "frag_src")):
        out[name] = _prf(c[key], c["frag_pred"], c[key], c["frag_gold"])
    for kind in KINDS:
        out[kind] = {
            name: _prf(c[f"{key}_pred_{kind}"], c[f"pred_{kind}"], c[f"{key}_gold_{kind}"], c[f"gold_{kind}"])
            for name, key in (("relaxed", "matched"), ("exact", "exact"), ("joint", "src"))
        }
        matched = c[f"matched_gold_{kind}"]
        out[kind]["source_on_matched"] = {
            name: _ratio(c[f"{key}_gold_{kind}"], matched)
            for name, key in (("overlap", "src"), ("head", "head"), ("exact", "same"))
        }
    for name, key in (("fragments", "dfrag"), ("fragments_joint", "dfrag_src")):
        out["direct"][name] = _prf(c[f"{key}_matched_pred"], c["dfrag_pred"], c[f"{key}_matched_gold"], c["dfrag_gold"])
    return out


def _items(text: MeasuredText, attributions: Iterable[Attribution]) -> list[_Item]:
    items = []
    for a in attributions:
        spans = a.get("content") or []
        content = text.content_tokens(spans) if spans else frozenset()
        if content:
            source = a.get("source") or []
            items.append(
                _Item(
                    content,
                    text.tokens_in(source),
                    text.tokens_in(a.get("cue") or []),
                    text.head(source),
                    text.kind(spans),
                    tuple(text.fragments(spans)),
                )
            )
    return items


def _count_tokens(counts: Counter[str], text: MeasuredText, gold: Sequence[_Item], predicted: Sequence[_Item]) -> None:
    g = frozenset().union(*(i.content for i in gold))
    p = frozenset().union(*(i.content for i in predicted))
    quoted = frozenset(n for n, (start, _) in enumerate(text.tokens) if text.quoted[start])
    for prefix, a, b in (("tok", g, p), ("qtok", g & quoted, p & quoted)):
        counts[f"{prefix}_gold"] += len(a)
        counts[f"{prefix}_pred"] += len(b)
        counts[f"{prefix}_both"] += len(a & b)


def _count_fragments(counts: Counter[str], gold: Sequence[_Item], predicted: Sequence[_Item]) -> None:
    g, p = ([replace(i, content=f, kind=kind) for i in items for f, kind in i.fragments] for items in (gold, predicted))
    for side, items in (("gold", g), ("pred", p)):
        counts[f"frag_{side}"] += len(items)
        counts[f"dfrag_{side}"] += sum(i.kind == "direct" for i in items)
    for a, b in _match(g, p):
        overlap = _same_source(a, b)
        counts["frag"] += 1
        counts["frag_src"] += overlap
        for side, item in (("gold", a), ("pred", b)):
            if item.kind == "direct":
                counts[f"dfrag_matched_{side}"] += 1
                counts[f"dfrag_src_matched_{side}"] += overlap


def _match(gold: Sequence[_Item], predicted: Sequence[_Item]) -> list[tuple[_Item, _Item]]:
    """One-to-one pairs by descending Jaccard index; ties go to shared sources, then shared cues, then text order."""
    holders: dict[int, list[int]] = {}
    for n, item in enumerate(predicted):
        for token in item.content:
            holders.setdefault(token, []).append(n)
    ranked = []
    for i, a in enumerate(gold):
        for j in {n for token in a.content for n in holders.get(token, ())}:
            b = predicted[j]
            jaccard = _jaccard(a.content, b.content)
            if jaccard >= MATCH:
                ranked.append((-jaccard, not _same_source(a, b), not a.cue & b.cue, i, j))
    pairs, used_gold, used_predicted = [], set(), set()
    for *_, i, j in sorted(ranked):
        if i not in used_gold and j not in used_predicted:
            used_gold.add(i)
            used_predicted.add(j)
            pairs.append((gold[i], predicted[j]))
    return pairs


def _jaccard(a: frozenset[int], b: frozenset[int]) -> float:
    both = len(a & b)
    return both / (len(a) + len(b) - both) if both else 0.0


def _same_source(a: _Item, b: _Item) -> bool:
    return bool(a.source & b.source) or not (a.source or b.source)


def _prf(true_p: int, predicted: int, true_r: int, gold: int) -> dict[str, float]:
    p, r = _ratio(true_p, predicted), _ratio(true_r, gold)
    return {"p": p, "r": r, "f": 2 * p * r / (p + r) if p + r else 0.0}


def _ratio(a: int, b: int) -> float:
    return a / b if b else 0.0
