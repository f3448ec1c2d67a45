"""Batches of documents as Arrow tables, and what is done to a batch as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ..articles import rows
from ..articles.apart import Failure, apart
from ..articles.rows import RunStamp, failure_row
from ..schemas import APPEARANCES, DOCUMENTS, REJECTS
from ..sources.limit import ARTICLE_SECONDS
from ..store.parts import rows_to_table
from ..text.article import Article

__all__ = [
    "Batch",
    "RunStamp",
    "articles_of",
    "called",
    "check_batch",
    "each_document",
    "is_batch",
    "rows_by_document",
    "with_rows",
]

Batch = dict[str, pa.Table]


def articles_of(batch: Batch) -> list[Article]:
    """The documents of a batch as the language room takes them."""
    return rows.articles_of(batch[DOCUMENTS.name])


def rows_by_document(batch: Batch, name: str) -> dict[str, list[dict[str, Any]]]:
    """Rows of a table of the batch by ``doc_id``, in their order."""
    out: dict[str, list[dict[str, Any]]] = {}
    for row in batch[name].to_pylist():
        out.setdefault(row["doc_id"], []).append(row)
    return out


def each_document(
    batch: Batch, work: Callable[[Article], Any], at: datetime, seconds: float = ARTICLE_SECONDS
) -> tuple[Batch, dict[str, Any]]:
    """Apply ``work`` to each document of a batch, so that one that fails, or takes longer than ``seconds``, touches no other.

    Returns the batch without the documents that failed, which become rejects with all their appearances, and the
    results by ``doc_id``.
    """
    read = {article.doc_id: apart(article, work, seconds) for article in articles_of(batch)}
    failures = {doc_id: one for doc_id, one in read.items() if isinstance(one, Failure)}
    results = {doc_id: one for doc_id, one in read.items() if not isinstance(one, Failure)}
    return (_refuse(batch, failures, at) if failures else batch), results


def with_rows(batch: Batch, name: str, rows: Iterable[dict[str, Any]], count_column: str | None = None) -> Batch:
    """The batch with a table added; ``count_column`` of documents is set to the number of its rows."""
    table = rows_to_table(name, list(rows))
    out = {**batch, name: table}
    if count_column is not None:
        counts = {row["values"]: row["counts"] for row in pc.value_counts(table["doc_id"]).to_pylist()}
        documents = batch[DOCUMENTS.name]
        index = documents.schema.get_field_index(count_column)
        values = pa.array([counts.get(d, 0) for d in documents["doc_id"].to_pylist()], pa.int32())
        out[DOCUMENTS.name] = documents.set_column(index, documents.schema.field(index), values)
    return out


def _refuse(batch: Batch, failures: dict[str, Failure], at: datetime) -> Batch:
    failed = pa.array(sorted(failures), pa.string())
    texts = {r["doc_id"]: (r["text"], r["run_id"]) for r in batch[DOCUMENTS.name].to_pylist() if r["doc_id"] in failures}
    rejects = []
    for row in batch[APPEARANCES.name].to_pylist():
        if row["doc_id"] in failures:
            text, run_id = texts[row["doc_id"]]
            rejects.append(failure_row(failures[row["doc_id"]], row["uri"], text, at, run_id))
    out = {
        name: table.filter(pc.invert(pc.is_in(table["doc_id"], failed))) if "doc_id" in table.column_names else table
        for name, table in batch.items()
    }
    earlier = [batch[REJECTS.name]] if REJECTS.name in batch else []
    out[REJECTS.name] = pa.concat_tables([*earlier, rows_to_table(REJECTS.name, rejects)])
    return out


def is_batch(element: Any) -> bool:
    """Whether this is a batch: Arrow tables by table name."""
    return isinstance(element, dict) and bool(element) and all(isinstance(table, pa.Table) for table in element.values())


def check_batch(element: Any, taker: str) -> None:
    """Refuse what is no batch.

    Raises:
        TypeError: it is something else; names ``taker``, the transform that was given it.
    """
    if not is_batch(element):
        raise TypeError(f"{taker} takes batches, as ReadDocuments and what follows it yield them, not {called(element)}")


def called(element: Any) -> str:
    """What an error calls it."""
    if element is None or is_batch(element):
        return "None" if element is None else "a batch"
    return f"{type(element).__module__}.{type(element).__qualname__}".removeprefix("builtins.")
