"""``read_batch``: Arrow in, Arrow out, an article a row.

It depends on nothing but its input, so that any engine may call it, again where a worker was lost: the rows, and their ids,
are those that a run publishes.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

import pyarrow as pa

from ..reading import BUNDLED, check_vocabulary
from ..reading.steps import Findings, make_steps, read_articles
from ..schemas import DOCUMENT_SPEAKERS, DOCUMENTS, FIGURES, PARAGRAPHS, QUOTES, REJECTS
from ..sources.formats import Reading
from ..sources.limit import ARTICLE_SECONDS
from ..sources.readers.json_rows import FIELDS
from ..sources.readers.parquet import row_values, told_row
from ..text.article import Article
from .apart import Failure, apart, read_together
from .given import take
from .rows import RunStamp, articles_of, failure_row, paragraph_rows

_SLICE_ROWS = 64
_SLICE_CHARS = 400_000  # of the texts that are read together: what is found in them is held at once
COLUMNS = (*FIELDS, "uri")  # that are read; any other is left alone
_LISTS = (PARAGRAPHS, QUOTES, FIGURES, DOCUMENT_SPEAKERS, REJECTS)
TABLES_OF_ARTICLE = (DOCUMENTS, *_LISTS)


def _bare(schema: pa.Schema, nullable: bool = False) -> list[pa.Field]:
    """The fields of a schema without what they tell of themselves."""
    return [pa.field(f.name, f.type, nullable or f.nullable) for f in schema]


# a refused article has null in the columns of documents but for ``uri``, empty lists, and one row of ``rejects``
NESTED: pa.Schema = pa.schema(
    [
        *_bare(DOCUMENTS.arrow, nullable=True),
        pa.field("reason", pa.string()),
        pa.field("detail", pa.string()),
        *(pa.field(table.name, pa.list_(pa.struct(_bare(table.arrow)))) for table in _LISTS),
    ]
)
_LOADING = threading.Lock()
Given = tuple[str | None, Mapping[str, Any]]  # where an article was read, if that is known, and its fields
ArrowRows = TypeVar("ArrowRows", pa.RecordBatch, pa.Table)


def read_batch(
    batch: ArrowRows,
    *,
    model: str = BUNDLED,
    max_chars: int = Reading.max_chars,
    seconds: float = ARTICLE_SECONDS,
    run_id: str = RunStamp.run_id,
    at: datetime | None = None,
) -> ArrowRows:
    """Return the rows of a batch in their order, each read: the columns of ``documents``, and the other tables as nested lists.

    ``paragraphs``, ``quotes``, ``figures``, ``document_speakers`` and ``rejects`` are lists of the rows of these tables. An
    article that is refused is a row too, with its ``reason`` and ``detail``. Nothing is compared with other articles: two with
    the same text are both read, and each is version 1.

    Args:
        batch: articles, with ``text`` and, where known, ``id``, ``url``, ``title``, ``author``, ``publisher``, ``published_at``,
            ``language`` and ``uri`` (where it was read); other columns are left alone. A ``pyarrow.Table`` will do as well.
        model: the attribution model: ``bundled``, or the folder of other weights. It is loaded once a process.
        max_chars: of the longest article that is taken.
        seconds: of processor time that an article may take in each step.
        run_id: what the rows have in that column.
        at: what they have in ``ingested_at`` and ``rejected_at``; now, if not given. All else depends on the articles alone.

    Raises:
        ValueError: there is no column ``text``, or the result does not fit in one batch (2 GiB of text).
        ModelError: the folder holds no such model.
    """
    stamp = RunStamp(run_id, model=model) if at is None else RunStamp(run_id, at, model)
    batches = batch.to_batches() if isinstance(batch, pa.Table) else [batch]
    _check_columns(batch.schema)
    reading = Reading(max_chars=max_chars, article_seconds=seconds)
    done = [part for one in batches for part in read_slices(one, stamp, reading)]
    if isinstance(batch, pa.Table):
        return pa.Table.from_batches(done, NESTED)
    try:
        return pa.concat_batches(done) if done else pa.RecordBatch.from_pylist([], NESTED)
    except pa.ArrowInvalid as error:
        raise ValueError(f"read_batch: {error}; give it fewer articles at once, or a pyarrow.Table") from None


def read_slices(batch: pa.RecordBatch, stamp: RunStamp, reading: Reading) -> Iterator[pa.RecordBatch]:
    """What ``read_batch`` returns, in parts that follow one another, so that only one has to be held."""
    reader = article_reader(stamp.model)
    _check_columns(batch.schema)
    chosen = batch.select([name for name in COLUMNS if name in batch.schema.names])
    for lo in range(0, chosen.num_rows, _SLICE_ROWS):
        given: list[Given] = []
        weight = 0
        for row in row_values(chosen.slice(lo, _SLICE_ROWS)):
            size = len(row["text"]) if isinstance(row["text"], str) else 0
            if given and weight + size > _SLICE_CHARS:
                yield reader.read(given, stamp, reading)
                given, weight = [], 0
            uri = row.pop("uri", None)
            given.append((uri if isinstance(uri, str) else None, told_row(row)))
            weight += size
        yield reader.read(given, stamp, reading)


def _check_columns(schema: pa.Schema) -> None:
    if "text" not in schema.names:
        raise ValueError(f"read_batch needs a column 'text'; the batch has {', '.join(schema.names) or 'none'}")


def article_reader(model: str) -> ArticleReader:
    """The reader of a process, loaded when it is first asked for; see ``ArticleReader`` for what it raises."""
    with _LOADING:
        return _reader(model)


@functools.cache
def _reader(model: str) -> ArticleReader:
    return ArticleReader(model)


class ArticleReader:
    """What is loaded once: the steps of reading. Threads take turns, a slice each.

    Raises:
        ModelError: the folder holds no such model.
        VocabularyError: a table of words is broken.
    """

    def __init__(self, model: str) -> None:
        check_vocabulary()  # a broken table is no article's fault: without this, every one would be refused for it
        self._split = make_steps("paragraphs", model=model)
        self._network, *self._rest = make_steps("attributions", "speakers", "figures", model=model)
        self._turn = threading.Lock()

    def read(self, given: Sequence[Given], stamp: RunStamp, reading: Reading) -> pa.RecordBatch:
        """Read articles together: a row of ``NESTED`` for each, in their order."""
        taken = [take(fields, uri, stamp, reading) for uri, fields in given]
        documents = [row for table, row in taken if table == DOCUMENTS.name]
        articles = articles_of(pa.Table.from_pylist(documents, schema=DOCUMENTS.arrow))
        with self._turn:
            found = iter(self._findings(articles, reading.article_seconds))
        rows = [
            _row(row, next(found), stamp) if table == DOCUMENTS.name else _refused(row, uri or row["uri"])
            for (table, row), (uri, _) in zip(taken, given, strict=True)
        ]
        return pa.RecordBatch.from_pylist(rows, schema=NESTED)

    def _findings(self, articles: Sequence[Article], seconds: float) -> list[Findings | Failure]:
        """What is found in each article. The slow step reads them together; if one of them breaks it, each by itself."""
        split = [apart(article, self._paragraphs, seconds) for article in articles]
        whole = [found for found in split if not isinstance(found, Failure)]
        together = read_together(self._network, whole, seconds)
        return [
            found
            if isinstance(found, Failure)
            else apart(article, functools.partial(self._finished, found if together else None), seconds)
            for article, found in zip(articles, split, strict=True)
        ]

    def _paragraphs(self, article: Article) -> Findings:
        found = Findings.of(article)
        read_articles([found], self._split)
        return found

    def _finished(self, found: Findings | None, article: Article) -> Findings:
        """The findings of an article after all steps, from those after the network, or from none."""
        if found is None:
            found = self._paragraphs(article)
            self._network([found])
        read_articles([found], self._rest)
        return found


def _refused(reject: dict[str, Any], uri: str) -> dict[str, Any]:
    """The row of an article that is refused."""
    lists: dict[str, list[Any]] = {table.name: [] for table in _LISTS}
    return {**lists, "uri": uri, "reason": reject["reason"], "detail": reject["detail"], REJECTS.name: [reject]}


def _row(document: dict[str, Any], found: Findings | Failure, stamp: RunStamp) -> dict[str, Any]:
    """The row of an article that was taken."""
    if isinstance(found, Failure):
        uri = document["uri"]
        return _refused(failure_row(found, uri, document["text"], stamp.at, stamp.run_id), uri)
    paragraphs = list(paragraph_rows([found]))
    return document | {
        PARAGRAPHS.name: paragraphs,
        QUOTES.name: [row.model_dump() for row in found.quotes],
        FIGURES.name: [row.model_dump() for row in found.figures],
        DOCUMENT_SPEAKERS.name: [row.model_dump() for row in found.speakers],
        REJECTS.name: [],
        "paragraph_count": len(paragraphs),
        "quote_count": len(found.quotes),
        "figure_count": len(found.figures),
    }
