"""Extraction: batches of documents gain paragraphs, quotes with their speakers, and figures."""

from __future__ import annotations

import logging
import math
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import apache_beam as beam
import pyarrow as pa

from ..figures import article_figures
from ..quotes.model import Entity
from ..quotes.reader import ReadArticle, Reader
from ..reading import BUNDLED, check_vocabulary, model_folder
from ..reading.rows import figure_rows, quote_rows, speaker_rows
from ..schemas import DOCUMENT_SPEAKERS, DOCUMENTS, FIGURES, PARAGRAPHS, QUOTES, REJECTS, Quote, Span
from ..sources.limit import ARTICLE_SECONDS, TooSlow, within
from ..speakers.resolve import resolve_speakers
from ..text.article import Article
from ..text.detect import is_english
from ..text.paragraphs import Paragraph, split_paragraphs
from .batches import Batch, articles_of, each_document, rows_by_document, with_rows
from .elements import TakingArticles, read_article

_log = logging.getLogger(__name__)

_BUDGET = 64  # articles that are read together in the time that one may take
_TABLES = tuple(t.name for t in (DOCUMENTS, PARAGRAPHS, QUOTES, FIGURES, DOCUMENT_SPEAKERS, REJECTS))  # of an article
_ENTITIES = "entities"
_ENTITY = pa.schema(
    [("doc_id", pa.string()), ("start", pa.int32()), ("end", pa.int32()), ("kind", pa.string()), ("probability", pa.float32())]
)


class SplitParagraphs(beam.PTransform):
    """Batches with ``documents`` gain ``paragraphs``; an article (a text, or a dict) becomes its rows of ``paragraphs``.

    Args:
        seconds: of processor time that an article may take here.
    """

    def __init__(self, seconds: float = ARTICLE_SECONDS) -> None:
        super().__init__()
        self.seconds = seconds

    def expand(self, elements: beam.PCollection[Any]) -> beam.PCollection[Any]:
        return elements | "Split" >> beam.ParDo(TakingArticles("SplitParagraphs", PARAGRAPHS.name, _Split(self.seconds)))


class ExtractQuotes(beam.PTransform):
    """Batches with ``paragraphs`` gain ``quotes``, ``document_speakers`` and ``entities``; articles not in English have none.

    ``entities`` are the names that the network read, for the figures; no table of them is published. An article (a text, or a
    dict) becomes its rows of ``quotes``.

    Args:
        model: the attribution model: ``bundled``, or the folder of other weights on every worker.
        seconds: of processor time that an article may take here.
    """

    def __init__(self, model: str = BUNDLED, seconds: float = ARTICLE_SECONDS) -> None:
        super().__init__()
        self.model = model
        self.seconds = seconds

    def expand(self, elements: beam.PCollection[Any]) -> beam.PCollection[Any]:
        step, before = _Quotes(self.seconds, self.model), [_Split(self.seconds)]
        return elements | "Quotes" >> beam.ParDo(TakingArticles("ExtractQuotes", QUOTES.name, step, before))


class ExtractFigures(beam.PTransform):
    """Batches with ``quotes`` and ``entities`` gain ``figures``; articles not in English have none.

    An article (a text, or a dict) becomes its rows of ``figures``; its quotes are read by the bundled model.

    Args:
        seconds: of processor time that an article may take here.
    """

    def __init__(self, seconds: float = ARTICLE_SECONDS) -> None:
        super().__init__()
        self.seconds = seconds

    def expand(self, elements: beam.PCollection[Any]) -> beam.PCollection[Any]:
        step, before = _Figures(self.seconds), [_Split(self.seconds), _Quotes(self.seconds, BUNDLED)]
        return elements | "Figures" >> beam.ParDo(TakingArticles("ExtractFigures", FIGURES.name, step, before))


class ReadArticles(beam.PTransform):
    """Articles (texts, or dicts) to the rows of all their tables, one collection a table: ``(articles | ReadArticles()).quotes``.

    ``documents``, ``paragraphs``, ``quotes``, ``figures`` and ``document_speakers`` hold what is read, ``rejects`` the articles
    that cannot be. Each article is read once, by itself; nothing is compared with others.

    Args:
        model: the attribution model: ``bundled``, or the folder of other weights on every worker.
        seconds: of processor time that an article may take in each step.
    """

    def __init__(self, model: str = BUNDLED, seconds: float = ARTICLE_SECONDS) -> None:
        super().__init__()
        self.model = model
        self.seconds = seconds

    def expand(self, articles: beam.PCollection[Any]) -> beam.DoOutputsTuple:
        return articles | "Read" >> beam.ParDo(_ReadArticles(self.model, self.seconds)).with_outputs(*_TABLES)


class _ReadArticles(beam.DoFn):
    def __init__(self, model: str, seconds: float) -> None:
        self.model = model
        self.steps = [_Split(seconds), _Quotes(seconds, model), _Figures(seconds)]

    def setup(self) -> None:
        for step in self.steps:
            step.setup()

    def process(self, element: Any) -> Iterator[beam.pvalue.TaggedOutput]:
        batch = read_article(element, self.steps, "ReadArticles", self.model)
        for name in _TABLES:
            if name in batch:
                yield from (beam.pvalue.TaggedOutput(name, row) for row in batch[name].to_pylist())


