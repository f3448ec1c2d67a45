"""What given names hint at."""

from __future__ import annotations

import pytest

from onrecord.lexicon.given_names import formal_names, hinted_gender


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("Ottilie Fenn", "f"),
        ("Rupert Aske", "m"),
        ("Martín Sandoval", "m"),  # accents count for nothing
        ("Zoë Fenn", "f"),
        ("Jean-Pierre Vasseur", "m"),
        ("Oluwaseun-Paul Eke", "m"),  # not known as a whole: the last part
        ("Adaeze Eke", "f"),
        ("Volodymyr Hryn", "m"),
        ("Jean Vasseur", None),  # a man in France, a woman in England
        ("Kim Aske", None),
        ("Tarvo Fenn", None),
    ],
)
def test_hint(name: str, gender: str | None) -> None:
    assert hinted_gender(name) == gender


def test_short_names_stand_for_longer_ones() -> None:
    assert formal_names("joe") == {"joseph"} and formal_names("ottilie") == frozenset()
