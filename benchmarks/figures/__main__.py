"""Figures on three sets of cases, side by side with quantulum3, Recognizers-Text and, where it is installed, CQE.

    python -m benchmarks.figures [--recognizers FOLDER] [--quantulum3 quantities.json] [--errors]

Without arguments: the project's own specification, by all. ``FOLDER`` holds the English specifications of Recognizers-Text
(NumberModel.json and the like), ``quantities.json`` the test cases of quantulum3: over these this project is measured over all
cases, and again without the classes that a record of news leaves out on purpose (``cases.LEFT_OUT``). The peers come with
``pip install -e '.[benchmark]'``; CQE pins versions that others need newer, so that it wants an environment of its own.

A quantity is right if its words overlap the gold's and its value (of a range or vague one: both ends) is the same; *+unit*: the
unit too, over quantities that have one; *+modifier*: how it is bounded too (of CQE, which has one sign for *at least* and *more
than*: to which side). A range against a gold end is right in value.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from .cases import Case, Quantity, own_cases, quantulum_cases, recognizers_cases
from .systems import System, cqe, onrecord, onrecord_kind, quantulum3, recognizers

_MEASURES: dict[str, Callable[[Quantity, Quantity], bool]] = {
    "value": lambda g, p: _value(g, p),
    "+unit": lambda g, p: _value(g, p) and _unit(g, p),
    "+modifier": lambda g, p: _value(g, p) and p.modifier in (g.modifier, _SIDES.get(g.modifier)),
}
_SIDES = {
    "at_least": "over", "more_than": "over", "at_most": "under", "less_than": "under", "nearly": "under",
    "approximate": "about", "vague": "about",
}  # fmt: skip


def main() -> None:
    """Print precision, recall and F1, and sentences a second."""
    parser = argparse.ArgumentParser(
        "python -m benchmarks.figures", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--recognizers", type=Path)
    parser.add_argument("--quantulum3", type=Path)
    parser.add_argument(
        "--errors", action="store_true", help="print what this project misses or finds too much, classes left out apart"
    )
    args = parser.parse_args()
    if args.recognizers or args.quantulum3:
        sets = (
            [(name, cases, onrecord_kind(name)) for name, cases in recognizers_cases(args.recognizers).items()]
            if args.recognizers
            else []
        )
        sets += [("quantulum3", quantulum_cases(args.quantulum3), onrecord)] if args.quantulum3 else []
        print(
            f"{'file':12}{'cases':>6}{'gold':>6}   value: precision, recall   +unit    without the classes left out: value, +unit"
        )
        for name, cases, system in sets:
            found = [system(c.text) for c in cases]
            everything = [_score(cases, found, m, False) for m in ("value", "+unit")]
            chosen = [_score(cases, found, m, True, args.errors and m == "+unit") for m in ("value", "+unit")]
            row = "   ".join(f"{p:8.1%} {r:8.1%}" for p, r, _ in everything)
            without = "   ".join(f"{p:8.1%} {r:8.1%}" for p, r, _ in chosen)
            print(f"{name:12}{len(cases):6}{sum(len(c.gold) for c in cases):6}   {row}      {without}")
        left = Counter(label for _, cases, _ in sets for c in cases for label in ([c.out] if c.out else c.left_out.values()))
        print("\nleft out:", *(f"{n} {label}" for label, n in left.most_common()), sep="\n  ")
        return
    cases = own_cases()
    print(f"{len(cases)} cases of the specification, {sum(len(c.gold) for c in cases)} figures; precision, recall, F1")
    systems: dict[str, System] = {"onrecord": onrecord, "quantulum3": quantulum3(), "recognizers": recognizers()}
    if (other := cqe()) is not None:
        systems["CQE"] = other
    for name, system in systems.items():
        found = [system(c.text) for c in cases]
        scores = "   ".join(f"{m} {p:.3f} {r:.3f} {f:.3f}" for m in _MEASURES for p, r, f in [_score(cases, found, m, False)])
        print(f"{name:12} {scores}")
    texts = [c.text for c in cases]
    best = {name: min(_seconds(system, texts) for _ in range(3)) for name, system in systems.items()}
    fastest = min(seconds for name, seconds in best.items() if name != "onrecord")
    for name, seconds in best.items():
        print(f"{name:12} {len(texts) / seconds:9,.0f} sentences/s, {fastest / seconds:6.1f} x the faster peer")


def _seconds(system: System, texts: Sequence[str]) -> float:
    begin = time.perf_counter()
    for text in texts:
        system(text)
    return time.perf_counter() - begin


def _score(
    cases: Sequence[Case], found: Sequence[list[Quantity]], measure: str, chosen: bool, errors: bool = False
) -> tuple[float, float, float]:
    """Precision, recall, F1; ``chosen``: without the classes left out."""
    right = gold = predicted = 0
    for case, own in zip(cases, found, strict=True):
        if chosen and case.out:
            continue
        dropped = [case.gold[n] for n in case.left_out] if chosen else []
        wanted = [g for n, g in enumerate(case.gold) if not (chosen and n in case.left_out)]
        had = [p for p in own if not any(p.start < d.end and d.start < p.end for d in dropped)]
        if measure == "+unit":
            wanted, had = [g for g in wanted if g.unit], [p for p in had if p.unit]
        hits = _matches(wanted, had, _MEASURES[measure])
        right, gold, predicted = right + hits, gold + len(wanted), predicted + len(had)
        if errors and (hits < len(wanted) or hits < len(had)):
            print(
                "  !",
                repr(case.text[:150]),
                [case.text[g.start : g.end] for g in wanted],
                [(case.text[p.start : p.end], p.values, p.unit) for p in had],
            )
    p, r = right / max(1, predicted), right / max(1, gold)
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def _matches(gold: Sequence[Quantity], found: Sequence[Quantity], same: Callable[[Quantity, Quantity], bool]) -> int:
    free = list(found)
    hits = 0
    for g in gold:
        hit = next((p for p in free if p.start < g.end and g.start < p.end and same(g, p)), None)
        if hit is not None:
            free.remove(hit)
            hits += 1
    return hits


def _value(g: Quantity, p: Quantity) -> bool:
    if len(g.values) == len(p.values):
        return all(_equal(a, b) for a, b in zip(g.values, p.values, strict=True))
    return len(g.values) == 1 and p.modifier == "range" and any(_equal(g.values[0], v) for v in p.values)


def _equal(a: float | None, b: float | None) -> bool:
    return a is b if a is None or b is None else abs(a - b) <= 1e-6 * max(1.0, abs(a))


def _unit(g: Quantity, p: Quantity) -> bool:
    return (
        g.unit is not None
        and p.unit is not None
        and (p.unit == g.unit or (" per " not in g.unit and p.unit.partition(" per ")[0] == g.unit))
    )


if __name__ == "__main__":
    main()
