"""Extraction: the steps by which batches of documents gain paragraphs, quotes with their speakers, and figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, ClassVar

import pyarrow as pa

from ..articles.apart import read_together
from ..articles.rows import paragraph_rows
from ..reading import BUNDLED, check_vocabulary
from ..reading.steps import Findings, Step, make_steps, read_articles
from ..schemas import DOCUMENT_SPEAKERS, DOCUMENTS, FIGURES, PARAGRAPHS, QUOTES, Quote, Span
from ..text.article import Article
from ..text.paragraphs import Paragraph
from ..text.view import Entity
from .batches import Batch, articles_of, each_document, rows_by_document, with_rows
from .steps import WorkStep

_ENTITIES = "entities"
_ENTITY = pa.schema(
    [("doc_id", pa.string()), ("start", pa.int32()), ("end", pa.int32()), ("kind", pa.string()), ("probability", pa.float32())]
)


class _Extract(WorkStep):
    """What the three steps have in common: batches without documents pass untouched, and no article takes longer than it may.

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
