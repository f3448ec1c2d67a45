"""What holds for any article: true offsets, unique ids, equal rows however it is processed."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

# News-like and hostile at once: every mark, verb and number form in any order.
WORDS = st.sampled_from(
    ["Ann Veld", "she", "He", "officials", "the council", "Mr Lund", "said", "told", "that", "according to", "added:", "denied",
     "called it", "“", "”", "‘", "’", '"', "'", "«", "»", "„", "``", "''", ",", ".", "?", "...", ":", "—", "(", ")", "[we]",
     "350", "250,00", "more than", "two dozen", "$2bn", "people", "were killed", "in Tarvo", "on Monday", "10–15", "per cent",
     "\n\n", "\n", "\r\n", "\t", "it’s", "6'3\"", "’90s", "U.S.", "£15m.", "and", "but", "e\u0301", "😀", "\u200b", "İ"]
)  # fmt: skip
ARTICLES = st.lists(WORDS, max_size=60).map(" ".join)
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(ARTICLES)
@QUICK
def test_offsets_are_true(nlp: Any, text: str) -> None:
    doc = nlp(text)
    for q in doc._.quotes:
        assert q.text == " ".join(text[s.start_char : s.end_char] for s in q.content_spans)
        assert q.excerpt == text[q.excerpt_start : q.excerpt_end]
        for start, end, printed in ((q.cue_start, q.cue_end, q.cue_text), (q.speaker_start, q.speaker_end, q.speaker_mention)):
            assert printed is None if start is None else text[start:end] == printed
        for inner in q.verbatim_spans:
            assert any(s.start_char <= inner.start_char < inner.end_char <= s.end_char for s in q.content_spans)
        spans = [(s.start_char, s.end_char) for s in q.content_spans]
        assert spans == sorted(spans) and all(q.excerpt_start <= s < e <= q.excerpt_end for s, e in spans)
    for f in doc._.figures:
        assert f.text == text[f.start_char : f.end_char]
        assert (
            f.excerpt == text[f.excerpt_start : f.excerpt_end] and f.excerpt_start <= f.start_char < f.end_char <= f.excerpt_end
        )


@given(ARTICLES)
@QUICK
def test_ids_are_unique_and_refer(nlp: Any, text: str) -> None:
    doc = nlp(text)
    for rows, key in ((doc._.quotes, "quote_id"), (doc._.figures, "figure_id"), (doc._.speakers, "speaker_id")):
        ids = [getattr(r, key) for r in rows]
        assert len(set(ids)) == len(ids)
    quotes, figures = {q.quote_id for q in doc._.quotes}, {f.figure_id for f in doc._.figures}
    speakers = {s.speaker_id for s in doc._.speakers}
    assert all(q.continues in quotes | {None} for q in doc._.quotes)
    assert all(f.quote_id in quotes | {None} and f.part_of in figures | {None} for f in doc._.figures)
    assert {q.speaker_id for q in doc._.quotes} - {None} <= speakers


@given(ARTICLES)
@QUICK
def test_types_follow_the_marks(nlp: Any, text: str) -> None:
    for q in nlp(text)._.quotes:
        assert (q.type == "indirect") == (not q.verbatim_spans)
        assert (q.speaker_status == "named") == (q.speaker_name is not None) == (q.speaker_id is not None)


@given(st.lists(ARTICLES, min_size=1, max_size=4))
@settings(parent=QUICK, max_examples=30)
def test_batches_change_nothing(nlp: Any, texts: list[str]) -> None:
    together = [(d._.quotes, d._.figures, d._.speakers) for d in nlp.pipe(texts)]
    assert together == [(d._.quotes, d._.figures, d._.speakers) for d in map(nlp, texts)]


@given(ARTICLES)
@settings(parent=QUICK, max_examples=30)
def test_rows_are_the_same_each_time(nlp: Any, text: str) -> None:
    one, two = nlp(text), nlp(text)
    assert (one._.quotes, one._.figures) == (two._.quotes, two._.figures)
