"""Batches of documents as Arrow tables, and what is done to a batch as a whole."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ..diagnostics import place_of
from ..reading import BUNDLED, model_version
from ..schemas import APPEARANCES, DOCUMENTS, REJECTS
from ..schemas.ids import reject_id, sha256_hex
from ..sources.limit import ARTICLE_SECONDS, TooSlow, within
from ..sources.records import PAYLOAD_LIMIT
from ..store.parts import rows_to_table
from ..text.article import Article

_log = logging.getLogger(__name__)

Batch = dict[str, pa.Table]


@dataclass(frozen=True)
class RunStamp:
    """What a run writes into its rows: its id, the one moment that stands for all its times, and the model that reads."""

    run_id: str = "adhoc"
    at: datetime = field(default_factory=lambda: datetime.now(UTC))
    model: str = BUNDLED

    @property
    def model_version(self) -> str:
        """Version of the weights that read the documents."""
        return model_version(self.model)


def articles_of(batch: Batch) -> list[Article]:
    """The documents of a batch as the language room takes them."""
    columns = [f.name for f in fields(Article)]
    return [Article(**row) for row in batch[DOCUMENTS.name].select(columns).to_pylist()]


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
    results: dict[str, Any] = {}
    failures: dict[str, tuple[str, str]] = {}  # reason and detail
    for article in articles_of(batch):
        try:
            results[article.doc_id] = within(seconds, functools.partial(work, article), article.url or article.doc_id)
        except TooSlow as error:
            failures[article.doc_id] = error.reason, error.detail
        except Exception as error:  # the contract's internal_error: this article is refused, with the reason
            _log.info("%s breaks the extraction", article.url or article.doc_id, exc_info=True, extra={"doc_id": article.doc_id})
            failures[article.doc_id] = "internal_error", f"{type(error).__name__} at {place_of(error)}: {error}"
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


def _refuse(batch: Batch, failures: dict[str, tuple[str, str]], at: datetime) -> Batch:
    failed = pa.array(sorted(failures), pa.string())
    texts = {r["doc_id"]: (r["text"].encode(), r["run_id"]) for r in batch[DOCUMENTS.name].to_pylist() if r["doc_id"] in failures}
    rejects = []
    for row in batch[APPEARANCES.name].to_pylist():
        if row["doc_id"] in failures:
            payload, run_id = texts[row["doc_id"]]
            reason, detail = failures[row["doc_id"]]
            rejects.append(
                {
                    "reject_id": reject_id(row["uri"], sha256_hex(payload)),
                    "uri": row["uri"],
                    "stage": "extract",
                    "reason": reason,
                    "detail": detail[:500],
                    "payload": payload[:PAYLOAD_LIMIT],
                    "payload_sha256": sha256_hex(payload),
                    "rejected_at": at,
                    "run_id": run_id,
                }
            )
    out = {
        name: table.filter(pc.invert(pc.is_in(table["doc_id"], failed))) if "doc_id" in table.column_names else table
        for name, table in batch.items()
    }
    earlier = [batch[REJECTS.name]] if REJECTS.name in batch else []
    out[REJECTS.name] = pa.concat_tables([*earlier, rows_to_table(REJECTS.name, rejects)])
    return out
