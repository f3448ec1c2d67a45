"""Calibrate ``confidence`` of figures: how often one is a figure and read right, by what made the number one.

    python -m training.figures

The judgements (judged_figures.jsonl) are of figures that Onrecord found in news articles it was not made on (PolNeAR train,
worldwide newswire train), drawn by rule and judged by hand in their sentence: value, bounds, kind, unit and what is counted;
they hold no text. Writes pipeline/reading/figure_confidence.json and prints how reliable the confidence is on articles left
out of the fit.
"""

from __future__ import annotations

from pathlib import Path

from onrecord.figures.figure import EVIDENCE
from onrecord.reading.trust import FIGURES

from .speakers import fit, read_judged

JUDGED = Path(__file__).parent / "judged_figures.jsonl"

if __name__ == "__main__":
    fit(read_judged(JUDGED), EVIDENCE, "figures", FIGURES)
