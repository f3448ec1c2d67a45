"""How documents are cut into lots: none is too large, and the last are small, so that workers end together."""

from __future__ import annotations

import random

import pytest

from onrecord.transforms.decide import LOT_CHARS, _cuts


@pytest.mark.parametrize("count", [0, 1, 3, 40, 400])
def test_every_document_is_in_one_lot(count: int) -> None:
    weights = [random.Random(count + n).randrange(100, 9_000) for n in range(count)]
    cuts = list(_cuts(weights, 64))
    assert [n for lo, hi in cuts for n in range(lo, hi)] == list(range(count))
    assert all(sum(weights[lo:hi]) <= LOT_CHARS and hi - lo <= 64 for lo, hi in cuts)


def test_lots_get_smaller_to_the_end_but_not_tiny() -> None:
    lots = [sum([3_000] * (hi - lo)) for lo, hi in _cuts([3_000] * 300, 64)]
    assert lots == sorted(lots, reverse=True)
    assert lots[0] > 90_000 and lots[-2] < 21_000 and min(lots[:-1]) > 15_000


def test_a_long_document_is_a_lot_of_its_own() -> None:
    assert list(_cuts([1_000, 400_000, 1_000], 64)) == [(0, 1), (1, 2), (2, 3)]
