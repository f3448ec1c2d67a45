"""Runs of capitalised words: what is tried at capitals alone is all that there is."""

from __future__ import annotations

import pytest

from onrecord.naming.names import NAME
from onrecord.naming.runs import runs


@pytest.mark.parametrize(
    "text",
    [
        "On Monday Ann Veld and Dr. J. P. Lund van der Orme met the Tarvo-based Odell-Lund in St. Brant.",
        "They saw al-Hadid, della-Torva and d’Orme; l’Étoile and l’école; a d’W/o Lund sat by an iPhone of Dato’ Veld.",
        "ÉLISE Rees, ’Abd al-Karim O’Dell, 3M, McLund’s, Veld’s, Ann–Bo, Đorn, Österby — and Łund of Żarno",
    ],
)
def test_runs_are_all_that_the_pattern_finds(text: str) -> None:
    assert list(runs(text, NAME)) == [m.span() for m in NAME.finditer(text)]
