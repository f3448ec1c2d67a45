"""Calibrate ``confidence`` of figures: how often one is read right, by what made the number one and what one sees of it.

    python -m training.figures

The judgements (judged_figures.jsonl) are of figures that Onrecord found in news articles it was not made on (worldwide newswire
train, all of 223 articles, a third of them the richest in numbers; of the rarest rules also PolNeAR train), judged by hand
in their sentence: value, bounds, kind, unit and what is counted, where they are told; they hold no text. Writes
pipeline/reading/figure_confidence.json and prints how reliable the confidence is on articles left out of the fit, and on figures
of other articles that were judged apart (held_figures.jsonl: 149 drawn at random, and all of the world's dev articles).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from onrecord.figures.figure import EVIDENCE
from onrecord.reading.trust import FIGURES, figure_confidence

from .choose import reliability
from .speakers import fit, read_judged

JUDGED = Path(__file__).parent / "judged_figures.jsonl"
HELD = Path(__file__).parent / "held_figures.jsonl"
BANDS = (0.0, 0.7, 0.9, 0.95)

if __name__ == "__main__":
    fit(read_judged(JUDGED), EVIDENCE, "figures", FIGURES)
    held = [(c, r["right"]) for r in read_judged(HELD) if (c := figure_confidence(r["rule"], r["evidence"])) is not None]
    print(f"\n{len(held)} figures judged apart")
    for band in reliability(np.array([c for c, _ in held]), np.array([right for _, right in held]), BANDS):
        print(f"from {band['from']:.2f}: {band['count']:4} figures, right {band['right']:.3f}")
