"""Who speaks in sentences built of word lists is read rightly in all but two of a hundred (benchmarks/word_lists.py)."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.word_lists import LISTS, wrong

pytestmark = pytest.mark.engine
MOST = 0.02  # of the sentences of a list


@pytest.mark.parametrize("name", LISTS)
def test_who_speaks_in_sentences_of_a_list(nlp: Any, name: str) -> None:
    count, faults = wrong(nlp, name)
    assert count > 100 and len(faults) <= MOST * count, faults[:20]
