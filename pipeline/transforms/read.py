"""Reading: input files to batches of documents that are new, each content once.

Texts are never shuffled. Workers read records into spool files and hand on small tables of ids; one step decides
which records are new documents, new versions or further appearances; workers then load just those from the spools.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import apache_beam as beam
import pyarrow as pa
from apache_beam.metrics import Metrics

from schemas import APPEARANCES, DOCUMENTS, REJECTS
from schemas.ids import hash_id

from .. import __version__
from ..language import MODEL_VERSION
from ..language.detect import detect_language
from ..language.paragraphs import headline_of
from ..sources.formats import Reading, read_records
from ..sources.identity import article_ids
from ..sources.records import RawArticle, Refusal
from ..store.known import Known, file_of
from ..store.parts import rows_to_table
from .batches import Batch, RunStamp
from .files import WorkItem, open_raw

SPOOL_ROWS = 256
SPOOL_BYTES = 8 << 20
_IDENTITY = pa.schema(
    [("order", pa.int64()), ("row", pa.int32()), ("key", pa.string()), ("article_id", pa.string()), ("doc_id", pa.string())]
    + [APPEARANCES.arrow.field(n) for n in ("uri", "url", "publisher", "published_at")]
)
_GIVEN = ("url", "title", "author", "publisher", "published_at", "published_date", "language", "text", "title_added")


class ReadDocuments(beam.PTransform):
    """``WorkItem``s of input files to batches with ``documents``, ``appearances`` and ``rejects``.

    Args:
        scratch: an empty folder that every worker can write, for spool files.
        reading: format, names of JSON fields, longest article, metadata.
        known: what has been published already; nothing by default.
        stamp: the run that the rows belong to.
        batch_size: most documents in a batch.
    """

    def __init__(
        self,
        scratch: str | Path,
        reading: Reading | None = None,
        known: Known | None = None,
        stamp: RunStamp | None = None,
        batch_size: int = 64,
    ) -> None:
        super().__init__()
        self.scratch = Path(scratch)
        self.reading = reading or Reading()
        self.known = known or Known()
        self.stamp = stamp or RunStamp()
        self.batch_size = batch_size

    def expand(self, items: beam.PCollection[WorkItem]) -> beam.PCollection[Batch]:
        decided = (
            items
            | "Spread" >> beam.Reshuffle()
            | "Spool" >> beam.ParDo(_Spool(self.scratch, self.reading, self.stamp))
            | "ByNothing" >> beam.Map(lambda spooled: (None, spooled))
            | "Together" >> beam.GroupByKey()
            | "Decide" >> beam.ParDo(_Decide(self.known, self.stamp)).with_outputs("batches", main="decisions")
        )
        loaded = decided.decisions | "BySpool" >> beam.GroupByKey() | "Load" >> beam.ParDo(_Load(self.stamp, self.batch_size))
        return (loaded, decided.batches) | "Batches" >> beam.Flatten()


class _Spool(beam.DoFn):
    """Read records into spool files; yields (spool file, identities) for articles and for refusals."""

    def __init__(self, scratch: Path, reading: Reading, stamp: RunStamp) -> None:
        self.scratch = scratch
        self.reading = reading
        self.stamp = stamp
        self.read = Metrics.counter("onrecord", "records_read")

    def process(self, item: WorkItem) -> Iterator[tuple[str, pa.Table]]:
        articles, refusals = _Rows(self.scratch, "documents"), _Rows(self.scratch, "rejects")
        for file in item.files:
            with open_raw(file.uri) as stream:
                for n, record in enumerate(read_records(stream, file.uri, file.relative, self.reading), 1):
                    self.read.inc()
                    order = (file.order << 32) + n
                    if isinstance(record, Refusal):
                        yield from refusals.add(order, *_refusal_rows(record, self.stamp))
                    else:
                        yield from articles.add(order, *_article_rows(record, self.stamp))
        yield from articles.close()
        yield from refusals.close()


def _refusal_rows(record: Refusal, stamp: RunStamp) -> tuple[dict[str, Any], dict[str, Any]]:
    reject_id = hash_id("reject", file_of(record.uri), record.payload_sha256, record.reason)
    row = {
        "reject_id": reject_id,
        "uri": file_of(record.uri),
        "record": record.record,
        "stage": "read",
        "reason": record.reason,
        "detail": record.detail,
        "payload": record.payload,
        "payload_sha256": record.payload_sha256,
        "rejected_at": stamp.at,
        "run_id": stamp.run_id,
    }
    return row, {"key": reject_id, "uri": row["uri"]}


def _article_rows(record: RawArticle, stamp: RunStamp) -> tuple[dict[str, Any], dict[str, Any]]:
    article_id, doc_id, content = article_ids(record)
    row = {name: getattr(record, name) for name in _GIVEN}
    row |= {
        "article_id": article_id,
        "doc_id": doc_id,
        "version": 0,  # decided when all records are known
        "uri": record.uri,
        "title": record.title or headline_of(record.text),
        "content_sha256": content,
        "char_count": len(record.text),
        "word_count": len(record.text.split()),
        "paragraph_count": 0,
        "quote_count": 0,
        "figure_count": 0,
        "ingested_at": stamp.at,
        "pipeline_version": __version__,
        "model_version": MODEL_VERSION,
        "run_id": stamp.run_id,
    }
    identity = {"key": content, "article_id": article_id, "doc_id": doc_id, "uri": record.uri}
    return row, identity | {n: getattr(record, n) for n in ("url", "publisher", "published_at")}


class _Rows:
    """Rows on their way into spool files of one table, each file with the identities of its rows."""

    def __init__(self, scratch: Path, name: str) -> None:
        self.scratch = scratch
        self.name = name
        self.rows: list[dict[str, Any]] = []
        self.identities: list[dict[str, Any]] = []
        self.weight = 0

    def add(self, order: int, row: dict[str, Any], identity: dict[str, Any]) -> Iterator[tuple[str, pa.Table]]:
        self.identities.append(identity | {"order": order, "row": len(self.rows)})
        self.rows.append(row)
        self.weight += len(row.get("text") or row.get("payload") or "")
        if len(self.rows) >= SPOOL_ROWS or self.weight >= SPOOL_BYTES:
            yield from self.close()

    def close(self) -> Iterator[tuple[str, pa.Table]]:
        if not self.rows:
            return
        table = rows_to_table(self.name, self.rows)
        path = self.scratch / f"{self.name}-{uuid.uuid4().hex}.arrow"
        with pa.ipc.new_file(str(path), table.schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as out:
            out.write_table(table)
        yield str(path), pa.Table.from_pylist(self.identities, schema=_IDENTITY)
        self.rows, self.identities, self.weight = [], [], 0


class _Decide(beam.DoFn):
    """Tell new documents, versions, appearances and known records apart; deterministic in the order of inputs."""

    def __init__(self, known: Known, stamp: RunStamp) -> None:
        self.known = known
        self.stamp = stamp
        self.skipped = Metrics.counter("onrecord", "records_known")

    def process(self, element: tuple[None, Iterable[tuple[str, pa.Table]]]) -> Iterator[Any]:
        articles: list[dict[str, Any]] = []
        refusals: list[dict[str, Any]] = []
        for spool, identities in element[1]:
            rows = [row | {"spool": spool} for row in identities.to_pylist()]
            (refusals if Path(spool).name.startswith(REJECTS.name) else articles).extend(rows)
        articles.sort(key=lambda r: r["order"])
        refusals.sort(key=lambda r: r["order"])
        yield from self._refusals(refusals)
        yield from self._articles(articles)

    def _refusals(self, refusals: list[dict[str, Any]]) -> Iterator[Any]:
        seen = self.known.rejected(r["key"] for r in refusals)
        for row in refusals:
            if row["key"] in seen:
                self.skipped.inc()
            else:
                seen.add(row["key"])
                yield row["spool"], {"row": row["row"]}

    def _articles(self, articles: list[dict[str, Any]]) -> Iterator[Any]:
        contents = self.known.contents(r["key"] for r in articles)
        appeared = self.known.appeared(contents.values())
        versions = self.known.versions(r["article_id"] for r in articles)
        new: dict[str, dict[str, Any]] = {}
        again: list[dict[str, Any]] = []
        for row in articles:
            if row["key"] in new:
                first = new[row["key"]]
                first["appearances"].append(self._appearance(row, first["doc_id"], "same_content", first["doc_id"]))
            elif row["key"] in contents:
                doc_id = contents[row["key"]]
                if (file_of(row["uri"]), doc_id) in appeared:
                    self.skipped.inc()
                else:
                    again.append(self._appearance(row, doc_id, "same_content", doc_id))
            else:
                version, before = versions.get(row["article_id"], (0, None))
                versions[row["article_id"]] = (version + 1, row["doc_id"])
                appearance = self._appearance(row, row["doc_id"], "version" if version else "new", before)
                new[row["key"]] = {**row, "version": version + 1, "appearances": [appearance]}
        for row in new.values():
            yield row["spool"], {n: row[n] for n in ("row", "version", "appearances")}
        if again:
            yield beam.pvalue.TaggedOutput("batches", {APPEARANCES.name: rows_to_table(APPEARANCES.name, again)})

    def _appearance(self, row: dict[str, Any], doc_id: str, relation: str, of: str | None) -> dict[str, Any]:
        out = {n: row[n] for n in ("article_id", "uri", "url", "publisher", "published_at")}
        return out | {
            "doc_id": doc_id,
            "relation": relation,
            "of_doc_id": of,
            "seen_at": self.stamp.at,
            "run_id": self.stamp.run_id,
        }


class _Load(beam.DoFn):
    """Load the decided rows of a spool file as batches."""

    def __init__(self, stamp: RunStamp, batch_size: int) -> None:
        self.stamp = stamp
        self.batch_size = batch_size

    def process(self, element: tuple[str, Iterable[dict[str, Any]]]) -> Iterator[Batch]:
        spool, decided = element
        decisions = sorted(decided, key=lambda d: d["row"])
        with pa.memory_map(spool) as source:
            table = pa.ipc.open_file(source).read_all()
            for lo in range(0, len(decisions), self.batch_size):
                chosen = decisions[lo : lo + self.batch_size]
                rows = table.take([d["row"] for d in chosen])
                if Path(spool).name.startswith(REJECTS.name):
                    yield {REJECTS.name: rows}
                else:
                    yield self._batch(rows, chosen)

    def _batch(self, rows: pa.Table, chosen: list[dict[str, Any]]) -> Batch:
        columns = {"version": pa.array([d["version"] for d in chosen], pa.int32())}
        given, texts = rows["language"].to_pylist(), rows["text"].to_pylist()
        columns["language"] = pa.array([g or detect_language(t) for g, t in zip(given, texts, strict=True)], pa.string())
        for name, values in columns.items():
            index = rows.schema.get_field_index(name)
            rows = rows.set_column(index, rows.schema.field(index), values)
        appearances = [a for d in chosen for a in d["appearances"]]
        return {DOCUMENTS.name: rows, APPEARANCES.name: rows_to_table(APPEARANCES.name, appearances)}
