"""Reading tables for a view: a little at a time, so that memory does not grow with the record."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from ..schemas import DOCUMENTS

Tables = Mapping[str, ds.Dataset]


@dataclass(frozen=True)
class Chosen:
    """The documents that a page shows, in its order, and how many there are in all (newest versions only)."""

    doc_ids: list[str]
    of: int


def batches(
    dataset: ds.Dataset, columns: Sequence[str], where: pc.Expression | None = None, rows: int = 16_384
) -> Iterator[pa.RecordBatch]:
    """The rows of a dataset, ``rows`` at a time; nothing is read ahead."""
    scanner = dataset.scanner(
        columns=list(columns), filter=where, batch_size=rows, batch_readahead=1, fragment_readahead=1, use_threads=False
    )
    for batch in scanner.to_batches():
        if batch.num_rows:
            yield batch


def among(column: str, values: Collection[str]) -> pc.Expression:
    """The filter that keeps rows whose column has one of the values."""
    return pc.field(column).isin(pa.array(sorted(values), pa.string()))


def superseded(tables: Tables) -> set[str]:
    """Ids of documents of which there is a newer version."""
    newest: dict[str, int] = {}
    for batch in batches(tables[DOCUMENTS.name], ["article_id", "version"], pc.field("version") > 1):
        for article, version in zip(*(c.to_pylist() for c in batch.columns), strict=True):
            newest[article] = max(version, newest.get(article, 0))
    if not newest:
        return set()
    columns = ["article_id", "version", "doc_id"]
    found = batches(tables[DOCUMENTS.name], columns, among("article_id", newest))
    rows = (row for batch in found for row in zip(*(c.to_pylist() for c in batch.columns), strict=True))
    return {doc for article, version, doc in rows if version < newest[article]}


def choose(tables: Tables, old: Collection[str], most: int, most_chars: int) -> Chosen:
    """The latest documents, those without a date last.

    Args:
        tables: the tables.
        old: ids that are left out.
        most: at most so many documents.
        most_chars: and at most so many characters in all.
    """
    columns = ["doc_id", "published_at", "uri", "char_count"]
    count = 0

    def rows() -> Iterator[tuple[tuple[bool, float, str], str, int]]:
        nonlocal count
        for batch in batches(tables[DOCUMENTS.name], columns):
            for doc, at, uri, chars in zip(*(c.to_pylist() for c in batch.columns), strict=True):
                if doc not in old:
                    count += 1
                    yield (at is None, -at.timestamp() if at else 0.0, uri), doc, chars

    chosen, left = [], most_chars
    for _, doc, chars in heapq.nsmallest(most, rows()):
        left -= chars
        if left < 0:
            break
        chosen.append(doc)
    return Chosen(chosen, count)


def day_of(row: Mapping[str, Any]) -> date | None:
    """The day on which the article of a row was published, as its source prints it."""
    day, moment = row["published_date"], row["published_at"]
    if isinstance(day, date):
        return day
    return moment.date() if isinstance(moment, datetime) else None
