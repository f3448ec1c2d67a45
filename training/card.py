"""The model card: tables from the scores, and what was found by reading (``findings.md`` beside this module)."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

FINDINGS = Path(__file__).parent / "findings.md"
PEOPLE = {  # PolNeAR's annotators with each other, 20 articles
    "content tokens": 91.3, "relaxed": 79.6, "exact": 69.0, "joint": 75.4, "source head": 93.3, "direct joint": 97.0,
    "direct exact": 92.3, "direct fragments": 98.2,
}  # fmt: skip

_HEAD = """# Model card: {version}

Finds attributions in English news (who is said to have said, thought or wanted what, and by which words) and names persons,
organisations, places and nationalities or groups, in one pass. Weights of Onrecord; written by `python -m training`.

## What it is

- Encoder: {encoder}, uncased, word embeddings
  frozen; two small embeddings a wordpiece tell its shape (case, digits, points) and its place in a quotation.
- Heads: cue (first wordpiece), tags of cue, source and content, named entities, and for each cue a label for every wordpiece of
  its window. In training also the heads and relations of automatic parses. {epochs:g} epochs, weights averaged.
- int8 (dynamic, by output channel, 7 bits), ONNX, one thread, one window of at most 254 wordpieces a call: no padding, no batch,
  so a decision depends on nothing but its window. Integer sums are exact on every x86-64; what is left in 32-bit floats (layer
  norm, softmax, GELU) may differ in the last digits between processors, which moves a decision only where two labels are
  equally good.
- Settings and confidence were chosen on {held} training articles that were held back by a hash of their id.

## Data and licences

| data | use | licence as stated by its authors |
|---|---|---|
| PolNeAR 1.0 (Newell et al. 2018), train: US political news | attributions | published freely; texts: seven publishers |
| automatic analyses (CoreNLP) of the same articles | entities (weight 0.2), parses | as above |
| English Worldwide Newswire (Shan et al. 2023), train: news from outside the West | entities | Stanford NLP, no licence file |
| {world} of the same articles, annotated for this project | attributions | as the articles |
| {base} | encoder at the start | Apache-2.0 |{of_teachers}

Rewritten copies of the articles were learned from too: other quotation marks, capitals, people with names from the worldwide
newswire, roles and titles of many presses, datelines, signed and labelled quotations.{taught}

## Intended use

