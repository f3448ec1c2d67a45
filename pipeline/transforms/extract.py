"""Extraction: batches of documents gain paragraphs, quotes with their speakers, and figures."""

from __future__ import annotations

import logging
import math
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import apache_beam as beam
import pyarrow as pa

from ..reading import BUNDLED
from ..reading.steps import Findings, Step, make_steps, read_articles
from ..schemas import DOCUMENT_SPEAKERS, FIGURES, PARAGRAPHS, QUOTES, Quote, Span
from ..sources.limit import ARTICLE_SECONDS, TooSlow, within
from ..text.article import Article
from ..text.paragraphs import Paragraph
from ..text.view import Entity
from .batches import Batch, articles_of, each_document, rows_by_document, with_rows

_BUDGET = 64  # articles that are read together in the time that one may take
_ENTITIES = "entities"
_ENTITY = pa.schema(
    [("doc_id", pa.string()), ("start", pa.int32()), ("end", pa.int32()), ("kind", pa.string()), ("probability", pa.float32())]
)


class SplitParagraphs(beam.PTransform):
    """Batches with ``documents`` gain ``paragraphs``.

    Args:
        seconds: of processor time that an article may take here.
    """

    def __init__(self, seconds: float = ARTICLE_SECONDS) -> None:
        super().__init__()
        self.seconds = seconds

    def expand(self, batches: beam.PCollection[Batch]) -> beam.PCollection[Batch]:
        return batches | "Split" >> beam.ParDo(_Split(("paragraphs",), self.seconds))


class ExtractQuotes(beam.PTransform):
    """Batches with ``paragraphs`` gain ``quotes``, ``document_speakers`` and ``entities``; articles not in English have none.

    ``entities`` are the names that the network read, for the figures; no table of them is published.

    Args:
        model: the attribution model: ``bundled``, or the folder of other weights on every worker.
        seconds: of processor time that an article may take here.
    """

    def __init__(self, model: str = BUNDLED, seconds: float = ARTICLE_SECONDS) -> None:
        super().__init__()
        self.model = model
        self.seconds = seconds

    def expand(self, batches: beam.PCollection[Batch]) -> beam.PCollection[Batch]:
        return batches | "Quotes" >> beam.ParDo(_Quotes(("attributions", "speakers"), self.seconds, self.model))


class ExtractFigures(beam.PTransform):
    """Batches with ``quotes`` and ``entities`` gain ``figures``; articles not in English have none.

    Args:
        seconds: of processor time that an article may take here.
    """

    def __init__(self, seconds: float = ARTICLE_SECONDS) -> None:
        super().__init__()
        self.seconds = seconds

    def expand(self, batches: beam.PCollection[Batch]) -> beam.PCollection[Batch]:
        return batches | "Figures" >> beam.ParDo(_Figures(("figures",), self.seconds))


class _Extract(beam.DoFn):
    """What the three have in common: batches without documents pass untouched, and no article takes longer than it may.

    Args:
        steps: names of the steps that are done here.
        seconds: of processor time that an article may take.
        model: the attribution model.
    """

    def __init__(self, steps: tuple[str, ...], seconds: float, model: str = BUNDLED) -> None:
        self.names = steps
        self.seconds = seconds
        self.model = model

    def setup(self) -> None:
        self.steps = make_steps(*self.names, model=self.model)

    def process(self, batch: Batch) -> Iterator[Batch]:
        yield self.extract(batch) if "documents" in batch else batch

    def extract(self, batch: Batch) -> Batch:
        """The batch with the tables of these steps."""
        raise NotImplementedError

    def each(self, batch: Batch) -> tuple[Batch, list[Findings]]:
        """Take each document through the steps; see :func:`each_document`."""
        known = _Known(batch)

        def read(article: Article) -> Findings:
            found = known.of(article)
            read_articles([found], self.steps)
            return found

        batch, read_ones = each_document(batch, read, _at(batch), self.seconds)
        return batch, list(read_ones.values())


class _Split(_Extract):
    def extract(self, batch: Batch) -> Batch:
        batch, found = self.each(batch)
        rows = (
            {
                "doc_id": f.view.article.doc_id,
                "paragraph_index": p.index,
                "kind": p.kind,
                "start_char": p.start,
                "end_char": p.end,
                "text": f.view.text[p.start : p.end],
                "run_id": f.view.article.run_id,
            }
            for f in found
            for p in f.view.paragraphs
        )
        return with_rows(batch, PARAGRAPHS.name, rows, "paragraph_count")


class _Quotes(_Extract):
    def extract(self, batch: Batch) -> Batch:
        known = _Known(batch)
        first, *rest = self.steps
        together = self._together(first, [known.of(a) for a in articles_of(batch)])

        def read(article: Article) -> Findings:
            found = together.pop(article.doc_id, None)
            if found is None:
                found = known.of(article)
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
        what = f"a batch of {len(articles)} articles"
        try:
            within(self.seconds * math.ceil(len(articles) / _BUDGET), lambda: step(articles), what)
        except (Exception, TooSlow) as error:  # each is read by itself, and the one that cannot be is refused
            logging.getLogger(__name__).info("articles of a batch are read one by one: %r", error)
            return {}
        return {a.view.article.doc_id: a for a in articles}


class _Figures(_Extract):
    def extract(self, batch: Batch) -> Batch:
        batch, found = self.each(batch)
        return with_rows(batch, FIGURES.name, (r.model_dump() for f in found for r in f.figures), "figure_count")


class _Known:
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
    times = batch["documents"]["ingested_at"]
    return times[0].as_py() if len(times) else None
