"""Extraction: batches of documents gain paragraphs, quotes with their speakers, and figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, ClassVar

import apache_beam as beam
import pyarrow as pa

from ..articles import TABLES_OF_ARTICLE, article_reader
from ..articles.apart import read_together
from ..articles.rows import paragraph_rows
from ..reading import BUNDLED, check_vocabulary
from ..reading.steps import Findings, Step, make_steps, read_articles
from ..schemas import DOCUMENT_SPEAKERS, DOCUMENTS, FIGURES, PARAGRAPHS, QUOTES, Quote, Span
from ..sources.formats import Reading
from ..sources.limit import ARTICLE_SECONDS
from ..text.article import Article
from ..text.paragraphs import Paragraph
from ..text.view import Entity
from .batches import Batch, RunStamp, articles_of, each_document, rows_by_document, with_rows
from .elements import TakingArticles, fields_of

_TABLES = tuple(t.name for t in TABLES_OF_ARTICLE)
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
        return elements | "Split" >> beam.ParDo(TakingArticles("SplitParagraphs", PARAGRAPHS.name, SplitStep(self.seconds)))


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
        step, before = QuotesStep(self.seconds, self.model), [SplitStep(self.seconds)]
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
        step, before = (
            FiguresStep(self.seconds),
            [SplitStep(self.seconds), QuotesStep(self.seconds)],
        )
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
        self.reading = Reading(article_seconds=seconds)

    def setup(self) -> None:
        self.reader = article_reader(self.model)

    def process(self, element: Any) -> Iterator[beam.pvalue.TaggedOutput]:
        given = fields_of(element, "ReadArticles")
        (row,) = self.reader.read([(None, given)], RunStamp(model=self.model), self.reading).to_pylist()
        if row["reason"] is None:
            yield beam.pvalue.TaggedOutput(DOCUMENTS.name, {name: row[name] for name in DOCUMENTS.arrow.names})
        for name in _TABLES[1:]:
            yield from (beam.pvalue.TaggedOutput(name, of_table) for of_table in row[name])


class _Extract(beam.DoFn):
    """What the three have in common: batches without documents pass untouched, and no article takes longer than it may.

    Args:
        seconds: of processor time that an article may take.
        model: the attribution model.
    """

    names: ClassVar[tuple[str, ...]]  # of the steps that are done here

    def __init__(self, seconds: float, model: str = BUNDLED) -> None:
        self.seconds = seconds
        self.model = model

    def setup(self) -> None:
        check_vocabulary()  # a broken table is no article's fault: without this, every one would be refused for it
        self.steps = make_steps(*self.names, model=self.model)

    def process(self, batch: Batch) -> Iterator[Batch]:
        yield self.extract(batch) if DOCUMENTS.name in batch else batch

    def extract(self, batch: Batch) -> Batch:
        """The batch with the tables of these steps."""
        raise NotImplementedError

    def each(self, batch: Batch) -> tuple[Batch, list[Findings]]:
        """Take each document through the steps; see :func:`each_document`."""
        earlier = _Earlier(batch)

        def read(article: Article) -> Findings:
            found = earlier.of(article)
            read_articles([found], self.steps)
            return found

        batch, read_ones = each_document(batch, read, _at(batch), self.seconds)
        return batch, list(read_ones.values())


class SplitStep(_Extract):
    """The step of ``SplitParagraphs``."""

    names = ("paragraphs",)

    def extract(self, batch: Batch) -> Batch:
        batch, found = self.each(batch)
        return with_rows(batch, PARAGRAPHS.name, paragraph_rows(found), "paragraph_count")


class QuotesStep(_Extract):
    """The step of ``ExtractQuotes``."""

    names = ("attributions", "speakers")

    def extract(self, batch: Batch) -> Batch:
        earlier = _Earlier(batch)
        first, *rest = self.steps
        together = self._together(first, [earlier.of(a) for a in articles_of(batch)])

        def read(article: Article) -> Findings:
            found = together.pop(article.doc_id, None)
            if found is None:
                found = earlier.of(article)
                first([found])
            read_articles([found], rest)
            return found

        batch, read_ones = each_document(batch, read, _at(batch), self.seconds)
        found = list(read_ones.values())
        batch = with_rows(batch, QUOTES.name, (q.model_dump() for f in found for q in f.quotes), "quote_count")
        batch = with_rows(batch, DOCUMENT_SPEAKERS.name, (s.model_dump() for f in found for s in f.speakers))
        named = [{"doc_id": f.view.article.doc_id, **asdict(e)} for f in found for e in f.view.entities]
        return {**batch, _ENTITIES: pa.Table.from_pylist(named, _ENTITY)}

    def _together(self, step: Step, articles: list[Findings]) -> dict[str, Findings]:
        """The articles of a batch after a step that reads them together, by ``doc_id``; none if that fails or takes too long."""
        return {a.view.article.doc_id: a for a in articles} if read_together(step, articles, self.seconds) else {}


class FiguresStep(_Extract):
    """The step of ``ExtractFigures``."""

    names = ("figures",)

    def extract(self, batch: Batch) -> Batch:
        batch, found = self.each(batch)
        return with_rows(batch, FIGURES.name, (r.model_dump() for f in found for r in f.figures), "figure_count")


class _Earlier:
    """What the tables of a batch tell of its documents: what earlier steps have found."""

    def __init__(self, batch: Batch) -> None:
        self._paragraphs, self._entities, self._quotes = (
            rows_by_document(batch, name) if name in batch else {} for name in (PARAGRAPHS.name, _ENTITIES, QUOTES.name)
        )
        self._split = PARAGRAPHS.name in batch

    def of(self, article: Article) -> Findings:
        """An article with what is found in it so far."""
        own = self._paragraphs.get(article.doc_id, [])
        paragraphs = [Paragraph(r["paragraph_index"], r["kind"], r["start_char"], r["end_char"]) for r in own]
        found = Findings.of(article, paragraphs if self._split else None)
        named = self._entities.get(article.doc_id, [])
        found.view.entities = [Entity(r["start"], r["end"], r["kind"], r["probability"]) for r in named]
        found.quotes = [_quote(r) for r in self._quotes.get(article.doc_id, [])]
        return found


def _quote(row: dict[str, Any]) -> Quote:
    spans = {name: [Span(**s) for s in row[name]] for name in ("content_spans", "verbatim_spans")}
    return Quote.model_construct(**(row | spans))


def _at(batch: Batch) -> Any:
    times = batch[DOCUMENTS.name]["ingested_at"]
    return times[0].as_py() if len(times) else None