Reading English news for who said what, with a person behind who checks what matters: a row points to its exact words. Not for
other languages, for literature, or for deciding anything about a person unseen.
"""


def write_card(scores: Mapping[str, Any], path: Path) -> None:
    """Write the card of a model from what training and measuring left."""
    parts = [_about(scores)]
    if "figures" in scores:
        parts += [_attributions(scores), _gains(scores), _seeds(scores), _publishers(scores), _styles(scores)]
    if "entities" in scores:
        parts.append(_entities(scores))
    chosen = scores["candidates"][scores["chosen"]]
    parts.append(_reliability(chosen["reliability"], chosen["decoding"]["floor"]))
    if FINDINGS.exists():
        parts.append(FINDINGS.read_text(encoding="utf-8"))
    path.write_text("\n".join(p.rstrip() + "\n" for p in parts if p), encoding="utf-8")


def _about(scores: Mapping[str, Any]) -> str:
    recipe = scores["recipe"]
    taught = f" It went on from the weights of {scores['begin']}." if scores.get("begin") else ""
    if recipe["distil"]:
        taught += f" Learned from what {scores['teachers']} larger networks hold probable too, weight {recipe['distil']:g}"
        taught += f"; {recipe['changed']:.0%} of the windows with some words changed for near ones." if recipe["changed"] else "."
    of_teachers = (
        "\n| all-mpnet-base-v2 | its teacher's encoder at the start | Apache-2.0 |" if scores.get("larger_teachers") else ""
    )
    larger = recipe.get("larger", False)
    encoder = "MPNet, {} layers of 768 (109 million parameters with twelve), from {}" if larger else (
        "MiniLM, {} layers of 384 (22.7 million parameters with six), from {}"
    )  # fmt: skip
    base = "all-mpnet-base-v2" if larger else "all-MiniLM-L6-v2"
    return _HEAD.format(
        encoder=encoder.format(recipe["layers"], base),
        base=base,
        version=scores.get("version", "attribution"),
        epochs=recipe["epochs"],
        held=scores["held"],
        world=scores.get("world_learned", 0),
        taught=taught,
        of_teachers=of_teachers,
    )


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table in Markdown; floats with one decimal."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    for row in rows:
        lines.append("| " + " | ".join(f"{v:.1f}" if isinstance(v, float) else str(v) for v in row) + " |")
    return "\n".join(lines) + "\n"


def _attributions(scores: Mapping[str, Any]) -> str:
    rows = []
    world = scores.get("world", {})
    for name, value in scores["figures"].items():
        lo, hi = scores["intervals"][name]
        rows.append((name, value, f"{lo:.1f} to {hi:.1f}", PEOPLE.get(name, ""), world.get(name, "")))
    return (
        f"## Attributions: PolNeAR dev, {scores['dev']} articles, and the world's press, {scores.get('world_dev', 0)}\n\n"
        "F1 in percent (source head: accuracy on matches), 95 % intervals by bootstrap over articles; people: PolNeAR's "
        "annotators with each other on 20 other articles.\n\n" + table(("measure", "PolNeAR", "95 %", "people", "world"), rows)
    )


def _gains(scores: Mapping[str, Any]) -> str:
    out = ""
    for system, gains in scores.get("gains", {}).items():
        rows = [(name, f"{gain:+.1f}", f"{lo:+.1f} to {hi:+.1f}") for name, (gain, lo, hi) in gains.items()]
        out += f"### Against {system}\n\nPaired bootstrap over the same articles, points of F1.\n\n"
        out += table(("measure", "gain", "95 %"), rows) + "\n"
    return out


def _seeds(scores: Mapping[str, Any]) -> str:
    candidates, chosen = scores["by_candidate"], scores["chosen"]
    rows = []
    for name in scores["figures"]:
        values = [s["int8"][name] for c, s in candidates.items() if c.startswith("seed")]
        cost = candidates[chosen]["fp32"][name] - candidates[chosen]["int8"][name]
        spread = statistics.stdev(values) if len(values) > 1 else 0.0
        each = [s["int8"][name] for s in candidates.values()]
        rows.append((name, statistics.mean(values), f"{spread:.1f}", *each, f"{cost:+.2f}"))
    head = ("measure", "mean of seeds", "standard deviation", *candidates, "lost by int8")
    return (
        f"### Training seeds\n\nint8; *{chosen}* ships, {_why(scores)} (*mean*: the mean of the weights of all seeds). Lost by "
        f"int8: 32-bit floats less int8, of *{chosen}*.\n\n" + table(head, rows)
    )


def _why(scores: Mapping[str, Any]) -> str:
    """Why the network that ships was taken: by what settings are chosen by, on held-back articles."""
    chosen, best = scores["chosen"], scores["best"]
    if chosen == best:
        return "the best on held-back articles"
    behind = 100 * (scores["candidates"][best]["held_back"]["worth"] - scores["candidates"][chosen]["held_back"]["worth"])
    return f"accepted before the others were trained; *{best}* is {behind:.2f} points of mean F1 better on held-back articles"


def _publishers(scores: Mapping[str, Any]) -> str:
    names = ("joint", "exact", "source head", "direct joint", "indirect joint")
    parts = {"publisher": scores["publishers"], "country or outlet": scores.get("countries", {})}
    return "\n".join(
        f"### By {what}\n\n"
        + table((what, "articles", *names), [(p, int(f["articles"]), *(f[n] for n in names)) for p, f in of.items()])
        for what, of in parts.items()
        if of
    )


def _styles(scores: Mapping[str, Any]) -> str:
    names = ("joint", "exact", "direct joint", "direct exact", "direct fragments")
    rows = [("as printed", *(scores["figures"][n] for n in names))]
    rows += [(style, *(f[n] for n in names)) for style, f in (scores["styles"] | scores.get("changes", {})).items()]
    return "### The same articles, changed\n\nMarks first: types are told on the articles as printed.\n\n" + table(
        ("", *names), rows
    )


def _entities(scores: Mapping[str, Any]) -> str:
    rows = [(kind, m["p"], m["r"], m["f"]) for kind, m in scores["entities"].items()]
    each = ", ".join(f"{c} {f:.1f}" for c, f in scores["entities_by_candidate"].items())
    return (
        "## Entities: worldwide newswire dev\n\nExact span and type; places include facilities.\n\n"
        + table(("type", "precision", "recall", "F1"), rows)
        + f"\nF1 over all types: {each}.\n"
    )


def _reliability(bands: Sequence[Mapping[str, float]], floor: float) -> str:
    rows = [(f"from {b['from']:.2f}", int(b["count"]), f"{b['mean']:.2f}", f"{b['right']:.2f}") for b in bands]
    return (
        f"## Confidence\n\nAn attribution is written from a confidence of {floor:g}; a quotation that no cue reports where it "
        "reads as speech. Held-back articles, each judged by a calibration that has not seen it: what share of the "
        "attributions is right (content matched, source overlapping).\n\n"
        + table(("confidence", "attributions", "mean confidence", "right"), rows)
    )
