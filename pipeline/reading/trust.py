"""How sure a decision is: by the rule that took it and what spoke for it, weighed on decisions judged by hand."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from pathlib import Path

from ..quotes.model import Calibration

SPEAKERS = Path(__file__).parent / "speaker_confidence.json"  # made by training.speakers
FIGURES = Path(__file__).parent / "figure_confidence.json"  # made by training.figures


def name_confidence(rule: str, evidence: Mapping[str, float]) -> float:
    """Probability that a speaker's name is right.

    Args:
        rule: the rule that found it.
        evidence: what spoke for a pronoun's antecedent.
    """
    return _weighed(SPEAKERS, rule, tuple(evidence.items()))


def figure_confidence(rule: str, vague: bool) -> float:
    """Probability that a figure is one and is read right: value, bounds, unit and what is counted.

    Args:
        rule: what made the number a figure.
        vague: it has no value (*several*, *hundreds*).
    """
    return _weighed(FIGURES, rule, (("vague", float(vague)),))


def told(names: Sequence[str], rule: str, evidence: Mapping[str, float]) -> dict[str, float]:
    """What a calibration weighs, by its names."""
    own = f"rule: {rule}"
    return {name: float(name == own) if name.startswith("rule: ") else evidence.get(name, 0.0) for name in names}


@functools.lru_cache(maxsize=1 << 10)  # most rules have no evidence of their own
def _weighed(file: Path, rule: str, evidence: tuple[tuple[str, float], ...]) -> float:
    calibration = _calibration(file)
    return calibration.probability(told(calibration.names, rule, dict(evidence)))


@functools.cache
def _calibration(file: Path) -> Calibration:
    return Calibration.model_validate_json(file.read_bytes())
