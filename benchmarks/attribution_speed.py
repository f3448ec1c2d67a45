"""The attribution component against the bare encoder, side by side on the same windows, one core.

The component does all that turns texts into rows: paragraphs, quotation marks, wordpieces, windows, encoder, cue-conditioned
labels, decoding, speakers, rows. The bare loop runs nothing but the exported encoder over the windows, made beforehand.

    python -m benchmarks.attribution_speed [--texts FILE.jsonl[.gz]] [--model FOLDER ...] [--rounds 5]
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from dataclasses import replace
from pathlib import Path

from onrecord.evaluation.report import read_gold
from onrecord.quotes.model import Model
from onrecord.quotes.windows import Window, pack, read_pieces
from onrecord.reading import model_folder
from onrecord.reading.steps import Findings, Step, make_steps
from onrecord.text.article import Article
from onrecord.text.view import ArticleView

from .articles import make_article, paragraphs

AT_ONCE = 20  # articles that the component reads before the bare loop has its turn


def component(steps: list[Step], texts: list[str]) -> float:
    """Read texts into rows; returns the seconds of it that went into speakers."""
    articles = [Findings.of(replace(Article.of_text(t), language="en")) for t in texts]
    last = 0.0
    for step in steps:
        clock = time.process_time()
        step(articles)
        last = time.process_time() - clock
    return last


def bare(model: Model, windows: list[Window]) -> None:
    """Run the encoder over windows and drop what it says."""
    for window in windows:
        model.arithmetic.encode(window)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--texts", type=Path, help="gold file whose texts are read (default: articles made up)")
    parser.add_argument("--model", nargs="+", default=["bundled"], help="model folders, compared in one run")
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    rng, body = random.Random(7), paragraphs()
    texts = [r["text"] for r in read_gold(args.texts)] if args.texts else [make_article(rng, body, n)["text"] for n in range(200)]
    words = sum(len(t.split()) for t in texts)
    readers = {name: make_steps("paragraphs", "attributions", "speakers", model=name) for name in args.model}
    models = {name: Model(model_folder(name)) for name in args.model}
    shares = [texts[lo : lo + AT_ONCE] for lo in range(0, len(texts), AT_ONCE)]  # in turns, so that both meet the same machine
    windows = {
        name: [[w for t in own for w in pack(read_pieces(model.tokenizer, ArticleView.of_text(t)))] for own in shares]
        for name, model in models.items()
    }
    took: dict[tuple[str, str], list[float]] = {}
    for round_ in range(args.rounds + 1):
        for name, steps in readers.items():
            whole = speakers = encoder = 0.0
            for own, their_windows in zip(shares, windows[name], strict=True):
                clock = time.process_time()
                speakers += component(steps, own)
                whole += time.process_time() - clock
                clock = time.process_time()
                bare(models[name], their_windows)
                encoder += time.process_time() - clock
            if round_:  # the first warms up
                for what, seconds in (("component", whole), ("attributions", whole - speakers), ("bare", encoder)):
                    took.setdefault((name, what), []).append(seconds)
    print(f"{len(texts)} articles, {words} words, {args.rounds} rounds; words/s of one core, medians")
    for name in readers:
        encoder_only = took[name, "bare"]
        print(f"{name}: bare encoder {words / statistics.median(encoder_only):.0f}")
        for what, label in (("attributions", "attributions without speakers"), ("component", "whole component")):
            ratios = sorted(b / c for b, c in zip(encoder_only, took[name, what], strict=True))
            print(
                f"  {label} {words / statistics.median(took[name, what]):.0f}, "
                f"ratio {statistics.median(ratios):.3f} ({ratios[0]:.3f} to {ratios[-1]:.3f})"
            )
        share = 1 - sum(took[name, "attributions"]) / sum(took[name, "component"])
        print(f"  speakers take {100 * share:.1f} % of the component")


if __name__ == "__main__":
    main()
