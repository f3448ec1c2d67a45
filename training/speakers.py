"""Calibrate ``speaker_confidence``: how often a name is right, by the rule that found it and what spoke for it.

    python -m training.speakers

The judgements (judged_speakers.jsonl) are of names that Onrecord gave to sources in articles whose errors nobody had read yet.
Those of PolNeAR's and the worldwide newswire's training articles were drawn by rule and judged by hand with the article before
one's eyes; the names by name, and others since, are all that it gave in 332 annotated articles (305 of the newswire, 27 in the
manner of English-speaking countries), right if the annotation says so. They hold no text.
Writes pipeline/reading/speaker_confidence.json and prints how reliable the confidence is on articles left out of the fit.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.reading.trust import MEASURED, ONE_WORD, SPEAKERS, RuleCalibration, told

from .choose import Judged, calibrate, cross_calibrated, reliability

JUDGED = Path(__file__).parent / "judged_speakers.jsonl"
BANDS = (0.0, 0.5, 0.7, 0.8, 0.9)
EVIDENCE = ("salience", "rival", "gender", "body", ONE_WORD)  # the first four are of a pronoun's antecedent


def read_judged(path: Path = JUDGED) -> list[dict[str, Any]]:
    """The judgements."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def as_judged(rows: list[dict[str, Any]], names: list[str]) -> Judged:
    """Judgements as the calibration takes them; rows of one article stay together."""
    pages = {article: n for n, article in enumerate(dict.fromkeys(r["article"] for r in rows))}
    evidence = [[told(names, r["rule"], r["evidence"])[name] for name in names] for r in rows]
    return Judged(np.array(evidence), np.array([r["right"] for r in rows]), np.array([pages[r["article"]] for r in rows]))


def fit(rows: list[dict[str, Any]], evidence: tuple[str, ...], what: str, file: Path) -> None:
    """Fit a calibration to judgements, print how reliable it is on articles left out, and write it.

    Args:
        rows: the judgements.
        evidence: names of what is weighed besides the rule.
        what: what was judged, for the print.
        file: where the calibration goes.
    """
    names = [*sorted({f"rule: {r['rule']}" for r in rows}), *evidence]
    judged = as_judged(rows, names)
    right = Counter(r["rule"] for r in rows if r["right"])
    of = Counter(r["rule"] for r in rows)
    for rule, count in of.most_common():
        few = "" if count >= MEASURED else f"; no confidence below {MEASURED}"
        print(f"{rule:24} {right[rule]:3} of {count:3} right{few}")
    out = cross_calibrated(judged, judged, names=names)
    print(f"\n{len(rows)} {what}; confidence from a fit on other articles")
    for band in reliability(out, judged.right, BANDS):
        print(f"from {band['from']:.1f}: {band['count']:4} {what}, mean confidence {band['mean']:.2f}, right {band['right']:.2f}")
    fitted = RuleCalibration(**calibrate(judged, names=names).model_dump(), judged=dict(sorted(of.items())))
    file.write_text(fitted.model_dump_json(indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    fit(read_judged(), EVIDENCE, "names", SPEAKERS)
