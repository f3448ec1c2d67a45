"""The linker: weighs the names of an article against one another, and against nobody, for one mention.

A small network scores every candidate by the evidence for it; the softmax over the scores is the probability that the mention
means that one. It was trained by ``python -m training.linker`` on articles of the world's press; what the rules say is part of
the evidence, so it departs from them where the rest speaks against them.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .candidates import Floats, candidates, evidence
from .discourse import Referent
from .resolver import Case, Credit, Speaker

WEIGHTS = Path(__file__).parent / "linker.npz"  # made by training.linker
LEAST = 0.5  # probability from which a name is given
OTHER = 0.7  # from which one is given that the rules did not choose
_SETTLED = (
    "relative pronoun", "reporter", "question above", "question of the interviewer", "running speaker", "person before",
)  # fmt: skip


@dataclass(frozen=True)
class Linker:
    """Networks whose probabilities are averaged.

    Attributes:
        mean: of each column of the evidence.
        spread: of each column.
        first, second, last: weights of the layers of each network, [networks, from, to].
        biases: of the two layers between, [networks, to] each.
        direct: weights from the evidence to the score, [networks, columns].
        truth: factor and summand that turn the logit of a probability into that of how often such a choice was right on countries
            left out of the fit (Platt 1999).
    """

    mean: Floats
    spread: Floats
    first: Floats
    second: Floats
    last: Floats
    biases: tuple[Floats, Floats]
    direct: Floats
    truth: tuple[float, float] = (1.0, 0.0)

    def probabilities(self, rows: Floats) -> Floats:
        """For each candidate the probability that it is meant."""
        x = (rows - self.mean) / self.spread
        total = np.zeros(len(rows), np.float32)
        for k in range(len(self.first)):
            h = _gelu(x @ self.first[k] + self.biases[0][k])
            h = _gelu(h @ self.second[k] + self.biases[1][k])
            scores = h @ self.last[k] + x @ self.direct[k]
            weights = np.exp(scores - scores.max())
            total += weights / weights.sum()
        return total / np.float32(len(self.first))

    def sure(self, probability: float) -> float:
        """How often a choice of that probability is right."""
        logit = math.log(max(probability, 1e-6) / max(1 - probability, 1e-6))
        return 1 / (1 + math.exp(-self.truth[0] * logit - self.truth[1]))

    def link(self, case: Case, speaker: Speaker, referent: Referent | None) -> Credit:
        """The decision on a mention on which the rules have decided so."""
        if not is_linked(case, speaker):
            return speaker, referent
        names = candidates(case, speaker)
        if not names:
            return speaker, referent
        chances = self.probabilities(evidence(case, speaker, names))
        best = int(chances.argmax())
        chance = self.sure(float(chances[best]))
        name = names[best] if best < len(names) else None
        if name is None or chance < (LEAST if name.full == speaker.name else OTHER):
            return self._nobody(speaker, referent)
        if speaker.name != name.full:
            kind = speaker.mention_kind
            speaker = Speaker(kind, "named", name.full, name.kind, name.role, rule="linker")
            referent = case.article.discourse.of_name(name)
        speaker.probability = chance
        return speaker, referent

    @staticmethod
    def _nobody(speaker: Speaker, referent: Referent | None) -> Credit:
        if speaker.name is None:
            return speaker, referent
        return Speaker(speaker.mention_kind, "unresolved", rule="linker"), None


def is_linked(case: Case, speaker: Speaker) -> bool:
    """Whether a mention is the linker's to decide: a pronoun, or none, that no form settles."""
    if speaker.rule in _SETTLED:
        return False
    if case.form == "pronoun":
        return not case.is_reporter and case.named_after is None
    return case.form == "none" and not _is_answered(case)


def _is_answered(case: Case) -> bool:
    """Whether the words are a question, and what is said next stands right behind it: *"Is it safe?" "Yes," she said.*"""
    text, end = case.article.text, case.span[1]
    asked = text[max(0, end - 3) : end].rstrip("\"”’»'").endswith("?")
    return asked and case.article.said_at(end + 1, end + 4)


def _gelu(x: Floats) -> Floats:
    """The Gaussian error linear unit, by its approximation with tanh (Hendrycks & Gimpel 2016)."""
    return np.asarray(0.5 * x * (1 + np.tanh(np.float32(0.7978845608) * (x + np.float32(0.044715) * x * x * x))), np.float32)


@functools.cache
def bundled() -> Linker:
    """The linker that comes with the package."""
    with np.load(WEIGHTS) as file:
        part = {name: file[name].astype(np.float32) for name in file.files}
    return Linker(
        part["mean"], part["spread"], part["first"], part["second"], part["last"], (part["bias1"], part["bias2"]), part["direct"],
        (float(part["truth"][0]), float(part["truth"][1])),
    )  # fmt: skip
