"""What the library finds goes where a spaCy ``Doc`` goes: to other processes, into a DocBin, into bytes."""

from __future__ import annotations

import multiprocessing
import pickle
from datetime import UTC, datetime
from typing import Any

import pytest
from spacy.tokens import Doc, DocBin

from onrecord.text.article import Article

TEXTS = [
    "“We will not wait,” said Ilse Tarn of the harbour office. More than 300 people left, she said.",
    "Bo Lund told reporters that 12 boats were lost.\n\nHe blamed the wind, which he called “a thief”.",
]
SET = ("article", "paragraphs", "entities", "quotes", "figures", "speakers")


def found(doc: Doc) -> dict[str, Any]:
    return {name: getattr(doc._, name) for name in SET}


def read(nlp: Any) -> list[Doc]:
    """The texts, read; the first is told when it was published."""
    first = nlp.make_doc(TEXTS[0])
    first._.article = Article(TEXTS[0], "d", "a", title="The harbour", published_at=datetime(2024, 3, 1, 9, 30, tzinfo=UTC))
    docs = list(nlp.pipe([first, *map(nlp.make_doc, TEXTS[1:])]))
    assert all(doc._.quotes and doc._.figures and doc._.speakers and doc._.entities for doc in docs)
    return docs


def test_through_a_docbin(nlp: Any) -> None:
    docs = read(nlp)
    kept = DocBin(docs=docs, store_user_data=True).to_bytes()
    assert [found(d) for d in DocBin().from_bytes(kept).get_docs(nlp.vocab)] == [found(d) for d in docs]


def test_through_bytes(nlp: Any) -> None:
    for doc in read(nlp):
        assert found(Doc(nlp.vocab).from_bytes(doc.to_bytes())) == found(doc)


def test_through_pickle(nlp: Any) -> None:
    for doc in read(nlp):
        assert found(pickle.loads(pickle.dumps(doc))) == found(doc)


@pytest.mark.parametrize("start", ["fork", pytest.param("spawn", marks=pytest.mark.engine)])
def test_through_processes(nlp: Any, start: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spacy.language.mp", multiprocessing.get_context(start))
    here = [found(d) for d in nlp.pipe(TEXTS)]
    assert [found(d) for d in nlp.pipe(TEXTS, n_process=2, batch_size=1)] == here


def test_a_doc_that_nobody_has_read_has_found_nothing(nlp: Any) -> None:
    assert found(nlp.make_doc(TEXTS[0])) == {name: None if name == "article" else [] for name in SET}
