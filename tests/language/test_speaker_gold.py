"""The gold passages are whole: brackets closed, answers for every quote, strata large enough to measure on."""

from collections import Counter

import pytest

from onrecord.schemas.ids import normalised_name
from tests.gold import STRATA, Passage, read_passages

PASSAGES = list(read_passages())


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda p: p.id)
def test_spans_and_names_stand_in_the_passage(passage: Passage) -> None:
    assert "[" not in passage.text and "]" not in passage.text
    for quote in passage.quotes:
        assert all(passage.text[b:e].strip() for b, e in (*quote.content, *(s for s in (quote.source, quote.cue) if s)))
        assert (quote.source is None) <= (quote.stratum in ("floating", "interview"))
        if quote.kind not in ("government", "unnamed"):
            for name in quote.names:
                assert all(w in normalised_name(passage.text) for w in normalised_name(name).split()), name


def test_every_stratum_is_measured_on_forty_quotes_or_more() -> None:
    held = Counter(q.stratum for p in PASSAGES if p.split == "test" for q in p.quotes)
    assert min(held[s] for s in STRATA) >= 40
    assert sum(len(p.quotes) for p in PASSAGES) >= 600
    assert len({p.id for p in PASSAGES}) == len(PASSAGES)
