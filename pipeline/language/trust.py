"""How sure a speaker's name is: by the rule that found it and what spoke for it, weighed on names judged by hand."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from pathlib import Path

from .model import Calibration

FILE = Path(__file__).parent / "speaker_confidence.json"  # made by training.speakers


def name_confidence(rule: str, evidence: Mapping[str, float]) -> float:
    """Probability that a name is right.

    Args:
        rule: the rule that found it.
        evidence: what spoke for a pronoun's antecedent.
    """
    return _weighed(rule, tuple(evidence.items()))


def told(names: Sequence[str], rule: str, evidence: Mapping[str, float]) -> dict[str, float]:
    """What the calibration weighs, by its names."""
    own = f"rule: {rule}"
    return {name: float(name == own) if name.startswith("rule: ") else evidence.get(name, 0.0) for name in names}


@functools.lru_cache(maxsize=1 << 10)  # most rules have no evidence of their own
def _weighed(rule: str, evidence: tuple[tuple[str, float], ...]) -> float:
    calibration = _calibration()
    return calibration.probability(told(calibration.names, rule, dict(evidence)))


@functools.cache
def _calibration() -> Calibration:
    return Calibration.model_validate_json(FILE.read_bytes())
