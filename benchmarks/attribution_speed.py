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
from pathlib import Path

from onrecord.evaluation.report import read_gold
from onrecord.quotes.reader import Reader
from onrecord.quotes.windows import Window, pack, read_pieces
from onrecord.reading import model_folder
from onrecord.reading.rows import quote_rows, speaker_rows
from onrecord.speakers.resolve import resolve_speakers
from onrecord.text.article import Article
from onrecord.text.paragraphs import headline_of, split_paragraphs

from .articles import make_article, paragraphs

AT_ONCE = 20  # articles that the component reads before the bare loop has its turn


def component(reader: Reader, texts: list[str]) -> float:
    """Read texts into rows; returns the seconds of it that went into speakers."""
    articles = [Article.of_text(t) for t in texts]
    parted = [split_paragraphs(t, headline_of(t)) for t in texts]
    speakers = 0.0
    for article, own, read in zip(articles, parted, reader.read(zip(texts, parted, strict=True)), strict=True):
        clock = time.process_time()
        resolved, named = resolve_speakers(article.text, read.attributions, read.entities)
        speakers += time.process_time() - clock
        quote_rows(article, own, read.attributions, resolved)
        speaker_rows(article, named)
    return speakers


def bare(reader: Reader, windows: list[Window]) -> None:
    """Run the encoder over windows and drop what it says."""
    for window in windows:
        reader.model.arithmetic.encode(window)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--texts", type=Path, help="gold file whose texts are read (default: articles made up)")
    parser.add_argument("--model", nargs="+", default=["bundled"], help="model folders, compared in one run")
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    rng, body = random.Random(7), paragraphs()
    texts = [r["text"] for r in read_gold(args.texts)] if args.texts else [make_article(rng, body, n)["text"] for n in range(200)]
    words = sum(len(t.split()) for t in texts)
    readers = {name: Reader(model_folder(name)) for name in args.model}
    shares = [texts[lo : lo + AT_ONCE] for lo in range(0, len(texts), AT_ONCE)]  # in turns, so that both meet the same machine
    windows = {
        name: [
            [w for t in own for w in pack(read_pieces(r.model.tokenizer, t, split_paragraphs(t, headline_of(t))))]
            for own in shares
        ]
        for name, r in readers.items()
    }
    took: dict[tuple[str, str], list[float]] = {}
    for round_ in range(args.rounds + 1):
        for name, reader in readers.items():
            whole = speakers = encoder = 0.0
            for own, their_windows in zip(shares, windows[name], strict=True):
                clock = time.process_time()
                speakers += component(reader, own)
                whole += time.process_time() - clock
                clock = time.process_time()
                bare(reader, their_windows)
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