class _Extract(beam.DoFn):
    """What the three have in common: batches without documents pass untouched, and no article takes longer than it may."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def setup(self) -> None:
        check_vocabulary()  # a broken table is no article's fault: without this, every one would be refused for it

    def process(self, batch: Batch) -> Iterator[Batch]:
        yield self.extract(batch) if "documents" in batch else batch

    def extract(self, batch: Batch) -> Batch:
        raise NotImplementedError


class _Split(_Extract):
    def extract(self, batch: Batch) -> Batch:
        batch, found = each_document(batch, lambda a: split_paragraphs(a.text, a.title), _at(batch), self.seconds)
        rows = (
            {
                "doc_id": a["doc_id"],
                "paragraph_index": p.index,
                "kind": p.kind,
                "start_char": p.start,
                "end_char": p.end,
                "text": a["text"][p.start : p.end],
                "run_id": a["run_id"],
            }
            for a in batch["documents"].select(["doc_id", "text", "run_id"]).to_pylist()
            for p in found[a["doc_id"]]
        )
        return with_rows(batch, PARAGRAPHS.name, rows, "paragraph_count")


class _Quotes(_Extract):
    def __init__(self, seconds: float, model: str) -> None:
        super().__init__(seconds)
        self.model = model

    def setup(self) -> None:
        self.reader = Reader(model_folder(self.model))

    def extract(self, batch: Batch) -> Batch:
        paragraphs = _paragraphs(batch)

        def given(article: Article) -> tuple[str, list[Paragraph]]:
            return article.text, paragraphs.get(article.doc_id, [])

        english = [a for a in articles_of(batch) if is_english(a.language)]
        together: dict[str, ReadArticle] = {}

        def read_together() -> None:
            for article, found in zip(english, self.reader.read(map(given, english)), strict=True):
                together[article.doc_id] = found

        try:
            within(self.seconds * math.ceil(len(english) / _BUDGET), read_together, f"a batch of {len(english)} articles")
        except (Exception, TooSlow) as error:  # each of those left is read by itself, and the one that cannot be is refused
            told = {"articles": len(english), "left": len(english) - len(together)}
            _log.warning(
                "articles of a batch are read one by one: %r", error, exc_info=_log.isEnabledFor(logging.DEBUG), extra=told
            )

        def read(article: Article) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[Entity]]:
            if not is_english(article.language):
                return [], [], []
            own = together.pop(article.doc_id, None) or next(self.reader.read([given(article)]))
            resolved, named = resolve_speakers(article.text, own.attributions, own.entities)
            quotes = quote_rows(article, paragraphs.get(article.doc_id, []), own.attributions, resolved)
            return [q.model_dump() for q in quotes], [s.model_dump() for s in speaker_rows(article, named)], own.entities

        batch, rows = each_document(batch, read, _at(batch), self.seconds)
        batch = with_rows(batch, QUOTES.name, (q for quotes, _, _ in rows.values() for q in quotes), "quote_count")
        batch = with_rows(batch, DOCUMENT_SPEAKERS.name, (s for _, speakers, _ in rows.values() for s in speakers))
        named = [{"doc_id": doc_id, **asdict(e)} for doc_id, (_, _, entities) in rows.items() for e in entities]
        return {**batch, _ENTITIES: pa.Table.from_pylist(named, _ENTITY)}


class _Figures(_Extract):
    def extract(self, batch: Batch) -> Batch:
        paragraphs = _paragraphs(batch)
        quotes, entities = rows_by_document(batch, QUOTES.name), rows_by_document(batch, _ENTITIES)

        def read(article: Article) -> list[dict[str, Any]]:
            if not is_english(article.language):
                return []
            own = paragraphs.get(article.doc_id, [])
            said = [_quote(q) for q in quotes.get(article.doc_id, [])]
            named = [_entity(e) for e in entities.get(article.doc_id, [])]
            return [f.model_dump() for f in figure_rows(article, own, article_figures(article, own, named), said)]

        batch, found = each_document(batch, read, _at(batch), self.seconds)
        rows = (f for figures in found.values() for f in figures)
        return with_rows(batch, FIGURES.name, rows, "figure_count")


def _paragraphs(batch: Batch) -> dict[str, list[Paragraph]]:
    rows = rows_by_document(batch, PARAGRAPHS.name)
    return {
        d: [Paragraph(r["paragraph_index"], r["kind"], r["start_char"], r["end_char"]) for r in own] for d, own in rows.items()
    }


def _entity(row: dict[str, Any]) -> Entity:
    return Entity(row["start"], row["end"], row["kind"], row["probability"])


def _quote(row: dict[str, Any]) -> Quote:
    spans = {name: [Span(**s) for s in row[name]] for name in ("content_spans", "verbatim_spans")}
    return Quote.model_construct(**(row | spans))


def _at(batch: Batch) -> Any:
    times = batch["documents"]["ingested_at"]
    return times[0].as_py() if len(times) else None
