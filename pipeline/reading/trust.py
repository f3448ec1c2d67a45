"""How sure a decision is: by the rule that took it and what spoke for it, weighed on decisions judged by hand.

A rule of which too few decisions have been judged has no confidence: nothing is known of it, and no default stands for that.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from pathlib import Path

from ..quotes.model import Calibration

SPEAKERS = Path(__file__).parent / "speaker_confidence.json"  # made by training.speakers
FIGURES = Path(__file__).parent / "figure_confidence.json"  # made by training.figures
MEASURED = 5  # judged decisions from which a rule has a confidence; of fewer, all right, the 95 % interval goes down to one half
ONE_WORD = "one word"  # what is read as a name and is one word is more often a part of one, or none, than what is several
BY_NAME = ("name", "fullest name", "name in apposition")  # rules for which that counts


class RuleCalibration(Calibration):
    """A calibration with the number of judged decisions that it knows of each rule."""

    judged: dict[str, int]


def name_confidence(rule: str, evidence: Mapping[str, float], name: str = "") -> float | None:
    """Probability that a speaker's name is right; None if the rule has not been measured.

    Args:
        rule: the rule that found it.
        evidence: what spoke for a pronoun's antecedent.
        name: the name.
    """
    one_word = rule in BY_NAME and len(name.split()) == 1
    return _weighed(SPEAKERS, rule, (*evidence.items(), (ONE_WORD, float(one_word))))


def figure_confidence(rule: str, evidence: Mapping[str, float]) -> float | None:
    """Probability that a figure is one and is read right: value, bounds, kind, unit and what is counted.

    None if the rule has not been measured.

    Args:
        rule: what made the number a figure.
        evidence: what speaks for or against it (FoundFigure.evidence).
    """
    return _weighed(FIGURES, rule, tuple(evidence.items()))


def told(names: Sequence[str], rule: str, evidence: Mapping[str, float]) -> dict[str, float]:
    """What a calibration weighs, by its names."""
    own = f"rule: {rule}"
    return {name: float(name == own) if name.startswith("rule: ") else evidence.get(name, 0.0) for name in names}


@functools.lru_cache(maxsize=1 << 10)  # most rules have no evidence of their own
def _weighed(file: Path, rule: str, evidence: tuple[tuple[str, float], ...]) -> float | None:
    calibration = _calibration(file)
    if calibration.judged.get(rule, 0) < MEASURED:
        return None
    return calibration.probability(told(calibration.names, rule, dict(evidence)))


@functools.cache
def _calibration(file: Path) -> RuleCalibration:
    return RuleCalibration.model_validate_json(file.read_bytes())
